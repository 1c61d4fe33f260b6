"""What a report looks at: one workspace, its observations, a month and the months it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.kpis import AGE_HOURS, KPIS, Engine, Kpi, Of, Period, Result, UnitRow, known_subjects, result_of, unit_rows
from toolkit.kpis.pace import Course
from toolkit.messages import speak
from toolkit.metrics import Store, open_store
from toolkit.model import Subject
from toolkit.reports.naming import find_pages
from toolkit.reports.periods import month_period, read_month, shift
from toolkit.reports.window import WindowStore, month_window
from toolkit.reports.wording import Wording
from toolkit.tokens import Brand, open_brand
from toolkit.values import dataclass
from toolkit.workspace import Workspace, load_workspace

if TYPE_CHECKING:
    import pyarrow as pa


class RememberingEngine:
    """Asks each question once; a report comes back to many of them. The store's window has read its rows already."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.answers: dict[str, pa.Table] = {}

    @cached_property
    def observations(self) -> pa.Table:
        return self.store.query("SELECT * FROM observations", {})

    def query(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        if tables:
            return self.store.query(sql, tables)
        if sql not in self.answers:
            self.answers[sql] = self.store.query(sql, {})
        return self.answers[sql]


@dataclass(frozen=True)
class Scope:
    """Everything that the sections of a report are made from. Pure values, read once."""

    workspace: Workspace
    store: Store
    engine: Engine
    subjects: Mapping[str, Subject]
    first: date  # of the month
    now: datetime  # aware, UTC
    channels: tuple[str, ...]  # () means all
    comparison: tuple[str, ...]  # previous, year, goal
    wording: Wording
    brand: Brand
    age_hours: float = AGE_HOURS  # after publication, at which posts are compared
    memory: dict[str, list[UnitRow]] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)  # metric → how past campaigns brought it

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.workspace.settings.timezone)

    @property
    def title(self) -> str:
        return self.wording.month(self.first)

    def period(self, months_ago: int = 0) -> Period:
        """The month, or an earlier one."""
        return self._months(shift(self.first, -months_ago))

    @property
    def year(self) -> Period:
        """The twelve months that end with the month."""
        return self._months(self.first, 12)

    @property
    def mature(self) -> timedelta:
        """How long after publication posts are compared."""
        return timedelta(hours=self.age_hours)

    @property
    def age(self) -> str:
        """The same as people say it."""
        return self.wording.age(self.age_hours)

    def _months(self, first: date, months: int = 1) -> Period:
        return month_period(first, self.zone, self.now, months=months, age_hours=self.age_hours)

    def rows(self, name: str, period: Period) -> list[UnitRow]:
        """What a KPI counts in a period, of the report's channels.

        Posts and days are asked for once over thirteen months and then picked: making SQL costs more than running it.
        """
        kpi, window = KPIS[name], self._months(self.first, 13)
        inside = window.start <= period.start and period.end <= window.end and period.age_hours == window.age_hours
        if not inside or kpi.of is Of.ACCOUNTS or name == "share_of_voice":
            return unit_rows(kpi, self.engine, period, self.channels)
        if name not in self.memory:
            self.memory[name] = unit_rows(kpi, self.engine, window, self.channels)
        return [row for row in self.memory[name] if period.start <= row.at < period.end]

    def result(self, kpi: Kpi, months_ago: int = 0, channel: str = "") -> Result:
        """A KPI of the month or an earlier one, of all channels or one."""
        rows = self.rows(kpi.name, self.period(months_ago))
        return result_of(kpi, [row for row in rows if not channel or row.channel == channel])

    def channel_title(self, channel: str) -> str:
        """How an account is called on pages."""
        account = self.workspace.settings.accounts.get(channel)
        return account.title if account and account.title else channel

    @cached_property
    def post_pages(self) -> Mapping[str, str]:
        """Uid → address of a post's page on the published site."""
        return find_pages(self.workspace)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts that the report is about."""
        return tuple(name for name in self.workspace.settings.accounts if not self.channels or name in self.channels)


def open_scope(
    workspace: str | Path,
    state: str | Path,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: tuple[str, ...] = (),
    comparison: tuple[str, ...] = ("previous", "year", "goal"),
    age: float = AGE_HOURS,
) -> Scope:
    """Read a workspace and its observations for a report; speaks the report's language from now on.

    Posts are compared `age` hours after publication.
    """
    loaded = load_workspace(Path(workspace))
    chosen = language or loaded.settings.interface
    speak(chosen)
    first, moment = read_month(month), datetime.fromisoformat(now).astimezone(UTC)
    window = month_window(first, ZoneInfo(loaded.settings.timezone), moment, loaded.campaigns.values(), age)
    store = WindowStore(open_store(Path(state)), window)
    return Scope(
        workspace=loaded,
        store=store,
        engine=RememberingEngine(store),
        subjects=known_subjects(store.subjects(), loaded.posts),
        first=first,
        now=moment,
        channels=channels,
        comparison=comparison,
        wording=Wording(chosen),
        brand=open_brand(loaded.tree),
        age_hours=age,
    )
