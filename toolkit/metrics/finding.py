"""What is wrong, or looks wrong, in the observations."""

from __future__ import annotations

from datetime import datetime

from toolkit.model import Severity
from toolkit.values import dataclass

Cell = str | float | datetime | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about the numbers: what, where, whose, and what to do. Texts are "" where they do not apply."""

    kind: str  # damaged, stale-tables, future, order, drop, sum, gap, silent, unknown
    severity: Severity
    message: str
    remedy: str
    channel: str = ""
    subject: str = ""
    metric: str = ""
    at: datetime | None = None  # aware, UTC
    source: str = ""
    import_id: str = ""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the checks are told about the workspace."""

    now: datetime  # aware
    measured: frozenset[str] = frozenset()  # accounts that `leitstand measure` asks
    accounts: frozenset[str] = frozenset()  # every account
    known: frozenset[str] = frozenset()  # uids of posts in the workspace and the ledger
