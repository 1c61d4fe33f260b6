"""What a desk asks the inbox for: which conversations, and in which order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from toolkit.community.inbox.conversation import Stage
from toolkit.database import Value, to_text

URGENT: Final = "score DESC, CASE WHEN waiting_since = '' THEN '~' ELSE waiting_since END, id"
OURS_FIRST: Final = f"CASE WHEN stage IN ('new', 'open') THEN 0 ELSE 1 END, {URGENT}"
NEWEST: Final = "changed_at DESC, id"
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
    return (
        wheres,
        values,
        NEWEST if wanted.newest else URGENT if OURS.issuperset(wanted.stages or Stage) else OURS_FIRST,
    )


def _stage(stage: Stage) -> str:
    over = "stage = 'snoozed' AND snoozed_until <> '' AND snoozed_until <= :now"
    if stage is Stage.OPEN:
        return f"stage = 'open' OR ({over})"
    if stage is Stage.SNOOZED:
        return f"(stage = 'snoozed' AND NOT ({over}))"
    return f"stage = '{stage}'"
