"""What a desk asks the inbox for: which conversations, in which order, and from which place on."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.reading import MILLION
from toolkit.database import Value, to_text
from toolkit.values import dataclass

_WAITING: Final = "CASE WHEN waiting_since = '' THEN '~' ELSE waiting_since END"
_RANK: Final = "CASE WHEN stage IN ('new', 'open') THEN 0 ELSE 1 END"
URGENT: Final = f"score DESC, {_WAITING}, id"
OURS_FIRST: Final = f"{_RANK}, {URGENT}"
NEWEST: Final = "changed_at DESC, id"
_NUMBER: Final = re.compile(r"-?\d{1,12}", re.ASCII)
OURS: Final = frozenset(stage for stage in Stage if stage.ours)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations; "" and the empty set ask for any."""

    stages: Collection[Stage] = field(default=OURS)
    channel: str = ""
    assignee: str = ""  # ``-`` for nobody's
    label: str = ""
    limit: int = 50
    newest: bool = False  # the newest first, not the most urgent
    among: Collection[str] | None = None  # of these ids only; see `find_hits`
    after: str = ""  # where the page before ended; see `end_of`
    beside: str = ""  # id of a conversation: others of the same author

    @property
    def order(self) -> str:
        """Which comes first."""
        if self.newest:
            return NEWEST
        return URGENT if OURS.issuperset(self.stages or Stage) else OURS_FIRST


def conditions(wanted: Wanted, now: datetime) -> tuple[list[str], dict[str, Value], str]:
    """What is asked of the table `conversations`: conditions, their values, and the order."""
    values: dict[str, Value] = {"limit": wanted.limit}
    wheres: list[str] = []
    if wanted.stages:
        wheres.append(f"({' OR '.join(_stage(stage) for stage in sorted(wanted.stages))})")
        values["now"] = to_text(now)
    if wanted.channel:
        wheres.append("channel = :channel")
        values["channel"] = wanted.channel
    if wanted.assignee:
        wheres.append("assignee = :assignee")
        values["assignee"] = "" if wanted.assignee == "-" else wanted.assignee
    if wanted.label:
        wheres.append("id IN (SELECT conversation FROM labels WHERE label = :label)")
        values["label"] = wanted.label
    if wanted.beside:
        same = "SELECT author_key FROM conversations WHERE id = :beside AND author_key <> ''"
        wheres.append(f"author_key = ({same}) AND id <> :beside")
        values["beside"] = wanted.beside
    for where, more in (_among(wanted), _behind(wanted)):
        wheres += [where] if where else []
        values |= more
    return wheres, values, wanted.order


def end_of(wanted: Wanted, last: Conversation) -> str:
    """What the next page begins behind: the place of the last conversation of this one."""
    waiting = to_text(last.waiting_since) or "~"
    changed, score = to_text(last.changed_at), str(round(last.score * MILLION))
    place = (changed,) if wanted.newest else (str(int(not last.stage.ours)), score, waiting)
    return "|".join([*place, last.id])


def _among(wanted: Wanted) -> tuple[str, dict[str, Value]]:
    """One of certain ids."""
    if wanted.among is None:
        return "", {}
    names: dict[str, Value] = {f"among_{number}": one for number, one in enumerate(sorted(wanted.among))}
    return (f"id IN ({', '.join(f':{name}' for name in names)})" if names else "1 = 0"), names


def _behind(wanted: Wanted) -> tuple[str, dict[str, Value]]:
    """What comes behind a place; "" for the first page. A place that nobody made is the first page."""
    place = wanted.after.replace("\0", "").split("|")
    if wanted.newest and len(place) == 2:
        where = "(changed_at < :changed OR (changed_at = :changed AND id > :behind))"
        return where, {"changed": place[0], "behind": place[1]}
    if wanted.newest or len(place) != 4 or not (place[0] in ("0", "1") and _NUMBER.fullmatch(place[1])):
        return "", {}
    rank = "0" if wanted.order == URGENT else _RANK
    where = f"({rank}, -score, {_WAITING}, id) > (:rank, :score, :waiting, :behind)"
    first = 0 if wanted.order == URGENT else int(place[0])
    return where, {"rank": first, "score": -int(place[1]), "waiting": place[2], "behind": place[3]}


def _stage(stage: Stage) -> str:
    over = "stage = 'snoozed' AND snoozed_until <> '' AND snoozed_until <= :now"
    if stage is Stage.OPEN:
        return f"stage = 'open' OR ({over})"
    if stage is Stage.SNOOZED:
        return f"(stage = 'snoozed' AND NOT ({over}))"
    return f"stage = '{stage}'"
