"""The rule `homoglyph-domain`: a domain is what it seems to be."""

from __future__ import annotations

import pytest

from tests.lint.conftest import Desk
from toolkit.model import Severity

HEAD = "---\nchannels: [mastodon]\n---\n"


@pytest.mark.parametrize(
    "host",
    [
        "nordlicht.example.com",
        "röststraße.de",
        "café.fr",
        "россия.example",
        "例え.example",
        "日本のcafe.example",
        "ελλάδα.example",
    ],
)
def test_real_domains_are_fine(desk: Desk, host: str) -> None:
    """Latin letters with accents, and words that are wholly of another script and look it."""
    assert desk.messages("homoglyph-domain", f"{HEAD}[Shop](https://{host}/a) https://{host}\n") == []


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("n\u043erdlicht.de", "mixes alphabets (Cyrillic + Latin); browsers show xn--nrdlicht-nbh.de"),
        ("\u0440\u0430\u0443\u0440\u0430l.com", "mixes alphabets"),
        ("\u0430\u0440\u0440\u04cf\u0435.com", "looks like apple and is none; browsers show xn--80ak6aa92e.com"),
        ("xn--80ak6aa92e.com", "looks like apple and is none"),
    ],
)
def test_false_domains(desk: Desk, host: str, said: str) -> None:
    """Mixed alphabets, another alphabet that looks Latin, and the same written as xn--."""
    (message,) = desk.messages("homoglyph-domain", f"{HEAD}[Shop](https://«{host}»/a)\n")
    assert said in message
    assert [problem.severity for problem in desk.check("homoglyph-domain")] == [Severity.WARNING]


def test_an_honest_xn_name_is_shown_as_people_read_it(desk: Desk) -> None:
    """Only a hint: the domain is sound and nobody recognises it."""
    assert desk.messages("homoglyph-domain", f"{HEAD}https://«xn--rststrae-3ya3q.de»/\n")[0].startswith("people read ")
    assert [problem.severity for problem in desk.check("homoglyph-domain")] == [Severity.HINT]
