"""PostgreSQL for tests: one cluster for a session of tests, one schema for each test."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.servers.absent import without_server
from tests.servers.snac import AS_USER, NO_GROUPS, free_port

# Debian keeps the server's programs out of PATH.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
# A cluster that is thrown away may forget; what is asserted about durability is the client's own setting.
CARELESS = ("fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=200")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: the address of its one database, and how to end or restart it."""

    address: str
    folder: Path
    port: int

    def start(self) -> None:
        """Start the server on the cluster that is there."""
        settings = [
            *CARELESS,
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
        ]
        options = " ".join(f"-c {setting}" for setting in settings)
        _run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-o", options, "-w", "-t", "60", "start")

    def stop(self, mode: str = "immediate") -> None:
        """End it; "immediate" is what a power cut leaves."""
        _run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "-t", "60", "stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"leitstand_{secrets.token_hex(6)}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.address.removesuffix("postgres") + name

    @property
    def data(self) -> Path:
        return self.folder / "data"


def program(name: str) -> str:
    """One of the server's programs; skips or fails the test where it is not installed."""
    found = shutil.which(name) or next(
        (str(path) for pattern in FOLDERS for path in sorted(Path("/").glob(f"{pattern[1:]}/{name}"), reverse=True)), ""
    )
    return found or without_server("PostgreSQL", "run .ci/system-packages")


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    """Start a server with its data in a folder of its own, and end it."""
    program("initdb")
    with tempfile.TemporaryDirectory(prefix="leitstand-pg-") as name:
        folder = Path(name)
        if AS_USER is not None:  # the server refuses to be root
            os.chown(folder, AS_USER, AS_USER)
        _run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "leitstand",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        port = free_port()
        server = Postgres(f"postgresql://leitstand@127.0.0.1:{port}/postgres", folder, port)
        server.start()
        with _guard(server):
            yield server


@contextmanager
def _guard(server: Postgres) -> Iterator[None]:
    """End the server when this is over, also when the tests are killed: then nobody but a guard can."""
    end = 'read -r _; "$1" -D "$2" -m immediate -w stop; rm -rf "$2"'
    command = ["/bin/sh", "-c", end, "guard", program("pg_ctl"), str(server.data)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        user=AS_USER,
        group=AS_USER,
        extra_groups=NO_GROUPS,
        cwd="/",
    ):
        yield  # leaving it closes the guard's input, as the death of this process does


def _run(name: str, *args: str) -> None:
    # Its output goes to a file: the server keeps a pipe open for as long as it runs.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [program(name), *args],
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=120,
            user=AS_USER,
            group=AS_USER,
            extra_groups=NO_GROUPS,
            cwd="/",
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")
