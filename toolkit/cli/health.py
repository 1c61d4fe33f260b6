"""What `doctor` and `status` find out about a workspace: one line each, and how much it matters."""

from __future__ import annotations

from enum import StrEnum

from toolkit.values import dataclass


class Health(StrEnum):
    """How a finding matters: only WRONG makes `doctor` fail."""

    FINE = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and what to do about it."""

    name: str
    health: Health
    text: str
    remedy: str = ""
