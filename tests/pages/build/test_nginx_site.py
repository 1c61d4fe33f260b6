"""The configuration of deploy/nginx-site.conf in a real nginx. A small login stands in oauth2-proxy's place: it answers as that does."""

from __future__ import annotations

import gzip
import http.client
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.servers.nginx import program, wait_for_port
from tests.servers.snac import free_port

ROOT = Path(__file__).parents[3]
WITHIN = 20.0
SIGNED_IN = {"cookie": "login=jule"}
HTML = "<!doctype html><title>T</title>" + "<p>Kaffee</p>" * 200
FILES = {
    "index.html": HTML,
    "404.html": "<!doctype html><title>No such page</title>",
    "posts/2026/12/tür 1/index.html": HTML,
    "assets/javascripts/bundle.a5f9d56c.min.js": "1;" * 1000,
    "assets/leitstand.css": "a{}" * 500,
    "search/search_index.json": '{"docs": []}',
    "calendar/plan.ics": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "calendar/plan.atom": "<feed/>",
    "media/only.png": "png",
    ".leitstand/written.json": "{}",
}


class Login(BaseHTTPRequestHandler):
    """202 for who has a cookie, 403 for one who is not allowed in, 401 for all others."""

    def do_GET(self) -> None:
        found = (self.headers.get("cookie") or "").partition("login=")[2]
        self.send_response({"": 401, "stranger": 403}.get(found, 202))
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        pass


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Front:
    """What people reach."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN)
        try:
            line.request(method, path, headers=SIGNED_IN if headers is None else headers)
            found = line.getresponse()
            return Answer(found.status, found.headers, found.read())
        finally:
            line.close()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A real nginx with the configuration as it is shipped; its address, certificate and folder alone are the test's."""
    found, folder, port = program(), tmp_path_factory.mktemp("nginx"), free_port()
    folder.chmod(0o755)
    for name, text in FILES.items():
        file = folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    with ThreadingHTTPServer(("127.0.0.1", 0), Login) as login:
        threading.Thread(target=login.serve_forever, daemon=True).start()
        (folder / "nginx.conf").write_text(configuration(folder, port, login.server_port))
        child = subprocess.Popen(
            [found, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
        )
        try:
            wait_for_port(port)
            yield Front(port)
        finally:
            child.terminate()
            child.wait(WITHIN)
            login.shutdown()


def configuration(folder: Path, port: int, login: int) -> str:
    lines = (ROOT / "deploy/nginx-site.conf").read_text().splitlines()
    server = "\n".join(line for line in lines if "ssl" not in line or line.startswith("#"))
    server = server.replace("server_name social.example.com;", f"listen 127.0.0.1:{port};")
    server = server.replace("127.0.0.1:4180", f"127.0.0.1:{login}").replace("/srv/leitstand/site", f"{folder}/site")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    top = f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log; events {{}}"
    return f"{top} http {{ include /etc/nginx/mime.types; access_log off; {paths} {server} }}"


@pytest.mark.parametrize("path", [f"/{name}" for name in FILES if "tür" not in name and not name.startswith(".")])
def test_who_is_not_signed_in_gets_nothing(front: Front, path: str) -> None:
    """Not a page, not a picture, not the search index: only the way to the login, which leads back."""
    answer = front.ask(path, {})
    assert (answer.status, answer.headers["location"]) == (302, f"/oauth2/start?rd={path}")
    assert b"Kaffee" not in answer.body
    assert front.ask(path, {"cookie": "login=stranger"}).status == 403


def test_the_question_itself_cannot_be_asked_from_outside(front: Front) -> None:
    """What nginx asks the login is nobody else's address."""
    assert front.ask("/oauth2/auth", {}).status == 401
    assert front.ask("/oauth2/auth").status == 404


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/assets/leitstand.css", "/calendar/plan.ics"])
def test_every_answer_has_the_headers(front: Front, path: str) -> None:
    """Also one about an address that does not exist."""
    headers = front.ask(path).headers
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "private" in headers["cache-control"]
    assert headers["server"] == "nginx", "not which version"


def test_only_files_with_a_hash_are_kept(front: Front) -> None:
    """Pages are asked for anew, and answered with 304 while they are the same."""
    assert "immutable" in front.ask("/assets/javascripts/bundle.a5f9d56c.min.js").headers["cache-control"]
    for path in ("/", "/assets/leitstand.css", "/search/search_index.json", "/calendar/plan.ics"):
        answer = front.ask(path)
        assert answer.headers["cache-control"] == "private, no-cache"
        again = front.ask(path, {**SIGNED_IN, "if-none-match": answer.headers["etag"]})
        assert (again.status, again.body) == (304, b"")


def test_texts_are_packed(front: Front) -> None:
    """For whoever takes gzip."""
    answer = front.ask("/", {**SIGNED_IN, "accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body).decode() == HTML
    for path in ("/assets/leitstand.css", "/assets/javascripts/bundle.a5f9d56c.min.js"):
        assert front.ask(path, {**SIGNED_IN, "accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_calendars_and_feeds_say_what_they_are(front: Front) -> None:
    """So that a calendar opens a calendar, in UTF-8."""
    assert front.ask("/calendar/plan.ics").headers["content-type"] == "text/calendar; charset=utf-8"
    assert front.ask("/calendar/plan.atom").headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert front.ask("/").headers["content-type"] == "text/html; charset=utf-8"


def test_pages_are_found_and_folders_are_not_listed(front: Front) -> None:
    """Umlauts and spaces, the slash that somebody forgot, our page for addresses that do not exist, and no folder's list."""
    assert front.ask("/posts/2026/12/t%C3%BCr%201/").body.decode() == HTML
    forgot = front.ask("/posts/2026/12/t%C3%BCr%201")
    assert (forgot.status, forgot.headers["location"]) == (301, "/posts/2026/12/t%C3%BCr%201/")
    nowhere = front.ask("/nowhere/at/all.html")
    assert (nowhere.status, b"No such page" in nowhere.body) == (404, True)
    folder = front.ask("/media/")
    assert (folder.status, b"only.png" in folder.body) == (403, False)
    for hidden in ("/.leitstand/written.json", "/.git/config", "/media/../.leitstand/written.json"):
        assert front.ask(hidden).status == 404


def test_nobody_writes(front: Front) -> None:
    """Only GET and HEAD are answered."""
    assert front.ask("/", method="POST").status == 405
    assert front.ask("/", method="PUT").status == 405
