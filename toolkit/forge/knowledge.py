"""What is known of a forge, in a file of the state directory: so ticks never wait for it, and an outage takes nothing away.

Nothing in it is secret, and it may be deleted: what is in force is learned again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.forge.base import Pull
from toolkit.forge.shapes import items, moment, number, text
from toolkit.settings import ForgePlace
from toolkit.source.writing import replace_file
from toolkit.values import dataclass

FILE: Final = "forge.json"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Given:
    """An approving review, with the hash of the post's content at the commit that was reviewed."""

    uid: str
    reviewer: str
    at: datetime
    hash: str
    pull: int
    commit: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`pulls`: commit → the pull requests that brought it. `given`: pull request → its approving reviews."""

    asked: datetime | None = None
    answered: datetime | None = None
    problem: str = ""
    pulls: Mapping[str, tuple[Pull, ...]] = field(default_factory=dict)
    given: Mapping[int, tuple[Given, ...]] = field(default_factory=dict)
    looked: Mapping[int, datetime] = field(default_factory=dict)  # pull request → when its reviews were read

    def all_given(self) -> tuple[Given, ...]:
        """The reviews of all pull requests."""
        return tuple(given for one in self.given.values() for given in one)


def read_knowledge(state: Path, place: ForgePlace | None) -> Knowledge:
    """What is known of this forge; nothing where there is none, where it was another one, or the file is broken."""
    try:
        raw = json.loads((state / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Knowledge()
    if place is None or not isinstance(raw, dict) or (raw.get("format"), raw.get("forge")) != (FORMAT, asdict(place)):
        return Knowledge()
    pulls, looked = raw.get("pulls"), raw.get("looked")
    given: dict[int, tuple[Given, ...]] = {}
    for one in filter(None, map(_given, items(raw, "given"))):
        given[one.pull] = (*given.get(one.pull, ()), one)
    return Knowledge(
        asked=moment(text(raw, "asked")),
        answered=moment(text(raw, "answered")),
        problem=text(raw, "problem"),
        pulls={
            sha: tuple(map(_pull, items(found))) for sha, found in (pulls if isinstance(pulls, dict) else {}).items()
        },
        given=given,
        looked={
            int(key): at
            for key, said in (looked if isinstance(looked, dict) else {}).items()
            if key.isascii() and key.isdigit() and isinstance(said, str) and (at := moment(said)) is not None
        },
    )


def write_knowledge(state: Path, place: ForgePlace, knowledge: Knowledge) -> None:
    """Put it in the place of what was known, in one piece. Raises OSError."""
    raw = {
        "format": FORMAT,
        "forge": asdict(place),
        "asked": _iso(knowledge.asked),
        "answered": _iso(knowledge.answered),
        "problem": knowledge.problem,
        "pulls": {sha: [asdict(pull) for pull in found] for sha, found in knowledge.pulls.items()},
        "given": [asdict(given) | {"at": given.at.isoformat()} for given in knowledge.all_given()],
        "looked": {str(key): at.isoformat() for key, at in knowledge.looked.items()},
    }
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(state / FILE, json.dumps(raw).encode())


def keep_only(knowledge: Knowledge, commits: frozenset[str]) -> Knowledge:
    """Without what nobody asks for any more."""
    pulls = {sha: found for sha, found in knowledge.pulls.items() if sha in commits}
    numbers = {pull.number for found in pulls.values() for pull in found}
    return replace(
        knowledge,
        pulls=pulls,
        given={key: given for key, given in knowledge.given.items() if key in numbers},
        looked={key: at for key, at in knowledge.looked.items() if key in numbers},
    )


def _pull(raw: object) -> Pull:
    return Pull(number(raw, "number"), text(raw, "author"), text(raw, "branch"), text(raw, "commit"))


def _given(raw: object) -> Given | None:
    at = moment(text(raw, "at"))
    words = [text(raw, key) for key in ("uid", "reviewer", "hash", "commit")]
    if at is None or not all(words):
        return None
    uid, reviewer, digest, commit = words
    return Given(uid, reviewer, at, digest, number(raw, "pull"), commit)


def _iso(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
