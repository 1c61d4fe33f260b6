"""A real snac2 server for one test run: two people, their tokens, started on a free port as an unprivileged user."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx

from tests.servers.absent import without_server

NOBODY = 65534
LOCKS = Path(tempfile.gettempdir()) / f"leitstand-ports-{os.getuid()}"
HELD: list[IO[str]] = []  # the ports' locks that this process has
AS_USER = NOBODY if os.getuid() == 0 else None  # None: as we are
NO_GROUPS: list[int] | None = [] if os.getuid() == 0 else None
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
PEOPLE = ("alice", "bob")
# The server delivers to itself over HTTP; with few threads it waits for itself until its queue's time is over. On a busy
# machine six seconds may not be enough for that, and the second try would come two minutes later, the third after four
# more (snac(8)): a delivery has more time here, and is tried again in the next round of the queue.
SETTINGS = {
    "protocol": "http",
    "disable_email_notifications": True,
    "num_threads": 24,
    "queue_timeout": 20,
    "queue_timeout_2": 20,
    "queue_retry_minutes": 0,
    "queue_retry_max": 50,
}


@dataclass(frozen=True, slots=True)
class Snac:
    """A running server: its address, its data folder, and a token with all rights and the password of each person."""

    url: str
    folder: Path
    tokens: dict[str, str]
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def host_port(self) -> str:
        return self.url.removeprefix("http://")

    def consent(self, person: str, address: str, *, follow: bool = True) -> httpx.Response:
        """What a browser gets in which `person` opens `address`, fills in the form and lets the app in; `follow`s it."""
        page = httpx.get(address).text
        fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', page))
        action = re.search(r'action="([^"]+)"', page)
        assert action, page
        fields |= {"login": person, "passwd": self.passwords[person]}
        return httpx.post(action[1], data=fields, follow_redirects=follow, timeout=20)

    def call(self, person: str, method: str, path: str, **options: object) -> object:
        """One request as `person`, over plain httpx: the independent hand of the tests. Returns the JSON."""
        headers = {"Authorization": f"Bearer {self.tokens[person]}", "Connection": "close"}
        answer = httpx.request(method, self.url + path, headers=headers, timeout=20, **options)  # type: ignore[arg-type]
        answer.raise_for_status()
        return answer.json()

    def follow(self, person: str, whom: str) -> None:
        """Let `person` follow `whom`, and wait until the server knows: what is written before that, they never see."""
        known = self.call(person, "GET", f"/api/v1/accounts/lookup?acct={whom}")
        assert isinstance(known, dict)
        self.call(person, "POST", f"/api/v1/accounts/{known['id']}/follow")
        # There are two people here, so any follower is this one.
        followers, ends = self.folder / "user" / whom / "followers", time.monotonic() + 120
        while not any(followers.glob("*.json")):
            assert time.monotonic() < ends, f"{person} does not follow {whom}"
            time.sleep(0.05)


def program() -> str:
    """The server's program; skips or fails the test where it is not installed."""
    return shutil.which("snac") or without_server("snac2", "run .ci/system-packages")


@contextmanager
def run_snac() -> Iterator[Snac]:
    """Start a server with its data in a folder of its own, and end it.

    Not below pytest's folder: every other run of pytest closes that to all but its owner.
    """
    program()
    with tempfile.TemporaryDirectory(prefix="leitstand-snac-") as folder:
        if AS_USER is not None:  # the server should not be root
            os.chown(folder, AS_USER, AS_USER)
        yield from _run_snac(Path(folder))


def _run_snac(base: Path) -> Iterator[Snac]:
    folder = base / "data"
    port = free_port()
    _snac("init", folder, f"127.0.0.1\n{port}\nlocalhost:{port}\n\n\n")
    settings = folder / "server.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), **SETTINGS}))
    passwords = {person: _add_person(folder, person) for person in PEOPLE}
    url = f"http://localhost:{port}"
    with (base / "log").open("w") as log:
        process = subprocess.Popen(
            [program(), "httpd", str(folder)],
            stderr=log,
            user=AS_USER,
            group=AS_USER,
            extra_groups=NO_GROUPS,
        )
        try:
            wait_for(f"{url}/api/v1/instance")
            yield Snac(url, folder, {person: _token(url, person, passwords[person]) for person in PEOPLE}, passwords)
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server; one that waits for its own deliveries is not waited for."""
    process.terminate()
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A free port of the loopback interface, below those that the system gives outgoing connections.

    Until a server has bound it, and until this process ends, no other process of these tests gets it.
    """
    LOCKS.mkdir(exist_ok=True)
    while True:
        port = 15_000 + secrets.randbelow(17_000)
        lock = (LOCKS / str(port)).open("w")
        with socket.socket() as probe, suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            probe.bind(("127.0.0.1", port))
            HELD.append(lock)
            return port
        lock.close()


def wait_for(url: str, seconds: float = 60.0) -> None:
    """Return once `url` answers; raises `TimeoutError` otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            httpx.get(url, timeout=2)
        except httpx.TransportError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(url)


def _snac(verb: str, folder: Path, answers: str) -> str:
    command = [program(), verb, str(folder)]
    done = subprocess.run(
        command,
        input=answers,
        text=True,
        check=True,
        capture_output=True,
        user=AS_USER,
        group=AS_USER,
        extra_groups=NO_GROUPS,
    )
    return str(done.stdout)


def _add_person(folder: Path, person: str) -> str:
    said = _snac("adduser", folder, f"{person}\n{person}\n\n\n")
    found = re.search(r"password is (\S+)", said)
    assert found, said
    return found[1]


def _token(url: str, person: str, password: str) -> str:
    """The whole OAuth dance, as an app on somebody's computer does it."""
    form = {"client_name": "leitstand", "redirect_uris": OUT_OF_BAND, "scopes": "read write follow"}
    app = httpx.post(f"{url}/api/v1/apps", data=form).json()
    asked = {"client_id": app["client_id"], "redirect_uri": OUT_OF_BAND, "response_type": "code"}
    page = httpx.get(f"{url}/oauth/authorize", params=asked).text
    fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', page)) | {"login": person, "passwd": password}
    action = re.search(r'action="([^"]+)"', page)
    assert action, page
    answer = httpx.post(action[1], data=fields)
    code = re.search(r"([0-9a-f]{16,})", answer.headers.get("location") or answer.text)
    assert code, answer.text
    grant = {
        "grant_type": "authorization_code",
        "code": code[1],
        "redirect_uri": OUT_OF_BAND,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
    }
    return str(httpx.post(f"{url}/oauth/token", data=grant).json()["access_token"])
