"""Run as a script: kill a sender right before its n-th touch of the file system, for every n, and look afterwards.

Prints one JSON line per n: the touch, what a look found, which entries the two feeds show, whether a repeated send
made a second entry. The last line is the send that was not killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.networks.connections.makers import attach, make_intent, make_picture
from toolkit.model import SetClock
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.feed.connection import FeedConnection, connect
from toolkit.settings import Account
from toolkit.web import Web

ACCOUNT = Account("feed", "feed", "feed", server="https://example.com/feeds")
PICTURE = make_picture()
TOUCHES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.link", "os.listdir", "os.scandir"})
ATOM = "{http://www.w3.org/2005/Atom}"


def open_line(state: Path) -> FeedConnection:
    clock = SetClock(datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    files = {"media/a.png": PICTURE}
    return connect(ACCOUNT, "", Surroundings(Web(), clock, files.__getitem__, str(state)))


def intent(key: str) -> Intent:
    return make_intent(ACCOUNT, f"Text {key}", key=key, attachments=(attach("media/a.png", PICTURE, "Tür"),))


def shown(state: Path) -> tuple[list[str], list[str]]:
    """The ids in both feed documents; both must be whole."""
    atom, feed = state / "feeds" / "feed.atom", state / "feeds" / "feed.json"
    ids = [element.text or "" for element in ET.parse(atom).findall(f"{ATOM}entry/{ATOM}id")] if atom.exists() else []
    items = json.loads(feed.read_text("utf-8"))["items"] if feed.exists() else []
    return sorted(ids), sorted(item["id"] for item in items)


def run_child(state: Path, step: str, fatal: int, done: int) -> None:
    """Do `step` and die at the n-th touch below `state`; the number of touches goes to `done`."""
    line, count = open_line(state), 0

    def count_down(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in TOUCHES and str(state) in str(arguments[0]):
            count += 1
            if count == fatal:
                os.write(done, f"{event} {Path(str(arguments[0])).name[:12]}".encode())
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count_down)
    if step == "send":
        line.send(intent("new"))
    elif step == "edit":
        line.edit(line.find(intent("old")).remote_id, intent("edited"))
    else:
        line.delete(line.find(intent("old")).remote_id)
    os._exit(0)


def main(base: Path, step: str) -> None:
    for fatal in range(1, 200):
        state = base / f"{step}-{fatal}"
        open_line(state).send(intent("old"))
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            run_child(state, step, fatal, writing)
        os.close(writing)
        touch = os.read(reading, 200).decode()
        os.close(reading)
        _pid, status = os.waitpid(child, 0)
        torn = shown(state)
        line = open_line(state)
        sighting = line.find(intent("new" if step == "send" else "old"))
        after = shown(state)
        again = line.send(intent("new")) if step == "send" else line.find(intent("old"))
        report = {
            "killed": os.WIFSIGNALED(status),
            "touch": touch,
            "torn": torn,
            "presence": sighting.presence,
            "after": after,
            "again": getattr(again, "outcome", ""),
            "end": shown(state),
        }
        print(json.dumps(report), flush=True)  # the result of this script
        if not report["killed"]:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
