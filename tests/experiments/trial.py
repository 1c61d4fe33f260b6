"""One experiment in the smallest workspace: Ines asks or tells on Mastodon. Every test of experiments makes it here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Final

from tests.probe import person, settings
from toolkit.experiments.experiment import Experiment
from toolkit.experiments.reading import read_experiment
from toolkit.experiments.registering import Signed, register
from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.source import apply_edits
from toolkit.workspace import load_workspace

PATH: Final = "content/experiments/question.md"
ACCOUNT: Final = '\n[accounts.mastodon]\nnetwork = "mastodon"\nid = "@probe@example.com"\n'
SETTINGS: Final = settings(person("ines", "Ines", "editor"), rest=ACCOUNT, languages='"en"')
KEYS: Final = {
    "title": "Question or statement",
    "owner": "ines",
    "hypothesis": "A question brings more.",
    "metric": "interactions",
    "arms": "\n  - {name: question, label: ask}\n  - {name: statement, label: tell}",
    "start": "2026-10-01",
    "stop": "2026-10-31",
    "planned": "10",
    "decision": "We ask.",
}
EARLY: Final = "2026-08-01"  # when the posts of before went out, one a day
BEFORE: Final = Signed("ines", datetime.fromisoformat("2026-08-28T09:00:00+02:00"))


@dataclass(frozen=True, slots=True)
class Out:
    """A post that went out on a day at ten in Berlin, and its likes seven days later."""

    number: int
    day: str
    likes: float
    labels: str = ""
    channel: str = "mastodon"
    media: str = ""

    @property
    def uid(self) -> str:
        return uid(self.number)


def uid(number: int) -> str:
    return f"01JDK3V7Q2M8X4T6R9A0B1C{number:03}"


def design(text: str = "", **changes: str) -> str:
    """The file of the experiment; "" leaves a key out."""
    keys = {**KEYS, **changes}
    lines = [f"{key}:{'' if value.startswith(chr(10)) else ' '}{value}\n" for key, value in keys.items() if value]
    return f"---\n{''.join(lines)}---\n{text}"


def read(text: str) -> Experiment:
    found, problems = read_experiment(PATH, text.encode())
    assert found is not None, problems
    return found


def registered(text: str, first: datetime | None = None, signed: Signed = BEFORE, why: str = "") -> str:
    """The same file, registered as it is."""
    edit = register(read(text), first, signed, why)
    return text if edit is None else apply_edits(text, [edit])


def post_file(one: Out) -> str:
    keys = {"uid": one.uid, "title": f"Post {one.number}", "author": "ines", "status": "ready"}
    keys |= {"publish": f"{one.day} 10:00", "channels": f"[{one.channel}]", "labels": f"[{one.labels}]"}
    head = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{head}{one.media}---\nText {one.number}\n"


def write(root: Path, path: str, text: str) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    return root / path


def write_post(root: Path, one: Out) -> Path:
    return write(root, f"content/posts/p{one.number:03}.md", post_file(one))


def likes(one: Out, days: float = 7, value: float | None = None) -> Observation:
    """What was counted so many days after it went out."""
    at = datetime.fromisoformat(f"{one.day}T08:00:00+00:00")
    found = one.likes if value is None else value
    return Observation(one.uid, one.channel, "likes", found, at + timedelta(days=days), at, "test", "one")


def keep(root: Path, rows: Iterable[Observation], name: str = "one") -> None:
    """One import, below `state`."""
    kept = [replace(row, import_id=name) for row in rows]
    open_store(root / "state").append(kept, imported_at=max(row.observed_at for row in kept))


def day(number: int, first: str = "2026-10-01") -> str:
    """A day so many after the first."""
    return f"{datetime.fromisoformat(first) + timedelta(days=number):%Y-%m-%d}"


def earlier(n: int = 40, middle: float = 50, spread: float = 0.4, numbers: int = 0) -> list[Out]:
    """Posts of before the experiment, which say what is usual."""
    chance = Random(7)
    return [Out(numbers + at, day(at, EARLY), round(middle * exp(chance.gauss(0, spread)))) for at in range(n)]


def pairs(ask: Iterable[float], tell: Iterable[float], first: str = "2026-10-01", numbers: int = 100) -> list[Out]:
    """Posts of both arms, one of each a day, with their likes."""
    found = [Out(numbers + 2 * at, day(at, first), value, "ask") for at, value in enumerate(ask)]
    return found + [Out(numbers + 2 * at + 1, day(at, first), value, "tell") for at, value in enumerate(tell)]


def make(root: Path, posts: Iterable[Out], text: str = "") -> Path:
    """A workspace with a registered experiment, these posts and what they brought."""
    write(root, "leitstand.toml", SETTINGS)
    write(root, PATH, text or registered(design()))
    known = list(posts)
    for one in known:
        write_post(root, one)
    if known:
        keep(root, [likes(one) for one in known])
    assert load_workspace(root).posts or not known
    return root
