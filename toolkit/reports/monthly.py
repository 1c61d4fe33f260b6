"""The monthly report as the notebook sees it: one object whose methods are the report's sections."""

from __future__ import annotations

from functools import cached_property

from toolkit.messages import _
from toolkit.reports.blocks import Commentary, Section
from toolkit.reports.compared import Compared, compare_all, figures_section
from toolkit.reports.notebook import FOLDER
from toolkit.reports.posts import Comparison, compare_posts, times_section, tops_section
from toolkit.reports.progress import progress_section
from toolkit.reports.quality import method_section, quality_section
from toolkit.reports.rivals import rivals_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.series import channels_section, series_section
from toolkit.reports.summary import summary_section


class MonthlyReport:
    """A month's report. Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

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
        """The analyst's own words on the month, from ``notebooks/monthly-2026-10.md``; nothing without that file."""
        path, tree = f"{FOLDER}/monthly-{self.scope.first:%Y-%m}.md", self.scope.workspace.tree
        if not tree.exists(path):
            return None
        text = tree.read(path).decode("utf-8", "replace")
        return Section("commentary", _("Commentary"), (Commentary(text),))

    def figures(self) -> Section:
        return figures_section(self.scope, self.compared)

    def channels(self) -> Section:
        return channels_section(self.scope)

    def over_time(self) -> Section:
        return series_section(self.scope)

    def tops_and_flops(self) -> Section:
        return tops_section(self.scope, self.posts)

    def posting_times(self) -> Section:
        return times_section(self.scope, self.posts)

    def progress(self) -> Section:
        return progress_section(self.scope)

    def competitors(self) -> Section:
        return rivals_section(self.scope)

    def quality(self) -> Section:
        return quality_section(self.scope)

    def method(self) -> Section:
        return method_section()


def open_report(
    workspace: str,
    state: str,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: list[str] | None = None,
    comparison: list[str] | None = None,
) -> MonthlyReport:
    """The report of a month; the arguments are the notebook's parameters."""
    chosen = tuple(comparison) if comparison is not None else ("previous", "year", "goal")
    scope = open_scope(
        workspace, state, month, now=now, language=language, channels=tuple(channels or ()), comparison=chosen
    )
    return MonthlyReport(scope)
