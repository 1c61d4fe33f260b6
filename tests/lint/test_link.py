from __future__ import annotations

import pytest

from tests.lint.conftest import Desk
from toolkit.lint.rules.link import is_inside
from toolkit.model import Severity

HEAD = "---\ntitle: x\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        "[Zum Shop](https://example.com/winter)",
        "[example.com](https://example.com)",
        "Schreibt an hallo@example.com oder [uns](mailto:hallo@example.com).",
        "Folgt @kaffee@example.social!",
        "<https://example.com/a_(b)>",
        "Um 7.30 Uhr z.B. mit node.js v1.2 und 3.5 Litern.",
        "Das war gut.Denn wir rösten selbst.",
        "<!-- http://localhost:8000 --> und `http://localhost`",
        "[Anruf](tel:+4942112345)",
    ],
)
def test_whole_addresses_are_fine(desk: Desk, text: str) -> None:
    """Complete public addresses, mail, handles, and words with dots are no problem."""
    assert desk.messages("link", f"{HEAD}{text}\n") == []


@pytest.mark.parametrize(
    ("text", "said", "severity"),
    [
        ("[Shop](«http://example.com»/winter)", "http is not encrypted", Severity.WARNING),
        ("Seht «http://example.com».", "http is not encrypted", Severity.WARNING),
        ("«http://localhost»:8000/", "nobody outside can open localhost", Severity.ERROR),
        ("[x](«https://192.168.1.4»/a)", "nobody outside can open 192.168.1.4", Severity.ERROR),
        ("[x](«https://intranet»/a)", "nobody outside can open intranet", Severity.ERROR),
        ("[x](«http://[::1]»/a)", "nobody outside can open", Severity.ERROR),
        ("[x](«javascript:alert»(1))", "javascript: is not an address", Severity.ERROR),
        ("[x](«/shop»)", "/shop leads nowhere outside", Severity.ERROR),
        ("[x](«example.com/shop»)", "write https:// before it", Severity.ERROR),
        ("Auf «www.example.com»/shop", "only some networks make a link", Severity.HINT),
        ("Auf «example.de» gibt es mehr.", "only some networks make a link", Severity.HINT),
    ],
)
def test_addresses_that_need_a_look(desk: Desk, text: str, said: str, severity: Severity) -> None:
    """Each is reported at the address itself."""
    (message,) = desk.messages("link", f"{HEAD}{text}\n")
    assert said in message
    assert [problem.severity for problem in desk.check("link")] == [severity]


def test_https_is_an_unsafe_fix(desk: Desk) -> None:
    """Only the scheme is replaced, and somebody has to look whether the server knows https."""
    desk.post(f"{HEAD}[Shop](http://example.com)\n")
    (problem,) = desk.check("link")
    assert problem.fix is not None
    assert not problem.fix.safe
    text = (desk.root / problem.path).read_text(encoding="utf-8")
    assert text[problem.fix.start : problem.fix.end] == "http"
    assert problem.fix.text == "https"


@pytest.mark.parametrize(
    ("host", "inside"),
    [("127.0.0.1", True), ("10.1.2.3", True), ("8.8.8.8", False), ("shop.local", True), ("example.com.", False),
     ("user@localhost", True), ("[2001:4860:4860::8888]", False)],
)  # fmt: skip
def test_inside_and_outside(host: str, inside: bool) -> None:
    """Private addresses, names without a dot and reserved endings mean nothing outside."""
    assert is_inside(host) is inside
