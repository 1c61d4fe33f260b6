"""The handbook's posting slots as moments of an account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.brand import NOW, SETTINGS, brand
from toolkit.model import Existence
from toolkit.planning import PostingSlot, Timetable, is_open
from toolkit.settings import Settings
from toolkit.source import read_post
from toolkit.workspace import DayKind

WEEK = timedelta(weeks=1)


def said(
    account: str, *blocks: str, until: timedelta = WEEK, start: datetime = NOW, settings: str = SETTINGS
) -> list[str]:
    workspace = brand({}, blocks, settings=settings)
    slots = Timetable(workspace).slots(workspace.settings.accounts[account], start, start + until)
    return [f"{slot.wall.wall:%a %d %H:%M}" for slot in slots]


def test_slots_come_in_order() -> None:
    """Blocks of the account's network count together, and the same moment comes once."""
    blocks = ("channels: [mastodon]\ntimes: [thu 17:30, tue 08:00]", "channels: [mastodon]\ntimes: [tue-wed 08:00]")
    assert said("mastodon", *blocks) == ["Tue 24 08:00", "Wed 25 08:00", "Thu 26 17:30"]


def test_what_names_the_account_goes_before_its_network() -> None:
    """York is on Mastodon, too, but has a block of its own; its clock is New York's."""
    blocks = ("channels: [mastodon]\ntimes: [tue 08:00]", "channels: [york]\ntimes: [wed 09:00]")
    assert said("york", *blocks) == ["Wed 25 09:00"]
    assert said("york", blocks[0]) == ["Tue 24 08:00"]
    workspace = brand({}, blocks)
    (slot,) = Timetable(workspace).slots(workspace.settings.accounts["york"], NOW, NOW + WEEK)
    assert slot.at == datetime(2026, 11, 25, 14, tzinfo=UTC)


def test_a_block_may_have_a_clock_of_its_own() -> None:
    """Eight in the evening in New York is two in the morning of the next day in Berlin, and then it is quiet."""
    late = "channels: [mastodon]\ntimes: [tue {}]\ntimezone: America/New_York"
    assert said("mastodon", late.format("20:00")) == []
    assert said("mastodon", late.format("08:00")) == ["Tue 24 14:00"]


@pytest.mark.parametrize(
    ("times", "days"),
    [
        ("[2tue 09:00]", ["Tue 08 09:00"]),
        ("[-1fri 09:00]", ["Fri 25 09:00"]),
        ("[5thu 09:00]", ["Thu 31 09:00"]),
        ('["1mon,tue 09:00"]', ["Tue 01 09:00", "Mon 07 09:00"]),
    ],
)
def test_days_of_the_month(times: str, days: list[str]) -> None:
    """The second Tuesday, the last Friday, a fifth Thursday where there is one."""
    start = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)  # the end of November in Berlin
    month = said(
        "mastodon", f"channels: [mastodon]\nholidays: true\ntimes: {times}", start=start, until=timedelta(days=31)
    )
    assert month == days


def test_public_holidays_have_none_unless_the_block_says_so() -> None:
    """25 December is a holiday; with `holidays: true` its slot stays."""
    christmas = datetime(2026, 12, 24, 23, tzinfo=UTC)
    block = "channels: [mastodon]\ntimes: [12:00]"
    day = timedelta(days=1)
    assert said("mastodon", block, start=christmas, until=day) == []
    assert said("mastodon", f"{block}\nholidays: true", start=christmas, until=day) == ["Fri 25 12:00"]


def test_school_holidays_have_slots_unless_the_block_says_no() -> None:
    """Schleswig-Holstein's autumn holidays begin on Monday 12 October 2026."""
    monday = datetime(2026, 10, 11, 22, tzinfo=UTC)
    block = "channels: [mastodon]\ntimes: [mon 12:00]"
    assert said("mastodon", block, start=monday) == ["Mon 12 12:00"]
    assert said("mastodon", f"{block}\nschool: false", start=monday) == []


