from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk

HEAD = "---\nchannels: [mastodon, feed]\n"
WINDOW = (
    '\n[windows.mastodon]\ntimes = ["mon-fri 08:00-18:00", "sat 10:00-14:00"]\nreason = "Sonst antwortet niemand."\n'
)


@pytest.fixture(autouse=True)
def _windows(desk: Desk) -> None:
    desk.settings(SETTINGS + WINDOW)


@pytest.mark.parametrize("when", ["2026-11-24 08:00", "2026-11-27 17:59", "2026-11-28 10:00"])
def test_times_inside_are_fine(desk: Desk, when: str) -> None:
    """The first minute of a span belongs to it."""
    assert desk.messages("posting-window", f"{HEAD}publish: {when}\n---\n") == []


@pytest.mark.parametrize(
    ("when", "following"),
    [
        ("2026-11-24 18:00", "2026-11-25 08:00"),
        ("2026-11-27 18:00", "2026-11-28 10:00"),
        ("2026-11-28 14:00", "2026-11-30 08:00"),
        ("2026-11-29 10:00", "2026-11-30 08:00"),
    ],
)
def test_times_outside_come_with_reason_and_the_next_one(desk: Desk, when: str, following: str) -> None:
    """A time outside is a warning that names the account, its hours, the house's reason and the next time."""
    (message,) = desk.messages("posting-window", f"{HEAD}publish: «{when}»\n---\n")
    assert "lies outside the hours of mastodon (mon-fri 08:00-18:00, sat 10:00-14:00)" in message
    assert message.endswith(f": Sonst antwortet niemand; next: {following}")


def test_the_next_time_does(desk: Desk) -> None:
    """What the message proposes is inside."""
    (message,) = desk.messages("posting-window", f"{HEAD}publish: «2026-11-28 15:00»\n---\n")
    assert desk.messages("posting-window", f"{HEAD}publish: {message.rpartition('next: ')[2]}\n---\n") == []


def test_the_network_s_window_holds_for_its_accounts_and_their_own_clock(desk: Desk) -> None:
    """An account without a window of its own has its network's, on its own clock: 09:00 in New York is 15:00 here."""
    settings = SETTINGS.replace('language = "en"\n', 'language = "en"\ntimezone = "America/New_York"\n')
    desk.settings(settings + WINDOW)
    sample = "---\nchannels: [mastodon-en]\npublish: {when}\n---\n"
    assert desk.messages("posting-window", sample.format(when="2026-11-24 09:00")) == []
    (message,) = desk.messages("posting-window", sample.format(when="«2026-11-24 07:00»"))
    assert "of mastodon-en" in message


def test_an_own_time_is_pointed_at_in_the_options(desk: Desk) -> None:
    """The account's own time counts, and is reported where it stands."""
    sample = f"{HEAD}publish: 2026-11-24 09:00\noptions:\n  mastodon: {{publish: «2026-11-24 20:00»}}\n---\n"
    assert len(desk.messages("posting-window", sample)) == 1


def test_what_is_out_is_out(desk: Desk) -> None:
    """The past is not complained about; --now decides what that is."""
    sample = f"{HEAD}publish: 2026-11-15 10:00\n---\n"
    assert desk.messages("posting-window", sample) == []
    earlier = datetime(2026, 11, 14, tzinfo=UTC)
    assert (
        len(desk.messages("posting-window", sample.replace("2026-11-15 10:00", "«2026-11-15 10:00»"), now=earlier)) == 1
    )


@pytest.mark.parametrize(
    ("when", "count"), [("2027-10-31 02:30+02:00", 0), ("2027-10-31 02:30+01:00", 0), ("2027-10-31 03:30", 1)]
)
def test_the_repeated_hour_is_one_hour_on_the_wall(desk: Desk, when: str, count: int) -> None:
    """Both passes of the hour that autumn repeats lie in a window that names it; a window is wall time."""
    desk.settings(SETTINGS + '\n[windows.all]\ntimes = ["02:00-03:00"]\n')
    when = f"«{when}»" if count else when
    assert len(desk.messages("posting-window", f"---\nchannels: [mastodon]\npublish: {when}\n---\n")) == count


def test_the_next_time_never_lies_in_a_clock_change(desk: Desk) -> None:
    """The hour that spring skips and the one that autumn repeats are not proposed; the next day's is."""
    desk.settings(SETTINGS + '\n[windows.all]\ntimes = ["02:00-03:00"]\n')
    for day, following in (("2027-03-28", "2027-03-29 02:00"), ("2027-10-31", "2027-11-01 02:00")):
        (message,) = desk.messages("posting-window", f"---\nchannels: [feed]\npublish: «{day} 01:00»\n---\n")
        assert message.endswith(f"next: {following}")


def test_each_time_of_a_post_that_comes_again_is_looked_at(desk: Desk) -> None:
    """The first time is fine, the rule brings it to a Sunday: said at the rule, once."""
    sample = "---\nchannels: [mastodon]\npublish: 2026-11-28 11:00\nrepeat: «FREQ=DAILY;COUNT=3»\n---\n"
    (message,) = desk.messages("posting-window", sample)
    assert message.startswith("Sun 29 Nov 11:00")


def test_without_windows_every_time_is_fine(desk: Desk) -> None:
    """The default is no window."""
    desk.settings(SETTINGS)
    assert desk.messages("posting-window", f"{HEAD}publish: 2026-11-29 03:00\n---\n") == []
