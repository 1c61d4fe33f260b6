"""The sentences of the plan that text and Markdown share."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from toolkit.cli.plan.gathering import Planned
from toolkit.dates import say_short_day
from toolkit.messages import _, ngettext
from toolkit.planning import Change, ClockChange, Collision, Gap, Kind, Slot, count_by_account


def name(slot: Slot) -> str:
    """The post's title, else its file."""
    return slot.post.title or slot.post.path


def moment(slot: Slot, plan: Planned) -> str:
    """``07:30 CET``; with the account's own clock behind it where that is another one."""
    publish = slot.draft.publish
    if slot.due is None or publish is None:
        return _("next free slot")
    here, there = slot.due.astimezone(plan.zone), publish.local()
    if here.utcoffset() == there.utcoffset():
        return f"{here:%H:%M %Z}"
    return f"{here:%H:%M %Z} ({there:%H:%M %Z})"


def day_and_moment(slot: Slot, plan: Planned) -> str:
    """``Tue 1 Dec 2026, 07:30 CET``."""
    if slot.due is None:
        return _("next free slot")
    return _("{day}, {time}").format(day=say_day(slot.due.astimezone(plan.zone).date()), time=moment(slot, plan))


def say_day(day: date) -> str:
    """``Tue 1 Dec 2026``."""
    return f"{say_short_day(day)} {day.year}"


def say_change(change: Change, plan: Planned) -> str:
    """What happened to one slot: ``moved from Tue 1 Dec 2026, 07:30 CET; text``."""
    if change.kind is Kind.ADDED:
        return _("added")
    if change.kind is Kind.DROPPED:
        return _("dropped")
    words = _what()
    rest = ", ".join(words.get(what, what) for what in change.what if what != "time")
    if change.kind is Kind.MOVED and change.before is not None:
        moved = _("moved from {moment}").format(moment=day_and_moment(change.before, plan))
        return f"{moved}; {rest}" if rest else moved
    return _("changed: {what}").format(what=rest)


def _what() -> dict[str, str]:
    return {
        "status": _("status"),
        "title": _("title"),
        "text": _("text"),
        "language": _("language"),
        "options": _("options"),
        "media": _("media"),
    }


def say_counts(plan: Planned) -> list[str]:
    """One line per account: how many slots a change adds, moves, drops, alters."""
    lines = []
    for account, counts in sorted(count_by_account(plan.changes or ()).items()):
        said = [
            (Kind.ADDED, ngettext("{count} added", "{count} added", counts[Kind.ADDED])),
            (Kind.MOVED, ngettext("{count} moved", "{count} moved", counts[Kind.MOVED])),
            (Kind.CHANGED, ngettext("{count} changed", "{count} changed", counts[Kind.CHANGED])),
            (Kind.DROPPED, ngettext("{count} dropped", "{count} dropped", counts[Kind.DROPPED])),
        ]
        lines.append(f"{account}: " + ", ".join(text for kind, text in said if counts[kind]))
    return lines


def say_collision(collision: Collision, plan: Planned) -> str:
    """Which posts are too close to each other, where, and when."""
    message = _("{account}: {first} and {second} are {minutes} min apart, {moment}")
    return message.format(
        account=collision.first.account.name,
        first=name(collision.first),
        second=name(collision.second),
        minutes=collision.minutes,
        moment=day_and_moment(collision.first, plan),
    )


def say_gap(gap: Gap) -> str:
    """How long an account is silent."""
    days = ngettext("{count} day", "{count} days", gap.days)
    message = _("{account}: nothing for {days}, {first} to {last}")
    return message.format(account=gap.account, days=days, first=say_day(gap.first), last=say_day(gap.last))


def say_clock_change(change: ClockChange, plan: Planned) -> str:
    """When clocks change, and that wall times stay what they are."""
    local: datetime = change.at.astimezone(plan.zone)
    minutes = abs(change.by) // timedelta(minutes=1)
    forward = change.by > timedelta(0)
    message = (
        _("{day}: clocks go forward by {minutes} min ({before} to {after}); times stay as written")
        if forward
        else _("{day}: clocks go back by {minutes} min ({before} to {after}); times stay as written")
    )
    return message.format(day=say_day(local.date()), minutes=minutes, before=change.before, after=change.after)
