"""Groups of posts beside each other: a factor, its interval on one scale, n, and what may be concluded."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.messages import _, spoken
from toolkit.pages.markup import Child, Html, span, tag
from toolkit.pages.results.ranges import strip
from toolkit.pages.results.readings import Group
from toolkit.pages.tables import row, table
from toolkit.reports.wording import Wording


def compared_table(first: str, title: str, found: Iterable[tuple[Child, Group | None]]) -> Html:
    """A row for each name and what a report says of it, the highest factor first, those with too few posts last."""
    heads = (
        first,
        _("Factor"),
        _("less \N{EN DASH} as usual \N{EN DASH} more"),
        _("Interval (90%)"),
        "n",
        _("Verdict"),
    )
    ordered = sorted(found, key=lambda one: -(one[1].factor or 0.0) if one[1] else 1.0)
    rows = (row(*zip(heads, _cells(name, group), strict=True)) for name, group in ordered)
    return table(heads, rows, title, class_="ls-table ls-factors", numbers=(1, 3, 4))


def _cells(name: Child, group: Group | None) -> tuple[Child, ...]:
    words = Wording(spoken())
    if group is None or group.factor is None or group.low is None or group.high is None:
        return name, None, None, None, str(group.n) if group else None, group.verdict if group else _("no posts")
    tone = {"good": "good", "bad": "warn"}.get(group.tone, "quiet")
    between = _("{low} to {high}").format(low=words.times(group.low, 2), high=words.times(group.high, 2))
    picture = strip(group.low, group.factor, group.high, sure=group.tone != "")
    chip = span(group.verdict, class_=f"ls-chip ls-{tone}")
    return name, tag("b", words.times(group.factor, 2)), picture, between, str(group.n), chip
