"""What is ordered: a report, a month, a workspace; and what the notebook is given for it."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.errors import UsageError
from toolkit.kpis import AGE_HOURS
from toolkit.messages import _
from toolkit.reports.given import Given, plain, short_name
from toolkit.reports.isolation import Limits
from toolkit.reports.named import check_names
from toolkit.reports.notebook import find_notebook
from toolkit.reports.periods import month_period, read_month, shift
from toolkit.settings import unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Workspace

COMPARISON: Final = ("previous", "year", "goal")
MOST_MONTHS: Final = 120
AGE: Final = "age"  # the parameter that says how old posts are compared, in hours
OLDEST: Final = 100 * 366 * 24  # hours; what is older is a slip of the finger


@dataclass(frozen=True, slots=True)
class Order:
    """A report to make. `output` is the folder of its files, None lets the state directory decide.

    `before` is the moment as of which it was made before with other rows, ISO 8601; "" lets the manifest there decide.
    `given` are further parameters of the notebook, by name, see `given.read_given`.
    """

    name: str
    month: str  # 2026-10
    language: str = ""
    channels: tuple[str, ...] = ()
    comparison: tuple[str, ...] = COMPARISON
    output: Path | None = None
    limits: Limits = field(default_factory=Limits)
    before: str = ""
    given: tuple[tuple[str, Given], ...] = ()

    @property
    def age_hours(self) -> float:
        """Hours after publication at which posts are compared."""
        age = dict(self.given).get(AGE, AGE_HOURS)
        return float(age) if isinstance(age, int | float) else AGE_HOURS

    def of(self, name: str, month: str) -> Order:
        """The same for another report or month."""
        return replace(self, name=name, month=month)

    def folder(self, state: Path) -> Path:
        """Where the report's files are."""
        period = "-".join(filter(None, (self.month, short_name(self.given))))
        return self.output or state / "reports" / self.name / period


def read_months(text: str) -> tuple[str, ...]:
    """``2026-10``, or ``2026-01..2026-10`` as each of its months; raises `UsageError`."""
    first, dots, last = text.partition("..")
    start = read_month(first)
    end = read_month(last) if dots else start
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    if not 0 < count <= MOST_MONTHS:
        message = _(
            "{text} is no span of months; write the earlier one first, at most {most} months, as in 2026-01..2026-10"
        )
        raise UsageError(message.format(text=text, most=MOST_MONTHS))
    return tuple(f"{shift(start, number):%Y-%m}" for number in range(count))


def check_order(order: Order, workspace: Workspace, now: datetime) -> None:
    """Raise `UsageError` for an unknown report, channel, campaign or experiment, and a month that has not begun."""
    notebook = find_notebook(workspace.root, order.name)
    zone = ZoneInfo(workspace.settings.timezone)
    if month_period(read_month(order.month), zone, now).start > now:
        message = _("{month} has not begun; the latest month to report is {latest}")
        raise UsageError(message.format(month=order.month, latest=f"{now.astimezone(zone):%Y-%m}"))
    for channel in order.channels:
        if channel not in workspace.settings.accounts:
            raise UsageError(unknown_name(_("channel"), channel, workspace.settings.accounts))
    check_names(dict(order.given), workspace, notebook)
    if not 0 < order.age_hours <= OLDEST:  # not a number is in no span
        raise UsageError(_("--age must be more than 0 and at most {hours} hours").format(hours=OLDEST))


def parameters(order: Order, workspace: Workspace, state: Path, now: datetime) -> dict[str, object]:
    """What papermill writes into the notebook's cell of parameters."""
    return {
        **of_the_verb(order),
        "workspace": str(workspace.root),
        "state": str(state),
        "language": order.language or workspace.settings.interface,
        "now": now.isoformat(),
        **plain(order.given),
    }


def of_the_verb(order: Order) -> dict[str, object]:
    """What every notebook is given, whether it asks for it or not; where and when are filled in with the run."""
    return {
        "month": order.month,
        "channels": list(order.channels),
        "comparison": list(order.comparison),
        **dict.fromkeys(("workspace", "state", "language", "now"), ""),
        "before": order.before,
    }
