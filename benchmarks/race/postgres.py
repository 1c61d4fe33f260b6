"""PostgreSQL for the race: a cluster that syncs, on the same disk as the SQLite files, ended with the run."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Debian keeps the server's programs out of PATH.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
NOBODY = 65534
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


def program(name: str) -> str:
    """Where one of the server's programs is; "" when it is not installed."""
    found = [path for pattern in FOLDERS for path in sorted(Path("/").glob(f"{pattern[1:]}/{name}"), reverse=True)]
    return str(found[0]) if found else shutil.which(name) or ""


@contextmanager
def run_postgres(folder: Path) -> Iterator[str]:
    """The address of a running server with its data below `folder`; "" when PostgreSQL is not installed."""
    if not program("initdb"):
        yield ""
        return
    folder.mkdir()
    if os.getuid() == 0:  # the server refuses to be root
        os.chown(folder, NOBODY, NOBODY)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    data = str(folder / "data")
    _run(folder, "initdb", "-D", data, "-U", "race", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    settings = [*DURABLE, f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    options = " ".join(f"-c {setting}" for setting in settings)
    _run(folder, "pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
    try:
        yield f"postgresql://race@127.0.0.1:{port}/postgres"
    finally:
        _run(folder, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def new_database(address: str) -> str:
    """The address of an empty database on the server."""
    name = f"race_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return address.removesuffix("postgres") + name


def durability(address: str) -> str:
    """What the server says about its commits."""
    names = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")
    with psycopg.connect(address) as connection:
        said = [connection.execute("SELECT current_setting(%s)", (name,)).fetchone() for name in names]
    return ", ".join(f"{name}={value[0]}" for name, value in zip(names, said, strict=True) if value)


def _run(folder: Path, name: str, *arguments: str) -> None:
    root = os.getuid() == 0
    with (folder.parent / "postgres.log").open("ab") as log:  # a pipe would stay open for as long as the server runs
        done = subprocess.run(
            [program(name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            timeout=120,
            user=NOBODY if root else None,
            group=NOBODY if root else None,
            extra_groups=[] if root else None,
            cwd="/",
        )
    if done.returncode:
        raise SystemExit(f"{name} failed; see {folder.parent / 'postgres.log'}")
