"""Whether a report is final: what it waits for, by name.

That a source has arrived is shown by an import that covers the month's end, not by a row on its last day: a shop may
have sold nothing on it. Posts are asked about by themselves, since followers can be measured every day while the export
with the posts is still missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from toolkit.kpis import midnight
from toolkit.kpis.leaving import near
from toolkit.messages import _, ngettext
from toolkit.reports.ages import Counted, Ripeness, counted_posts
from toolkit.reports.blocks import Paragraph
from toolkit.reports.published import is_countable, published
from toolkit.reports.scope import Scope
from toolkit.values import dataclass

# What is counted by the day and not of an account.
_DAILY = ("site", "shop", "inbox", "competitor")
# The silence before a month's end that an import made after it explains; longer, where it has been silent for longer.
QUIET: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Source:
    """Something that delivers: an account, or ``site``, ``shop``, ``inbox``, ``competitor`` with their channels."""

    name: str
    title: str
    last: datetime  # the last observation of all, aware, UTC
    # When the last import was made that has observations of the month; None without any.
    heard: datetime | None = None
    quiet: timedelta = QUIET  # for how long it may have nothing to tell


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a report is. `waiting` are the titles of sources, `why` everything that keeps it from being final."""

    waiting: tuple[str, ...]
    why: tuple[str, ...]
    but: str = ""  # what a final report leaves out all the same

    @property
    def final(self) -> bool:
        return not self.why


def sources(scope: Scope) -> list[Source]:
    """Everything that delivered something by now, accounts first, in the settings' order."""
    sql = """
        SELECT split_part(subject, ':', 1) AS kind, channel, observed_at::DATE AS day, max(observed_at) AS last,
               max(imported_at) AS heard, bool_or(value <> 0) AS busy
        FROM observations GROUP BY ALL
    """
    days: dict[str, list[_Day]] = {}
    for row in scope.engine.query(sql, {}).to_pylist():
        name = row["kind"] if row["kind"] in _DAILY else row["channel"]
        last, heard = row["last"].replace(tzinfo=UTC), row["heard"].replace(tzinfo=UTC)
        days.setdefault(name, []).append(_Day(row["day"], last, heard, row["busy"]))
    names = [name for name in (*scope.accounts, *_DAILY) if name in days]
    return [_source(scope, name, days[name]) for name in names]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day on which a source was counted."""

    day: date
    last: datetime  # observation
    heard: datetime  # import
    busy: bool  # anything but zeros: one that was filled in is no sign of life


def _source(scope: Scope, name: str, days: list[_Day]) -> Source:
    period = scope.period()
    heard = [one.heard for one in days if period.start <= one.last < period.end]
    busy = sorted({one.day for one in days if one.busy})
    quiet = max([QUIET, *(later - earlier for earlier, later in pairwise(busy))])
    return Source(name, source_title(scope, name), max(one.last for one in days), max(heard, default=None), quiet)


def source_title(scope: Scope, name: str) -> str:
    """How a source is called on pages."""
    titles = {"site": _("website"), "shop": _("shop"), "inbox": _("inbox"), "competitor": _("competitors")}
    return titles[name] if name in titles else scope.channel_title(name)


def overdue(scope: Scope, known: Iterable[Source]) -> list[Source]:
    """Sources that still delivered in the month before and of which nothing covers this month's end.

    Whoever has been silent for longer has stopped, and nobody waits for it.
    """
    due, before = due_from(scope), scope.period(1)
    return [one for one in known if before.start <= one.last < due and not _covered(scope, one)]


def due_from(scope: Scope) -> datetime:
    """When the last day began that is over: what is counted by the day stands at its noon."""
    today = midnight(scope.now.astimezone(scope.zone).date(), scope.zone)
    return min(scope.period().end, today) - timedelta(days=1)


def _covered(scope: Scope, one: Source) -> bool:
    """Whether an import of after the month had nothing to tell about its last days."""
    end = scope.period().end
    return one.heard is not None and one.heard >= end and end - one.last <= one.quiet


def missing_posts(scope: Scope, known: Iterable[Source]) -> list[str]:
    """The accounts that counted posts before and whose counts end before the month's posts have their age."""
    counted, expected, overdue_by = counted_posts(scope), published(scope), {one.name for one in overdue(scope, known)}
    by_channel: dict[str, list[Counted]] = {}
    for one in counted.values():
        by_channel.setdefault(one.channel, []).append(one)
    return [
        name
        for name in scope.accounts
        if name in by_channel
        and name not in overdue_by
        and _lacking(scope, by_channel[name], {post.uid for post in expected.get(name, ())})
    ]


def _lacking(scope: Scope, posts: list[Counted], expected: set[str]) -> bool:
    """Whether the last count of an account is too early to know its posts of the month.

    A post that was missed, while the account was counted later, is no reason to wait: no count at its age can come.
    """
    last = max(one.published + timedelta(hours=one.last) for one in posts)
    period, enough = scope.period(), timedelta(hours=near(scope.age_hours))
    if last < scope.period(1).start:
        return False
    own = [one for one in posts if period.start <= one.published < period.end]
    unripe = {Ripeness.YOUNG, Ripeness.EARLY}
    unheard = last < due_from(scope) and bool(expected - {one.uid for one in own})
    return unheard or any(one.ripeness in unripe and last < one.published + enough for one in own)


def find_stage(scope: Scope) -> Stage:
    """What the report of this scope waits for."""
    period, why = scope.period(), []
    if scope.now < period.end:
        why.append(_("the month is not over"))
    elif scope.now < period.end + scope.mature:
        why.append(_("its last posts are younger than {age}").format(age=scope.age))
    known, posts = sources(scope), counted_posts(scope, period)
    if not posts and not any(one.heard is not None for one in known):
        why.append(_("nothing was delivered for {month}").format(month=scope.title))
    elif not posts:
        why += _uncounted(scope)
    late = [one.title for one in overdue(scope, known)]
    if late:
        words = _("the counts of {month} from {names} have not arrived")
        why.append(words.format(month=scope.title, names=scope.wording.join(late)))
    # Before, the posts themselves are too young.
    ripe = scope.now >= period.end + scope.mature
    lacking = [scope.channel_title(name) for name in missing_posts(scope, known)] if ripe else []
    if lacking:
        words = _("the counts of the posts of {month} from {names} have not arrived")
        why.append(words.format(month=scope.title, names=scope.wording.join(lacking)))
    return Stage((*late, *lacking), tuple(why), _unripe(scope, posts.values()))


def _unripe(scope: Scope, posts: Collection[Counted]) -> str:
    """How many posts are in no comparison for want of a count at their age."""
    number = sum(one.ripeness in {Ripeness.EARLY, Ripeness.LATE} for one in posts)
    words = _("In {month}, {number} of {every} posts were not counted at {age}; they are compared with nothing.")
    return words.format(number=number, every=len(posts), month=scope.title, age=scope.age) if number else ""


def _uncounted(scope: Scope) -> list[str]:
    """That posts went out and not one was counted, which is no month without posts."""
    out = {post.uid for name, posts in published(scope).items() if is_countable(scope, name) for post in posts}
    if not out:
        return []
    said = ngettext("its only post was not counted", "none of its {count} posts was counted", len(out))
    return [said.format(count=len(out))]


def banner(stage: Stage) -> Paragraph:
    """What stands above everything else."""
    if stage.final:
        said = _("Final: all sources have delivered, and all posts are old enough.")
        return Paragraph(f"{said} {stage.but}".strip(), "note stage final")
    return Paragraph(_("Provisional: {why}.").format(why="; ".join(stage.why)), "banner stage provisional")
