"""The configuration of deploy/nginx-desk.conf in a real nginx, with a small login in oauth2-proxy's place."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.desk.client import CSRF
from tests.desk.conftest import open_house, write_settings
from tests.desk.serving_desk import Served, served
from tests.servers.absent import without_server
from tests.servers.snac import free_port
from toolkit.desk.audit import read_deeds
from toolkit.model import SetClock

ROOT = Path(__file__).parents[2]
WITHIN = 20.0
# Lines from nginx come from here; so the test can tell them from those that come past it.
PROXY = "127.0.0.2"


class Login(BaseHTTPRequestHandler):
    """Answers as oauth2-proxy does with --set-xauthrequest: 202 and who it is, by the cookie; else 401."""

    def do_GET(self) -> None:
        found = (self.headers.get("cookie") or "").partition("login=")[2].partition(";")[0]
        self.send_response(202 if found else 401)
        if found:
            self.send_header("X-Auth-Request-Email", f"{found}@example.com")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        pass


@dataclass
class Front:
    """What people reach, and the desk behind."""

    port: int
    desk: Served

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: str = "", port: int = 0
    ) -> tuple[int, http.client.HTTPMessage, str]:
        line = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=WITHIN)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            line.close()


@pytest.fixture
def front(tmp_path: Path, clock: SetClock) -> Iterator[Front]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        without_server("nginx", "install nginx")
    port = free_port()
    write_settings(
        tmp_path,
        f'[desk]\nuser_header = "X-Forwarded-User"\nproxies = ["{PROXY}"]\norigin = "http://127.0.0.1:{port}"\n',
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), Login) as login, served(open_house(tmp_path, clock)) as desk:
        threading.Thread(target=login.serve_forever, daemon=True).start()
        with _nginx(program, tmp_path / "nginx", _config(port, login.server_port, desk.line_port)):
            _wait_for(port)
            yield Front(port, desk)
        login.shutdown()


def _config(port: int, login: int, desk: int) -> str:
    lines = (ROOT / "deploy/nginx-desk.conf").read_text().splitlines()
    kept = "\n".join(line for line in lines if "ssl" not in line or line.startswith("#"))
    return (
        kept.replace("server_name desk.example.com;", f"listen 127.0.0.1:{port};")
        .replace("127.0.0.1:4180", f"127.0.0.1:{login}")
        .replace("proxy_pass http://127.0.0.1:8700;", f"proxy_pass http://127.0.0.1:{desk}; proxy_bind {PROXY};")
    )


class _nginx:  # noqa: N801  # used like a function
    """nginx with one server, as a child of ours."""

    def __init__(self, program: str, folder: Path, server: str) -> None:
        folder.mkdir()
        paths = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = (
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;"
            f" events {{}} http {{ access_log off; {paths} {server} }}"
        )
        (folder / "nginx.conf").write_text(text)
        self.command = [program, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]

    def __enter__(self) -> None:
        self.child = subprocess.Popen(self.command)

    def __exit__(self, *_error: object) -> None:
        self.child.terminate()
        self.child.wait(WITHIN)


def _wait_for(port: int) -> None:
    start = monotonic()
    while monotonic() - start < WITHIN:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            line.request("GET", "/oauth2/x")
            line.getresponse().read()
        except OSError:
            sleep(0.05)
        else:
            return
        finally:
            line.close()
    raise AssertionError("nginx does not answer")


def test_people_come_in_by_the_company_login_alone(front: Front) -> None:
    """Who is not signed in is sent to the login; who is, is at the desk under that name, whatever they say they are."""
    status, headers, _text = front.ask("GET", "/", {"X-Forwarded-User": "mara"})
    assert (status, headers["location"].partition("?")[0]) == (302, f"http://127.0.0.1:{front.port}/oauth2/start")
    for forged in (
        {},
        {"X-Forwarded-User": "mara"},
        {"x_forwarded_user": "mara"},
        {"X-Auth-Request-Email": "mara@example.com"},
    ):
        status, _headers, text = front.ask("GET", "/", {"cookie": "login=carla", **forged})
        assert status == 200
        assert "Carla Community" in text
        assert "Mara Manager" not in text
    assert front.ask("GET", "/", {"cookie": "login=stranger"})[0] == 403


def test_past_the_proxy_nobody_comes_in(front: Front) -> None:
    """The desk's own port answers nobody but the proxy, and writes down who tried."""
    host = {"host": f"127.0.0.1:{front.port}"}
    status, _headers, _text = front.ask("GET", "/", {**host, "X-Forwarded-User": "mara"}, port=front.desk.line_port)
    assert status == 403
    with front.desk.house.book(read_only=True) as store:
        (deed,) = read_deeds(store)
    assert (deed.person, deed.origin, deed.outcome) == ("", "loopback", "refused-header")


def test_forms_go_through(front: Front) -> None:
    """A form of the desk's own is taken over the proxy; the same from another page is not."""
    _status, headers, text = front.ask("GET", "/", {"cookie": "login=carla"})
    found = CSRF.search(text)
    assert found is not None
    sent = {
        "cookie": f"login=carla; {headers['set-cookie'].partition(';')[0]}",
        "content-type": "application/x-www-form-urlencoded",
        "origin": f"http://127.0.0.1:{front.port}",
    }
    body = f"csrf={found[1]}&language=de"
    assert front.ask("POST", "/language", sent, body)[0] == 303
    assert front.ask("POST", "/language", {**sent, "origin": "http://evil.example"}, body)[0] == 403
