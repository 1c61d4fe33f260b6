from __future__ import annotations

from typing import Final

import pytest

from tests.desk.client import ORIGIN, Client
from toolkit.desk.answer import content, go
from toolkit.desk.guard import CONTENT_POLICY, LARGEST_BODY, refuse
from toolkit.desk.request import Ask


@pytest.mark.parametrize(
    "path", ["/", "/login", "/login/x", "/assets/htmx.js", "/assets/none", "/nowhere", "/audit", "/pulse"]
)
def test_every_answer_is_sealed(path: str, client: Client) -> None:
    """Pages, redirects, files and errors: none may be framed, sniffed, or run anything that is not ours."""
    told = client.get(path).headers
    assert told["content-security-policy"] == CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert told["x-frame-options"] == "DENY"
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "same-origin"
    assert told["cross-origin-opener-policy"] == "same-origin"
    assert told["cache-control"] == ("no-cache" if path == "/assets/htmx.js" else "no-store")
    assert "server" not in told


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:8001",
        "localhost:8000.evil.example",
        "127.0.0.1:8000@evil.example",
        "",
    ],
)
def test_another_name_is_not_ours(host: str, client: Client) -> None:
    """A name that somebody's DNS turned into our address is refused before anything else, sign-in and files included."""
    for path in ("/", "/login/x", "/assets/htmx.js"):
        answer = client.get(path, ("host", host))
        assert answer.status_code == 421
        assert ORIGIN in answer.text
    assert client.get("/login", ("host", "127.0.0.1:8000")).status_code == 200


TRICKS: Final = (
    "/assets/..%2f..%2fleitstand.toml",
    "/assets/%2e%2e/%2e%2e/leitstand.toml",
    "/assets/../../leitstand.toml",
    "/assets/..\\..\\leitstand.toml",
    "/assets/....//....//leitstand.toml",
    "/assets//etc/passwd",
    "/assets/%252e%252e/x",
    "/assets/htmx.js%00.css",
    "/assets/htmx.js/..",
    "/assets/.htmx.js",
    "/assets/desk.css%0d%0aset-cookie:x",
    "/assets/\N{FULLWIDTH LATIN SMALL LETTER H}tmx.js",
    "//evil.example/",
    "/%2fevil.example/",
    "/login/a%2fb",
    "/login/a?b",
    "http://evil.example/",
    "*",
    "",
    "/" + "a" * 600,
)


@pytest.mark.parametrize("path", TRICKS)
def test_tricks_with_paths_lead_nowhere(path: str, client: Client) -> None:
    """Dots, slashes and NULs, however they are written, find nothing and lead to nobody else."""
    answer = refuse(Ask("GET", path, headers=(("host", "127.0.0.1:8000"),)), client.desk.door.address)
    assert answer is not None
    assert answer.status == 404
    if path.startswith("/") and not path.startswith("//") and "?" not in path:
        sent = client.get(path)
        assert (sent.status_code, "location" in sent.headers, "set-cookie" in sent.headers) == (404, False, False)


def test_ids_and_names_are_paths(client: Client) -> None:
    """What the desk's own pages lead to passes, letters beyond ASCII included."""
    for path in ("/", "/inbox/01JDK3V7Q2M8X4T6R9A0B1C2D3", "/crisis/r%C3%B6sterei-2026", "/posts/a.b_c~d:e@f=g+h"):
        assert refuse(Ask("GET", path, headers=(("host", "127.0.0.1:8000"),)), client.desk.door.address) is None


def test_other_methods_are_not_known(client: Client) -> None:
    """The desk is looked at and sent forms; nothing else."""
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
        answer = client.ask(method, "/")
        assert answer.status_code == 405
        assert answer.headers["content-security-policy"] == CONTENT_POLICY


def test_a_huge_body_is_not_read_to_its_end(client: Client) -> None:
    """A quarter of a megabyte is more than any form; what is larger is refused, signed in or not."""
    form = [("content-type", "application/x-www-form-urlencoded"), ("origin", ORIGIN)]
    for path in ("/login/x", "/logout", "/nowhere"):
        assert client.ask("POST", path, headers=form, content=b"a" * (LARGEST_BODY + 1)).status_code == 413


def test_a_file_is_kept_by_its_content(client: Client) -> None:
    """With the version of its content an asset is kept for ever, without or with another it is asked for anew."""
    address = client.desk.assets.address("htmx.js")
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/assets/htmx.js?v=0").headers["cache-control"] == "no-cache"


def test_the_way_on_stays_in_the_house() -> None:
    """No page can send people elsewhere."""
    ways = (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nx: y",
    )
    for elsewhere in (*ways, "/a\\b", " //evil.example", "javascript:alert(1)", ""):
        with pytest.raises(ValueError, match="is no path of the desk"):
            go(elsewhere)
    assert go("/crisis/rösterei?a=1&b=%20#now").headers == (("location", "/crisis/r%C3%B6sterei?a=1&b=%20#now"),)


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("image/png", "image/png"),
        ("image/svg+xml", "application/octet-stream"),
        ("text/html", "application/octet-stream"),
        ("text/javascript", "application/octet-stream"),
        ("image/png, text/html", "application/octet-stream"),
    ],
)
def test_what_could_run_is_saved_and_not_shown(kind: str, sent: str) -> None:
    """A file that a browser would run as a page of ours goes out as bytes to save."""
    told = dict(content(b"x", kind).headers)
    assert told["content-type"] == sent
    assert ("content-disposition" in told) is (sent != kind)


def test_a_name_of_a_file_cannot_add_headers() -> None:
    """Whatever a file is called, its name stays within its header."""
    told = dict(content(b"x", "image/png", 'a"\r\nset-cookie: x=1; ü.png').headers)
    assert told["content-disposition"] == "attachment; filename*=UTF-8''a%22%0D%0Aset-cookie%3A%20x%3D1%3B%20%C3%BC.png"
