"""Posting slots and the duty roster of the handbook as boxes: what programs keep to, as readers understand it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from toolkit.dates import say_date, say_period
from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.pages.handbook.urgency import say_days, say_hours, say_length, write_box
from toolkit.pages.markup import Html, div
from toolkit.settings import Account
from toolkit.source import Fields
from toolkit.source.blocks import read_blocks
from toolkit.workspace import DutyRoster, PostingSlots, PostingTime, Turn
from toolkit.workspace.duty import DUTY, read_duty
from toolkit.workspace.postingtimes import SLOTS, read_posting_slots

NameOf = Callable[[str], str]


def box_times(markdown: str, name_of: NameOf, accounts: Mapping[str, Account]) -> str:
    """`markdown` with every such block as one line of HTML; a block that cannot be used stays as it is.

    `name_of` turns the key of a person into a name.
    """
    for block in reversed(list(read_blocks(SourceText("", markdown), (SLOTS, DUTY)))):
        box = None if block.fields is None else _box(block.kind, block.fields, name_of, accounts)
        if box is not None:
            html = div(div(box, class_="ls-rule"), class_="ls")
            markdown = f"{markdown[: block.start]}\n{html}\n{markdown[block.end :]}"
    return markdown


def _box(kind: str, fields: Fields, name_of: NameOf, accounts: Mapping[str, Account]) -> Html | None:
    if kind == SLOTS:
        slots = read_posting_slots(fields)
        return _write_slots(slots, accounts) if slots else None
    roster = read_duty(fields)
    return write_box(_("Duty"), "", dict(_duty(roster, name_of))) if roster else None


def _write_slots(slots: PostingSlots, accounts: Mapping[str, Account]) -> Html:
    """When, in bold, and only what is not as usual: a week of slots is to fit on a screen."""
    return write_box(_("Posting slots"), "; ".join(map(say_posting_time, slots.times)), dict(_slots(slots, accounts)))


def _slots(slots: PostingSlots, accounts: Mapping[str, Account]) -> Iterator[tuple[str, str]]:
    titles = (accounts[name].title or name if name in accounts else name for name in slots.channels)
    yield _("Channels"), ", ".join(titles)
    yield _("For"), slots.note
    yield _("Time zone"), slots.timezone
    yield _("Kept for"), ", ".join(sorted(slots.pillars))
    yield _("Public holidays"), _("as on other days") if slots.holidays else ""
    yield _("School holidays"), "" if slots.school else _("none")
    yield _("Season"), say_period(slots.first, slots.last) if slots.first or slots.last else ""


def say_posting_time(time: PostingTime) -> str:
    """``Mon, Wed 07:30``, or which day of the month."""
    days = say_days(sorted(time.days)) or _("daily")
    if time.nth == -1:
        days = _("last {days} of the month").format(days=days)
    elif time.nth < 0:
        days = _("{days}, number {nth} from the end of the month").format(days=days, nth=-time.nth)
    elif time.nth:
        days = _("{nth}. {days} of the month").format(nth=time.nth, days=days)
    return f"{days} {time.clock:%H:%M}"


def _duty(roster: DutyRoster, name_of: NameOf) -> Iterator[tuple[str, str]]:
    yield _("In a usual week"), "; ".join(_say_turn(turn, name_of) for turn in roster.turns)
    days = (f"{say_date(day)}: {_say_turns(turns, name_of)}" for day, turns in sorted(roster.days.items()))
    yield _("On single days"), "; ".join(days)
    yield _("Public holidays"), _("as on other days") if roster.holidays else _("nobody, unless named")
    yield _("Within"), say_length(roster.within)
    yield _("Nobody has to be there"), "; ".join(map(say_hours, roster.unattended))


def _say_turns(turns: tuple[Turn, ...], name_of: NameOf) -> str:
    return ", ".join(_say_turn(turn, name_of) for turn in turns)


def _say_turn(turn: Turn, name_of: NameOf) -> str:
    return f"{name_of(turn.person)} {', '.join(map(say_hours, turn.hours))}"
