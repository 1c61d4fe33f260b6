"""What a score is made of: points, where they come from, and the reason in a sentence that people read."""

from __future__ import annotations

from enum import StrEnum

from toolkit.values import dataclass


class Source(StrEnum):
    """Where points come from, as programs name it."""

    RISK = "risk"
    QUESTION = "question"
    NEGATIVE = "negative"
    ROLE = "role"
    REACH = "reach"
    RULE = "rule"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the points, and why. The reason quotes nothing of what was written."""

    source: Source
    points: float
    reason: str