def test_a_season() -> None:
    """Slots hold from the first to the last day of their block."""
    block = "channels: [mastodon]\ntimes: [12:00]\nfrom: 2026-11-23\nuntil: 2026-11-24"
    assert said("mastodon", block) == ["Mon 23 12:00", "Tue 24 12:00"]


def test_quiet_hours_and_windows_leave_slots_out() -> None:
    """A slot at six, when it is quiet, and one outside the account's window are none."""
    block = "channels: [mastodon]\ntimes: [mon 06:00, mon 12:00, mon 19:00]"
    window = SETTINGS + '[windows.mastodon]\ntimes = ["mon-fri 08:00-18:00"]\n'
    assert said("mastodon", block) == ["Mon 23 12:00", "Mon 23 19:00"]
    assert said("mastodon", block, settings=window) == ["Mon 23 12:00"]


def test_a_time_that_does_not_exist_or_exists_twice_is_no_slot() -> None:
    """On the nights of the clock changes half past two is left out; the day after it is there."""
    block, nights = (
        "channels: [mastodon]\ntimes: [02:30]\nholidays: true",
        SETTINGS.replace('quiet_hours = ["21:30-06:30"]', ""),
    )
    for start in (datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 10, 30, 22, tzinfo=UTC)):
        found = said("mastodon", block, start=start, until=timedelta(days=2), settings=nights)
        assert [line[4:6] for line in found] == [f"{(start + timedelta(days=2)).day:02}"]


def test_mourning_is_told_of_the_slot() -> None:
    """Totensonntag is 22 November 2026: a slot for what does not advertise."""
    workspace = brand({}, ("channels: [mastodon]\ntimes: [sun 12:00]",))
    (slot,) = Timetable(workspace).slots(workspace.settings.accounts["mastodon"], NOW, NOW + WEEK)
    assert DayKind.MOURNING in {special.kind for special in slot.specials}
    assert slot.suits("wissen", advertises=False)
    assert not slot.suits("wissen", advertises=True)


@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)),  # noqa: DTZ001  # made aware below
    account=st.sampled_from(["mastodon", "york"]),
    clocks=st.lists(st.times(), min_size=1, max_size=4),
    zone=st.sampled_from(["", "\ntimezone: Pacific/Auckland", "\ntimezone: America/New_York"]),
)
def test_no_slot_breaks_a_rule_of_the_house(start: datetime, account: str, clocks: list[object], zone: str) -> None:
    """Whatever the clocks do: in order, inside the span, existing once, never quiet, never on a public holiday."""
    times = ", ".join(str(clock)[:5] for clock in clocks)
    workspace = brand({}, (f"channels: [mastodon]\ntimes: [{times}]{zone}",))
    after = start.replace(tzinfo=UTC)
    one, timetable = workspace.settings.accounts[account], Timetable(workspace)
    found = list(timetable.slots(one, after, after + timedelta(days=10)))
    moments = [slot.at for slot in found]
    assert moments == sorted(set(moments))
    for slot in found:
        local = slot.at.astimezone(ZoneInfo(slot.wall.zone))
        assert after < slot.at <= after + timedelta(days=10)
        assert slot.wall.existence() is Existence.ONCE
        assert slot.wall.instant() == slot.at
        for name in ("", "Europe/London", "America/New_York"):
            assert _read(slot, name) == slot.at
        assert is_open(local, one, workspace.settings)
        if not zone:
            assert not any(special.kind is DayKind.PUBLIC for special in timetable.specials(local.date()))


def _read(slot: PostingSlot, timezone: str) -> datetime:
    """The moment that a reader finds in a file with that zone."""
    account = slot.account
    known = Settings("x", "X", timezone or "Europe/Berlin", accounts={account.name: account})
    head = f"publish: next\nslots: {{{account.name}: {slot.written(timezone)}}}\n"
    head += f"timezone: {timezone}\n" if timezone else ""
    post, problems = read_post("a.md", f"---\n{head}---\n".encode(), known)
    assert post is not None
    assert problems == []
    return post.slots[account.name].instant()
