"""What is known of feeds when several listen at the same time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from toolkit.community.mentions.memory import Event, Known, Memory, read_memory, write_memory

NOW = "2026-11-21T11:00:00+00:00"
LATER = "2026-11-21T11:20:00+00:00"
LISTEN = """
import sys
from pathlib import Path
from toolkit.community.mentions.memory import Event, Known, read_memory, write_memory

name, state = sys.argv[1], Path(sys.argv[2])
for number in range(25):
    memory = read_memory(state)
    if not number:
        print("read", flush=True)
        sys.stdin.readline()
    memory.feeds[f"{name}-{number}"] = Known(heard_at="2026-11-21T11:00:00+00:00", seen=(name,))
    memory.events.append(Event("", f"{name} {number}", "2026-11-21T11:00:00+00:00"))
    write_memory(state, memory)
"""


def test_two_processes_lose_nothing_of_each_other(tmp_path: Path) -> None:
    """Both read before either writes, and then write fifty times between them: every feed and event of both is there."""
    command = [sys.executable, "-c", LISTEN]
    root = Path(__file__).parents[3]
    both = [
        subprocess.Popen([*command, name, str(tmp_path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for name in ("daemon", "person")
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == b"read\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write(b"\n")
        one.stdin.flush()
    for one in both:
        one.communicate(timeout=60)
    assert [one.returncode for one in both] == [0, 0]
    memory = read_memory(tmp_path)
    assert {*memory.feeds} == {f"{name}-{number}" for name in ("daemon", "person") for number in range(25)}
    assert len(memory.events) == 50


def test_what_two_heard_of_one_feed_is_known_of_both(tmp_path: Path) -> None:
    """The later round says when it was heard; entries that either saw and times that either lost stay."""
    write_memory(tmp_path, Memory({"blatt": Known(heard_at=NOW, seen=("a",))}))
    first, second = read_memory(tmp_path), read_memory(tmp_path)
    first.feeds["blatt"] = Known(heard_at=LATER, seen=("a", "b"), etag="neu")
    second.feeds["blatt"] = Known(heard_at=NOW, seen=("a", "c"), etag="alt", gaps=((NOW, LATER),))
    write_memory(tmp_path, first)
    write_memory(tmp_path, second)
    assert read_memory(tmp_path).feeds == {
        "blatt": Known(heard_at=LATER, seen=("a", "b", "c"), etag="neu", gaps=((NOW, LATER),))
    }


def test_what_one_drops_stays_dropped_and_what_another_adds_stays(tmp_path: Path) -> None:
    """A feed that nobody names any more, an event whose time is over, and a gap that nobody asks about."""
    old = Event("", "alt", NOW)
    write_memory(tmp_path, Memory({"weg": Known(), "blatt": Known(gaps=((NOW, LATER),))}, events=[old]))
    mine, other = read_memory(tmp_path), read_memory(tmp_path)
    other.feeds["neu"] = Known()
    write_memory(tmp_path, other)
    mine.feeds, mine.events = {"blatt": Known(heard_at=LATER)}, []
    write_memory(tmp_path, mine)
    assert read_memory(tmp_path) == Memory({"blatt": Known(heard_at=LATER), "neu": Known()})
