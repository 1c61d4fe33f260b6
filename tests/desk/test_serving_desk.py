from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from time import monotonic

import pytest

from tests.desk.serving_desk import served
from toolkit.cli import execute
from toolkit.desk import app
from toolkit.desk.guard import LARGEST_HEAD
from toolkit.desk.house import House
from toolkit.desk.opening import shown
from toolkit.desk.serving import take_post
from toolkit.errors import UsageError
from toolkit.settings import DeskPolicy

WITHIN = 20.0  # seconds; far longer than anything here takes


def fetch(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=WITHIN) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def hung_up(line: socket.socket) -> bool:
    """Whether the other end closes within the time; what it says before does not matter."""
    line.settimeout(WITHIN)
    try:
        while line.recv(4096):
            pass
    except ConnectionError:
        pass
    return True


def test_lines_that_trickle_are_hung_up_and_others_are_served(house: House) -> None:
    """Fifty lines that say half a request and wait are closed; meanwhile people are answered."""
    with served(house, patience=0.5) as desk:
        lines = [socket.create_connection(("127.0.0.1", desk.port)) for _line in range(50)]
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        assert fetch(f"{desk.url}/login") == 200
        start = monotonic()
        assert all(hung_up(line) for line in lines)
        assert monotonic() - start < WITHIN
        for line in lines:
            line.close()


def test_a_line_that_trickles_after_its_first_request_is_hung_up_too(house: House) -> None:
    """A good request first does not buy a line the right to say half of the next and wait."""
    with served(house, patience=0.5) as desk, socket.create_connection(("127.0.0.1", desk.port), WITHIN) as line:
        line.sendall(
            f"GET /assets/none HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\n\r\nGET / HTTP/1.1\r\nX-Slow".encode()
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 404 ")
        assert hung_up(line)


def test_the_browser_is_not_shown_the_link_on_its_command_line(tmp_path: Path) -> None:
    """What is opened is a file for its owner alone, which leads to the link, and which goes with the desk."""
    opened: list[str] = []
    with shown("http://127.0.0.1:1/login/a&b", tmp_path, opened.append):
        (file,) = tmp_path.iterdir()
        assert opened == [file.as_uri()]
        assert 'content="0;url=http://127.0.0.1:1/login/a&amp;b"' in file.read_text()
        assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.iterdir())


def test_a_form_that_trickles_is_given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that was announced and does not come is answered with 408, and the line is closed."""
    monkeypatch.setattr(app, "PATIENCE", 0.3)
    with served(house) as desk, socket.create_connection(("127.0.0.1", desk.port), WITHIN) as line:
        head = f"POST /logout HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nContent-Length: 100\r\n\r\nabc"
        line.sendall(head.encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 408 ")
        assert hung_up(line)


def test_a_body_without_end_is_cut(house: House) -> None:
    """Chunks that never stop are refused after a quarter of a megabyte, before anybody is asked who they are."""
    with served(house) as desk, socket.create_connection(("127.0.0.1", desk.port), WITHIN) as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        sent = 0
        try:
            while sent < 64:
                line.sendall(chunk)
                sent += 1
        except ConnectionError:
            pass
        assert sent < 64


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET / HTTP/1.0\r\n\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
        (b"GET /assets/../../../etc/passwd HTTP/1.1\r\nHost: HERE\r\n\r\n", b"404"),
        (b"GET /assets/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: HERE\r\n\r\n", b"404"),
        (b"GET //evil.example/ HTTP/1.1\r\nHost: HERE\r\n\r\n", b"404"),
        (b"GET /login HTTP/1.1\r\nHost: HERE\r\nX: " + b"a" * LARGEST_HEAD * 2 + b"\r\n\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: HERE\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"303"),
    ],
)
def test_crooked_requests_are_answered_straight(request_line: bytes, status: bytes, house: House) -> None:
    """Old, doubled, huge or binary heads and raw tricks with paths get a status and never a file or a crash."""
    with served(house) as desk, socket.create_connection(("127.0.0.1", desk.port), WITHIN) as line:
        line.sendall(request_line.replace(b"HERE", f"127.0.0.1:{desk.port}".encode()))
        answer = line.recv(65536)
        assert answer.split(b" ", 2)[1] == status
        assert b"root:" not in answer
        assert fetch(f"{desk.url}/login") == 200


def test_the_log_has_no_tokens_and_no_names_of_things(house: House) -> None:
    """A line says which kind of address was asked, how it ended, how long it took: no token, no id, no query."""
    with served(house) as desk:
        link = desk.link("carla")
        fetch(link)
        fetch(f"{desk.url}/inbox/01SECRET?word=schmidt")
        log = "\n".join(desk.log)
    assert "GET /login/{token} 200" in log
    assert "GET /inbox/{" in log
    for secret in (link.rpartition("/")[2], "01SECRET", "schmidt"):
        assert secret not in log


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example.com"])
def test_a_desk_that_others_reach_needs_the_company_login(host: str) -> None:
    """Login links are for this machine: any other address is refused, with what to write into leitstand.toml."""
    with pytest.raises(UsageError, match="user_header, proxies, origin"):
        take_post(host, 0, DeskPolicy())


def test_a_taken_port_is_told(house: House) -> None:
    """Two desks on one port: the second says what to do."""
    post = take_post("127.0.0.1", 0, house.settings.desk)
    try:
        with pytest.raises(UsageError, match="name another one with --port"):
            take_post("127.0.0.1", post.line.getsockname()[1], house.settings.desk)
    finally:
        post.line.close()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_verb_serves_until_it_is_told_to_end(
    ending: signal.Signals, house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It prints one link, which works; `desk link` makes another; a signal ends it cleanly, and then there are no links."""
    environ = {**os.environ, "LEITSTAND_STATE_DIR": str(house.state), "LEITSTAND_LANG": "en"}
    command = [sys.executable, "-m", "toolkit", "desk", "-w", str(house.root), "--person", "carla", "--no-open"]
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(house.state))
    more = ["desk", "link", "--person", "mara", "-w", str(house.root)]
    log = house.root / "log"
    with (
        log.open("w") as errors,
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=errors, text=True) as desk,
    ):
        try:
            assert desk.stdout is not None
            said = [desk.stdout.readline().strip() for _line in range(2)]
            assert said[0] == "Carla Community signs in here, once, within 10 minutes:"
            assert fetch(said[1]) == 200
            assert execute(more, {"LEITSTAND_LANG": "en"}) == 0
            other = capsys.readouterr().out.splitlines()[-1]
            assert other.split("/login/")[0] == said[1].split("/login/")[0]
            assert fetch(other) == 200
            desk.send_signal(ending)
            assert desk.wait(WITHIN) == 0
        finally:
            desk.kill()
    assert log.read_text().splitlines()[-1] == "the desk is closed"
    assert execute(more, {"LEITSTAND_LANG": "en"}) == 2
    assert "start it with: leitstand desk" in capsys.readouterr().err


def test_without_its_extra_the_verb_names_it(house: House, tmp_path: Path) -> None:
    """In an editor's light installation the desk says what to install."""
    (tmp_path / "starlette.py").write_text("raise ModuleNotFoundError('no', name='starlette')\n")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path), "LEITSTAND_LANG": "en"}
    command = [sys.executable, "-m", "toolkit", "desk", "-w", str(house.root), "--person", "carla", "--no-open"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "pip install 'leitstand[desk]'" in done.stderr
