"""One page of the inbox, and how many conversations stand behind each filter.

A page begins behind the last conversation of the one before (not after so many rows), so that the hundredth is as quick as
the first, and none is shown twice or left out because others came in meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.desk import Wanted, conditions, end_of
from toolkit.community.inbox.searching import search_condition
from toolkit.database import Record, Value, to_text

# A snooze that is over counts as open, also before the next fetch has written so.
_STAGE: Final = (
    "CASE WHEN stage = 'snoozed' AND snoozed_until <> '' AND snoozed_until <= :now THEN 'open' ELSE stage END"
)


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


def find_page(inbox: Inbox, wanted: Wanted, now: datetime) -> Page:
    """The conversations that are wanted, `wanted.limit` of them."""
    found = inbox.conversations(replace(wanted, limit=wanted.limit + 1), now=now)
    shown = found[: wanted.limit]
    return Page(tuple(shown), end_of(wanted, shown[-1]) if len(found) > len(shown) else "")


def count(inbox: Inbox, wanted: Wanted, now: datetime) -> Counts:
    """The numbers beside the filters."""
    rows = _cube(inbox, wanted, now)
    stages = {one.value for one in wanted.stages} or {one.value for one in Stage}

    def tally(name: str) -> Counter[str]:
        tallied: Counter[str] = Counter()
        for raw in rows:
            if all(name == other or _fits(raw, other, wanted, stages) for other in ("stage", "channel", "assignee")):
                tallied[str(raw[name]) or "-"] += raw["many"]
        return tallied

    by_stage = {Stage(one): many for one, many in tally("stage").items()}
    return Counts(by_stage, tally("channel"), tally("assignee"), _labels(inbox, wanted, now))


def _cube(inbox: Inbox, wanted: Wanted, now: datetime) -> list[Record]:
    """How many there are of each stage, account and person, of those with the words and the label."""
    where, values = search_condition(wanted.words)
    wheres = [where] if where else []
    if wanted.label:
        wheres.append("id IN (SELECT conversation FROM labels WHERE label = :label)")
        values["label"] = wanted.label
    select = f"SELECT {_STAGE} AS stage, channel, assignee FROM conversations WHERE {' AND '.join(wheres) or 'true'}"  # noqa: S608  # our own words
    cube = (
        f"SELECT stage, channel, assignee, count(*) AS many FROM ({select}) AS seen GROUP BY stage, channel, assignee"  # noqa: S608  # our own words
    )
    return list(inbox.store.read(cube, values | {"now": to_text(now)}))


def _fits(raw: Record, name: str, wanted: Wanted, stages: set[str]) -> bool:
    if name == "stage":
        return raw["stage"] in stages
    asked = wanted.channel if name == "channel" else wanted.assignee
    return not asked or raw[name] == ("" if asked == "-" else asked)


def _labels(inbox: Inbox, wanted: Wanted, now: datetime) -> dict[str, int]:
    wheres, values, _order = conditions(replace(wanted, label="", after=""), now)
    # What is named in a statement is given to it, and nothing else.
    given: dict[str, Value] = {name: value for name, value in values.items() if name != "limit"}
    some = f"SELECT id FROM conversations WHERE {' AND '.join(wheres) or 'true'}"  # noqa: S608  # our own words
    rows = inbox.store.read(
        f"SELECT label, count(*) AS many FROM labels WHERE conversation IN ({some}) GROUP BY label ORDER BY label",  # noqa: S608  # our own words
        given,
    )
    return {str(raw["label"]): raw["many"] for raw in rows}
