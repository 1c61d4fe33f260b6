"""One page of the inbox, and how many conversations stand behind each filter.

A page begins behind the last conversation of the one before (not after so many rows), so that the hundredth is as quick as
the first, and none is shown twice or left out because others came in meanwhile.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.desk import Wanted, conditions, end_of
from toolkit.community.inbox.searching import select_hits
from toolkit.database import Record, Value, to_text
from toolkit.values import dataclass

_NAMED: Final = re.compile(r":(\w+)")
# A snooze that is over counts as open, also before the next fetch has written so.
_BY_POST: Final = """
SELECT uid, count(*) AS many, sum(CASE WHEN stage IN ('new', 'open')
  OR (snoozed_until <> '' AND snoozed_until <= :now) THEN 1 ELSE 0 END) AS ours
FROM conversations WHERE uid <> '' GROUP BY uid"""
_COUNT: Final = """
SELECT stage, channel, assignee, '' AS label, count(*) AS many,
  sum(CASE WHEN snoozed_until <> '' AND snoozed_until <= :now THEN 1 ELSE 0 END) AS due
FROM conversations WHERE {where} GROUP BY stage, channel, assignee
UNION ALL
SELECT '', '', '', label, count(*), 0 FROM labels
WHERE conversation IN (SELECT id FROM conversations WHERE {anywhere}) GROUP BY label"""


# Networks tell of a message some time after it was written.
_SLOW: Final = timedelta(days=3)
_HEARD: Final = (
    "SELECT count(*) AS many FROM conversations WHERE {where} AND id IN"
    " (SELECT conversation FROM entries WHERE at >= :about AND heard_at > :seen AND own = 0)"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """How many conversations stand below a post, and in how many of them it is our turn."""

    all: int
    ours: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some conversations in order; `after` is what the next page is asked with, "" where none follows."""

    conversations: tuple[Conversation, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are by each filter, under all the others. Nobody's are counted under ``-``."""

    stages: Mapping[Stage, int]
    channels: Mapping[str, int]
    assignees: Mapping[str, int]
    labels: Mapping[str, int]


def find_hits(inbox: Inbox, words: str) -> frozenset[str] | None:
    """The ids of the conversations in which a message has all the words; None where nothing is looked for."""
    select, values = select_hits(words)
    return frozenset(str(raw["conversation"]) for raw in inbox.store.read(select, values)) if select else None


def find_page(inbox: Inbox, wanted: Wanted, now: datetime) -> Page:
    """The conversations that are wanted, `wanted.limit` of them."""
    found = inbox.conversations(replace(wanted, limit=wanted.limit + 1), now=now)
    shown = found[: wanted.limit]
    return Page(tuple(shown), end_of(wanted, shown[-1]) if len(found) > len(shown) else "")


def count(inbox: Inbox, wanted: Wanted, now: datetime) -> Counts:
    """The numbers beside the filters."""
    rows = _ask(inbox, wanted, now)
    cells = _cells(rows)
    stages = frozenset(wanted.stages) or frozenset(Stage)

    def tally(own: str) -> Counter[str]:
        """By one filter, of those that pass the two others."""
        tallied: Counter[str] = Counter()
        for cell, many in cells.items():
            passed = {
                "stage": Stage(cell[0]) in stages,
                "channel": wanted.channel in ("", cell[1]),
                "assignee": wanted.assignee in ("", cell[2]),
            }
            if all(passed[other] for other in passed if other != own):
                tallied[cell[list(passed).index(own)]] += many
        return tallied

    by_stage = {Stage(one): many for one, many in tally("stage").items()}
    labels = {str(raw["label"]): raw["many"] for raw in rows if raw["label"]}
    return Counts(by_stage, tally("channel"), tally("assignee"), dict(sorted(labels.items())))


def count_by_post(inbox: Inbox, now: datetime) -> dict[str, Heard]:
    """Uid of a post → the conversations that stand below it."""
    rows = inbox.store.read(_BY_POST, {"now": to_text(now)})
    return {str(raw["uid"]): Heard(int(raw["many"]), int(raw["ours"])) for raw in rows}


def _cells(rows: Iterable[Record]) -> Counter[tuple[str, str, str]]:
    """How many there are of each stage, account and person."""
    found: Counter[tuple[str, str, str]] = Counter()
    for raw in rows:
        if raw["stage"]:
            stage, rest = raw["stage"], (raw["channel"], raw["assignee"] or "-")
            over = raw["due"] if stage == Stage.SNOOZED else 0
            found[(stage, *rest)] += raw["many"] - over
            found[(Stage.OPEN.value, *rest)] += over
    return +found


def _ask(inbox: Inbox, wanted: Wanted, now: datetime) -> Sequence[Record]:
    """The cells that have the label, and the labels of what passes every other filter."""
    values: dict[str, Value] = {}
    parts: dict[str, str] = {}
    asked = {
        "where": Wanted((), label=wanted.label, among=wanted.among),
        "anywhere": replace(wanted, label="", after=""),
    }
    for name, one in asked.items():
        wheres, more, _order = conditions(one, now)
        parts[name] = " AND ".join(wheres) or "true"
        values |= more
    return _read(inbox, _COUNT.format_map(parts), values | {"now": to_text(now)})


def _read(inbox: Inbox, statement: str, values: Mapping[str, Value]) -> Sequence[Record]:
    """What is named in a statement is given to it, and nothing else."""
    named = set(_NAMED.findall(statement))
    return inbox.store.read(statement, {name: value for name, value in values.items() if name in named})


def count_heard(inbox: Inbox, wanted: Wanted, seen: datetime, now: datetime) -> int:
    """In how many of the wanted conversations something of theirs was heard since a moment (within some days)."""
    wheres, values, _order = conditions(replace(wanted, after=""), now)
    statement = _HEARD.format(where=" AND ".join(wheres) or "true")
    values |= {"seen": to_text(seen), "about": to_text(seen - _SLOW)}
    (raw,) = _read(inbox, statement, values)
    return int(raw["many"])


def labels_in_use(inbox: Inbox, most: int = 200) -> list[str]:
    """The labels that any conversation has, by name."""
    rows = inbox.store.read("SELECT DISTINCT label FROM labels ORDER BY label LIMIT :most", {"most": most})
    return [str(raw["label"]) for raw in rows]
