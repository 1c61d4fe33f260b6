"""The real daemon on a real workspace: `leitstand run --interval 1`, and signed webhooks on the loopback interface.

Everything takes part that does so in daily life: files are read, checked and rendered at every tick, and each message
goes through the guarded HTTP client.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.race.plan import Plan
from benchmarks.race.run import Result
from toolkit.workspace.naming import mint_uid

# An account is tried sixty times an hour at most, so the posts are spread.
ACCOUNTS = tuple(f"app{number}" for number in range(5))
SECRET = "a-secret-of-the-benchmark"
HEAD = """format = 1
[workspace]
id = "race"
timezone = "UTC"
[policy]
approvals = 0
[people.anna]
roles = ["editor"]
"""
ACCOUNT = '[accounts.{name}]\nnetwork = "webhook"\nid = "{name}"\nserver = "http://127.0.0.1:{port}/{name}"\n'
POST = """---
uid: {uid}
title: {key}
author: anna
status: ready
publish: {due:%Y-%m-%d %H:%M:%S}
channels: [{account}]
language: en
---
{key} is open, and it is not the same as the one before: number {key} has its own words.
"""


@contextmanager
def receive() -> Iterator[tuple[int, list[tuple[str, float]]]]:
    """A receiver of webhooks: its port, and (key, Unix time) of what has arrived."""
    arrived: list[tuple[str, float]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            at = time.time()
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            arrived.append((str(said["text"]).split()[0], at))
            answer = json.dumps({"id": said["key"], "url": ""}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *_given: object) -> None:  # noqa: A002  # the base class names it so
            """Nothing: the figures are the log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_port, arrived
        finally:
            server.shutdown()
            thread.join()


def write_workspace(root: Path, port: int, dues: list[tuple[str, float]]) -> None:
    accounts = "".join(ACCOUNT.format(name=name, port=port) for name in ACCOUNTS)
    (root / "leitstand.toml").write_text(HEAD + accounts, encoding="utf-8")
    folder = root / "content/posts"
    folder.mkdir(parents=True)
    for number, (key, due) in enumerate(dues):
        moment = datetime.fromtimestamp(due, UTC)
        text = POST.format(uid=mint_uid(moment), key=key, due=moment, account=ACCOUNTS[number % len(ACCOUNTS)])
        (folder / f"{key}.md").write_text(text, encoding="utf-8")


def run_daemon(folder: Path, posts: int, seconds: int, *, lead: float) -> Result:
    """So many posts, due at whole seconds within so many seconds, published by a daemon that looks every second."""
    start = int(time.time() + lead)
    dues = [(f"P{number:05}", float(start + number * seconds // posts)) for number in range(posts)]
    with tempfile.TemporaryDirectory(dir=folder, prefix="daemon-") as name, receive() as (port, arrived):
        root = Path(name)
        write_workspace(root, port, dues)
        with running(root, root / "log"):
            end = start + seconds + 20
            while len(arrived) < posts and time.time() < end:
                time.sleep(0.1)
            time.sleep(1.5)  # a second sending of the last one would come with the next look
        if len(arrived) < posts:
            sys.stderr.write((root / "log").read_text(encoding="utf-8")[-3000:])
    return Result(Plan("", "ours", dues), arrived, 0, 0, [], "")


@contextmanager
def running(root: Path, log: Path) -> Iterator[None]:
    tokens = {f"LEITSTAND_TOKEN_{name.upper()}": SECRET for name in ACCOUNTS}
    environ = {
        **os.environ,
        **tokens,
        "LEITSTAND_STATE_DIR": str(root / "state"),
        "LEITSTAND_ACCOUNTS_DIR": str(root / "accounts"),
    }
    leitstand = Path(sys.executable).with_name("leitstand")
    command = [str(leitstand), "run", "--interval", "1", "--json", "--workspace", str(root)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, env=environ) as process:
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
