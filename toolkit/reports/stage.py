"""Whether a report is final: what it waits for, by name, and what has changed since it was shown before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from toolkit.messages import _
from toolkit.reports.ages import MATURE
from toolkit.reports.blocks import Paragraph
from toolkit.reports.scope import Scope

# What is counted by the day and not of an account.
_DAILY = ("site", "shop", "inbox", "competitor")


@dataclass(frozen=True, slots=True)
class Source:
    """Something that delivers: an account, or ``site``, ``shop``, ``inbox``, ``competitor`` with their channels."""

    name: str
    title: str
    last: datetime  # the last observation of all, aware, UTC


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a report is. `waiting` are the titles of sources, `why` everything that keeps it from being final."""

    waiting: tuple[str, ...]
    why: tuple[str, ...]

    @property
    def final(self) -> bool:
        return not self.why


def sources(scope: Scope) -> list[Source]:
    """Everything that delivered something by now, accounts first, in the settings' order."""
    sql = """
        SELECT split_part(subject, ':', 1) AS kind, channel, max(observed_at) AS last FROM observations GROUP BY ALL
    """
    last: dict[str, datetime] = {}
    for row in scope.engine.query(sql, {}).to_pylist():
        name, moment = row["kind"] if row["kind"] in _DAILY else row["channel"], row["last"].replace(tzinfo=UTC)
        last[name] = max(moment, last.get(name, moment))
    names = [name for name in (*scope.accounts, *_DAILY) if name in last]
    return [Source(name, source_title(scope, name), last[name]) for name in names]


def source_title(scope: Scope, name: str) -> str:
    """How a source is called on pages."""
    titles = {"site": _("website"), "shop": _("shop"), "inbox": _("inbox"), "competitor": _("competitors")}
    return titles[name] if name in titles else scope.channel_title(name)


def overdue(scope: Scope, known: Iterable[Source]) -> list[Source]:
    """Sources that still delivered in the month before and whose counts end before this month does.

    Whoever has been silent for longer has stopped, and nobody waits for it.
    """
    period, before = scope.period(), scope.period(1)
    due = min(period.end, scope.now) - timedelta(days=1)
    return [one for one in known if before.start <= one.last < due]


def find_stage(scope: Scope) -> Stage:
    """What the report of this scope waits for."""
    period = scope.period()
    why = []
    if scope.now < period.end:
        why.append(_("the month is not over"))
    elif scope.now < period.end + MATURE:
        why.append(_("its last posts are younger than seven days"))
    known = sources(scope)
    if not any(one.last >= period.start for one in known):
        why.append(_("nothing was delivered for {month}").format(month=scope.title))
    waiting = tuple(one.title for one in overdue(scope, known))
    if waiting:
        words = _("it waits for the counts of {month} from {names}")
        why.append(words.format(month=scope.title, names=scope.wording.join(list(waiting))))
    return Stage(waiting, tuple(why))


def banner(stage: Stage) -> Paragraph:
    """What stands above everything else."""
    if stage.final:
        return Paragraph(_("Final: all sources have delivered, and all posts are old enough."), "note stage final")
    return Paragraph(_("Provisional: {why}.").format(why="; ".join(stage.why)), "banner stage provisional")
