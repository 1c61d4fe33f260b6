"""The times at which posts do well: the cells of `leitstand learn times` with intervals; "no difference" is an answer too."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.kpis.chance import FEWEST
from toolkit.kpis.dayparts import DAY_PARTS
from toolkit.kpis.groups import GroupLift, compared
from toolkit.learning.times import CellTime, Times, cell_name, explain_times, read_times, say_times
from toolkit.messages import _, ngettext
from toolkit.reports.blocks import Cell, Paragraph, Section, Table
from toolkit.reports.charts import Bar, factors
from toolkit.reports.compared import DASH
from toolkit.reports.posts import Comparison, group_name, kind_title, known_numbers
from toolkit.reports.scope import Scope

SINGLE = ("weekday", "part")


def times_section(scope: Scope, found: Comparison) -> Section:
    """What can be said about times in a year of posts, with n and interval for every cell."""
    times = all_times(scope)
    if not times.compared:
        return Section("times", _("Posting times"), (Paragraph(_sentence(times)),))
    verdict = verdict_of(scope, found)
    caption = _("Interactions by posting time, as a factor over posts at other times")
    note = _(
        "{reading} Eight cells of the week, judged together: each is drawn towards no difference, the more the fewer posts it has, with pillar, format, campaign and season taken out; so the luckiest cell gains nothing. Cells with fewer than {least} posts show only their number. As known on {day}: leitstand learn times --now {now} says the same."
    )
    numbers = known_numbers(scope)
    seen = numbers.seen.astimezone(scope.zone)
    text = note.format(
        reading=explain_times(times),
        least=FEWEST,
        day=scope.wording.day(seen.date()),
        now=seen.isoformat(timespec="minutes"),
    )
    return Section(
        "times",
        _("Posting times"),
        (
            Paragraph(verdict, "lead"),
            factors([_bar(scope, one) for one in times.cells], caption, verdict, scope.brand),
            Paragraph(text, "note"),
            _single_table(scope, found),
            groups_note(found.groups.values()),
        ),
    )


def all_times(scope: Scope) -> Times:
    """The week of all the report's channels together."""
    together, *_each = read_times(known_numbers(scope), {})
    return together.times


def verdict_of(scope: Scope, found: Comparison) -> str:
    """One sentence about times, and one about weekdays and parts of the day that make a difference by themselves."""
    text = _sentence(all_times(scope))
    single = [one for one in found.groups.values() if one.kind in SINGLE and one.reliable]
    if not single:
        return text
    single.sort(key=lambda one: -one.factor)
    names = [f"{group_name(scope, one)} ({scope.wording.times(one.factor)}, n = {one.n})" for one in single]
    alone = _("By itself makes a difference: {names}.").format(names=scope.wording.join(names))
    return f"{text} {alone}"


def _sentence(times: Times) -> str:
    text = say_times(times)
    return text[:1].upper() + text[1:]


def _bar(scope: Scope, one: CellTime) -> Bar:
    if one.factor is None or one.low is None or one.high is None:
        return Bar(cell_name(one.cell), None, _("too few (n = {n})").format(n=one.n), n=str(one.n))
    low, high = scope.wording.times(one.low, 2), scope.wording.times(one.high, 2)
    interval = _("{low} to {high}").format(low=low, high=high)
    text = scope.wording.times(one.factor, 2)
    return Bar(cell_name(one.cell), one.factor, text, one.low, one.high, one.reliable, interval, str(one.n))


def _single_table(scope: Scope, found: Comparison) -> Table:
    """Weekdays and parts of the day by themselves."""
    order = [*(("weekday", str(day)) for day in range(1, 8)), *(("part", part) for part in DAY_PARTS)]
    known = [one for key in order if (one := found.groups.get(key)) is not None]
    return groups_table(scope, _("Weekdays and parts of the day, each by itself"), known)


def groups_table(scope: Scope, caption: str, groups: Iterable[GroupLift]) -> Table:
    """Groups of posts with their factor over the other posts, its interval, n, what may be expected, and the verdict."""
    head = (_("Group"), _("Kind"), "n", _("Factor"), _("Interval (90%)"), _("to be expected"), _("Difference"))
    return Table(caption, head, tuple(_group_row(scope, one) for one in groups), frozenset({2, 3, 4, 5}))


def groups_note(groups: Iterable[GroupLift]) -> Paragraph:
    """How such a table is read: against what, each by itself or all together."""
    questions = ngettext("{count} group", "{count} groups", count := compared(groups)).format(count=count)
    words = _(
        "A factor compares a group with all other posts of twelve months, as if everything else that is known of them were alike. Each interval holds by itself; “reliably” is said only where chance is ruled out for all {questions} of this report together (of what is called so, at most one in twenty is chance). “To be expected” is what is left of a factor when the luck of the largest is taken off. A group with fewer than {least} posts, or with fewer others, has none. leitstand learn asks more questions of the same posts and is stricter."
    )
    return Paragraph(words.format(questions=questions, least=FEWEST), "note")


def _group_row(scope: Scope, one: GroupLift) -> tuple[str | Cell, ...]:
    name, kind, n = group_name(scope, one), kind_title(one.kind), scope.wording.number(one.n)
    if one.interval is None:
        few = _("too few (n = {n})").format(n=one.n) if one.n < FEWEST else _("cannot be told apart")
        return name, kind, n, DASH, DASH, DASH, few
    # An end of 0.97 that is shown as 1.0 would contradict the verdict.
    low, high = (scope.wording.times(end, 2) for end in one.interval)
    interval = _("{low} to {high}").format(low=low, high=high)
    verdict = Cell(_("within chance"))
    if one.reliable:
        verdict = Cell(_("reliably more"), "good") if one.value > 1 else Cell(_("reliably less"), "bad")
    value, expected = (Cell(scope.wording.times(number, 2), exact=number) for number in (one.value, one.factor))
    return name, kind, n, value, interval, expected, verdict
