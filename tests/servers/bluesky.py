"""A real Bluesky network for one test run: directory, accounts' server and application view, with two people in it.

The application view keeps its index in PostgreSQL and Redis, both started beside it on free ports with their data in a
temporary folder. The packages are installed by tests/servers/bluesky-network/install.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO

import httpx

from tests.servers.absent import without_server
from tests.servers.postgres import run_postgres
from tests.servers.snac import AS_USER, NO_GROUPS, free_port, stop

HERE = Path(__file__).parent / "bluesky-network"
CACHE = Path(os.environ.get("LEITSTAND_BLUESKY_DIR") or HERE.parents[2] / ".leitstand" / "bluesky").resolve()
PEOPLE = ("alice", "bob")
PATIENCE = 120.0  # seconds for a start on a busy machine


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, the app password that programs use, and a session of their own hands."""

    handle: str
    did: str
    app_password: str
    token: str


@dataclass(frozen=True, slots=True)
class Bluesky:
    """A running network: the address of its accounts' server, and its people."""

    url: str
    people: Mapping[str, Person]

    @property
    def host_port(self) -> str:
        return self.url.removeprefix("http://")

    def get(self, person: str, nsid: str, **params: object) -> dict[str, object]:
        """A query as `person`, over plain httpx: the independent hand of the tests."""
        answer = httpx.get(self._at(nsid), params=params, headers=self._headers(person), timeout=30)  # type: ignore[arg-type]  # as the caller has it
        return _read(answer)

    def post(self, person: str, nsid: str, body: Mapping[str, object]) -> dict[str, object]:
        """A procedure as `person`."""
        return _read(httpx.post(self._at(nsid), json=body, headers=self._headers(person), timeout=30))

    def create(self, person: str, collection: str, record: Mapping[str, object]) -> dict[str, object]:
        """A record in the repository of `person`."""
        body = {"repo": self.people[person].did, "collection": collection, "record": {"$type": collection, **record}}
        return self.post(person, "com.atproto.repo.createRecord", body)

    def _at(self, nsid: str) -> str:
        return f"{self.url}/xrpc/{nsid}"

    def _headers(self, person: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.people[person].token}"}


def _read(answer: httpx.Response) -> dict[str, object]:
    assert answer.status_code == 200, answer.text
    found = answer.json() if answer.content else {}
    assert isinstance(found, dict)
    return found


@contextmanager
def run_bluesky() -> Iterator[Bluesky]:
    """Start a network and end it; skips or fails the test where something of it is not installed."""
    node, redis = _program("node"), _program("redis-server")
    if not (CACHE / "installed").is_file():
        without_server("the Bluesky network", "run tests/servers/bluesky-network/install")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="leitstand-bluesky-")))
        log = stack.enter_context((folder / "log").open("w+"))
        database = stack.enter_context(run_postgres())
        cache = stack.enter_context(_run_redis(redis, log))
        url = stack.enter_context(_run_network(node, folder, log, {"DB_POSTGRES_URL": database.address, **cache}))
        yield Bluesky(url, {name: _make_person(url, name) for name in PEOPLE})


def _program(name: str) -> str:
    return shutil.which(name) or without_server(name, "run .ci/system-packages")


@contextmanager
def _run_redis(program: str, log: IO[str]) -> Iterator[dict[str, str]]:
    port = free_port()
    with _running([program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], log):
        yield {"REDIS_HOST": f"127.0.0.1:{port}"}


@contextmanager
def _running(command: list[str], log: IO[str]) -> Iterator[None]:
    process = subprocess.Popen(
        command, stdout=log, stderr=log, user=AS_USER, group=AS_USER, extra_groups=NO_GROUPS, cwd="/"
    )
    try:
        yield
    finally:
        stop(process)


@contextmanager
def _run_network(node: str, folder: Path, log: IO[str], services: Mapping[str, str]) -> Iterator[str]:
    scratch = folder / "scratch"
    scratch.mkdir()
    ports = [str(free_port()) for _number in range(4)]
    environment = {**os.environ, **services, "TMPDIR": str(scratch), "LOG_ENABLED": "false", "NODE_ENV": "test"}
    with subprocess.Popen(
        [node, str(HERE / "network.mjs"), *ports],
        cwd=CACHE,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
    ) as process:
        try:
            yield _said(process, folder / "log")
        finally:
            stop(process)


def _said(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address of the accounts' server, once the network is up."""
    assert process.stdout is not None
    overdue = Timer(PATIENCE, process.kill)
    overdue.start()
    line = process.stdout.readline()
    overdue.cancel()
    if not line:
        raise RuntimeError(log.read_text()[-2000:])
    return str(json.loads(line)["pds"])


def _make_person(url: str, name: str) -> Person:
    handle = f"{name}.test"
    body = {"handle": handle, "email": f"{name}@example.org", "password": f"{name}-password"}
    made = _read(httpx.post(f"{url}/xrpc/com.atproto.server.createAccount", json=body, timeout=60))
    headers = {"Authorization": f"Bearer {made['accessJwt']}"}
    at = f"{url}/xrpc/com.atproto.server.createAppPassword"
    app = _read(httpx.post(at, json={"name": "leitstand"}, headers=headers, timeout=60))
    return Person(handle, str(made["did"]), str(app["password"]), str(made["accessJwt"]))
