"""The monthly report as the notebook sees it: one object whose methods are the report's sections."""

from __future__ import annotations

from functools import cached_property

from toolkit.kpis import AGE_HOURS
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.blocks import Section
from toolkit.reports.changes import changes_section
from toolkit.reports.channels import channels_section
from toolkit.reports.community import community_section
from toolkit.reports.compared import Compared, compare_all, figures_section
from toolkit.reports.hours import times_section
from toolkit.reports.late import late_section
from toolkit.reports.posts import Comparison, compare_posts, tops_section
from toolkit.reports.progress import progress_section
from toolkit.reports.quality import method_section, quality_section
from toolkit.reports.rivals import rivals_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.series import series_section
from toolkit.reports.strengths import strengths_section
from toolkit.reports.summary import summary_section


class MonthlyReport:
    """A month's report. Each method returns a `Section`, which a notebook cell shows as its last value.

    Sections that need data which are not there are None, and nothing is shown.
    """

    def __init__(self, scope: Scope, before: str = "") -> None:
        self.scope = scope
        self.before = before

    @cached_property
    def compared(self) -> list[Compared]:
        """Every KPI beside its earlier values and its goal."""
        return compare_all(self.scope)

    @cached_property
    def posts(self) -> Comparison:
        """The posts of the year, fairly compared."""
        return compare_posts(self.scope)

    def summary(self) -> Section:
        return summary_section(self.scope, self.compared, self.posts)

    def commentary(self) -> Section | None:
        """People's words and actions, from ``notebooks/commentary/monthly/2026-10.md``, and last month's actions."""
        return commentary_section(self.scope, find_words(self.scope, "monthly"))

    def changes(self) -> Section | None:
        """What has changed since the report was made before; None the first time."""
        return changes_section(self.scope, self.compared, self.before)

    def figures(self) -> Section:
        return figures_section(self.scope, self.compared)

    def channels(self) -> Section:
        return channels_section(self.scope)

    def over_time(self) -> Section:
        return series_section(self.scope)

    def tops_and_flops(self) -> Section:
        return tops_section(self.scope, self.posts)

    def strengths(self) -> Section:
        return strengths_section(self.scope, self.compared, self.posts)

    def posting_times(self) -> Section:
        return times_section(self.scope, self.posts)

    def progress(self) -> Section:
        return progress_section(self.scope)

    def community(self) -> Section | None:
        return community_section(self.scope, self.compared)

    def competitors(self) -> Section:
        return rivals_section(self.scope)

    def late(self) -> Section | None:
        """Posts that were counted too late for the figures; None where there are none."""
        return late_section(self.scope)

    def quality(self) -> Section:
        return quality_section(self.scope)

    def method(self) -> Section:
        return method_section(self.scope)


def open_report(
    workspace: str,
    state: str,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: list[str] | None = None,
    age: float = AGE_HOURS,
    comparison: list[str] | None = None,
    before: str = "",
) -> MonthlyReport:
    """The report of a month; the arguments are the notebook's parameters."""
    chosen = tuple(comparison) if comparison is not None else ("previous", "year", "goal")
    scope = open_scope(
        workspace, state, month, now=now, language=language, channels=tuple(channels or ()), comparison=chosen, age=age
    )
    return MonthlyReport(scope, before)
