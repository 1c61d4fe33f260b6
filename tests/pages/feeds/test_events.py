from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.pages.conftest import NOW
from tests.pages.feeds.reading import Component, instant, read_calendar
from toolkit.pages.feeds.events import made_at
from toolkit.pages.paths import calendar_feed
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"


def read(studio: Studio, kind: str = "", name: str = "", now: datetime = NOW) -> Component:
    """A calendar of the site, read back."""
    data = studio.render(now)[calendar_feed(kind, name)]
    assert isinstance(data, bytes)
    return read_calendar(data)


def titles(calendar: Component) -> list[str]:
    return [event.value("SUMMARY") for event in calendar.all("VEVENT")]


def test_a_post_is_one_event_at_each_of_its_moments(studio: Studio) -> None:
    """Two channels at half past seven are one event, the third at three its own; each channel's calendar has its own."""
    studio.post(
        channels="mastodon, bluesky, feed", more="options: {bluesky: {publish: 2026-12-01 15:00}}\nowner: wiebke\n"
    )
    calendar = read(studio)
    first, second = calendar.all("VEVENT")
    assert instant(calendar, first) == datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    assert first.value("UID") == f"{UID}.mastodon@nordlicht"
    assert first.value("DESCRIPTION") == "Feed: Ready\nMastodon: Ready\nWho: Jule Hansen, Wiebke Thomsen"
    assert second.value("UID") == f"{UID}.bluesky@nordlicht"
    (alone,) = read(studio, "channel", "feed").all("VEVENT")
    assert alone.value("UID") == f"{UID}.feed@nordlicht"
    assert alone.value("DESCRIPTION").startswith("Feed: Ready\nWho")


def test_an_event_keeps_its_identity_when_the_post_moves(studio: Studio) -> None:
    """Another day, another title, another file: the same event, which programs move."""
    studio.post()
    before = read(studio).all("VEVENT")[0].value("UID")
    (studio.root / "content/posts/2026/12/tuer-1.md").unlink()
    studio.post(path="anders.md", title="Ganz anders", publish="2026-12-24 18:00")
    assert read(studio).all("VEVENT")[0].value("UID") == before


def test_each_time_of_a_series_is_an_event(studio: Studio) -> None:
    """A post that comes every week has one identity a time, with the day in it."""
    studio.post(more="repeat: FREQ=WEEKLY;COUNT=3\n")
    uids = [event.value("UID") for event in read(studio).all("VEVENT")]
    assert uids == [f"{UID}.2026-12-{day}.mastodon@nordlicht" for day in ("01", "08", "15")]


@pytest.mark.parametrize(
    ("status", "said", "title"), [("ready", "CONFIRMED", "Tür 1"), ("draft", "TENTATIVE", "Tür 1 (Draft)")]
)
def test_drafts_are_tentative(studio: Studio, status: str, said: str, title: str) -> None:
    """And the title says it, for the many programs that show a tentative event like any other."""
    studio.post(status=status)
    (event,) = read(studio).all("VEVENT")
    assert (event.value("STATUS"), event.value("SUMMARY")) == (said, title)


def test_a_skipped_post_is_cancelled(studio: Studio) -> None:
    """What will not go out any more is struck out in the reader's calendar, and programs are told that it changed."""
    path = studio.post(publish="2026-11-22 07:30")
    before = int(read(studio).all("VEVENT")[0].value("SEQUENCE"))
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon")
        (row,) = ledger.rows()
        ledger.skip(row, NOW, "no longer true")
    (event,) = read(studio).all("VEVENT")
    assert (event.value("STATUS"), event.value("SUMMARY")) == ("CANCELLED", "Tür 1 (Skipped)")
    assert int(event.value("SEQUENCE")) > before
    assert event.value("DTSTAMP") == "20261121T110000Z"


def test_the_sequence_rises_with_every_commit_and_never_falls(studio: Studio) -> None:
    """Three commits, each with a new title: the number rises each time, and building again changes nothing."""
    numbers: list[int] = []
    git(studio, "init", "-q")
    for title in ("Eins", "Zwei", "Drei"):
        studio.post(title=title)
        git(studio, "add", ".")
        git(studio, "commit", "-q", "-m", title, at=NOW - timedelta(hours=5 - len(numbers)))
        (event,) = read(studio).all("VEVENT")
        assert event.value("LAST-MODIFIED") == event.value("DTSTAMP")
        numbers.append(int(event.value("SEQUENCE")))
    assert numbers == sorted(set(numbers))
    assert numbers[1] - numbers[0] == 3600
    assert studio.render()[calendar_feed()] == studio.render(NOW + timedelta(minutes=5))[calendar_feed()]


def git(studio: Studio, *arguments: str, at: datetime = NOW) -> None:
    """Run git in the workspace, at a moment."""
    stamp = at.isoformat()
    environ = {
        "PATH": "/usr/bin:/bin",
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_DATE": stamp,
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }
    who = ("-c", "user.name=Jule", "-c", "user.email=jule@example.com")
    subprocess.run(["git", *who, *arguments], cwd=studio.root, env=environ, check=True, capture_output=True)


def test_old_posts_leave_the_calendar(studio: Studio) -> None:
    """A feed is fetched whole each time: it reaches three months back and two years ahead."""
    studio.post(publish="2026-08-01 07:30", title="Old")
    studio.post(path="b.md", uid=UID[:-1] + "4", publish="2026-09-01 07:30", title="Young")
    studio.post(path="c.md", uid=UID[:-1] + "5", publish="2028-11-01 07:30", title="Far")
    studio.post(path="d.md", uid=UID[:-1] + "6", publish="2031-09-01 07:30", title="Dreamt of")
    assert titles(read(studio)) == ["Young", "Far"]


def test_a_person_s_calendar_holds_their_posts_and_drafts(studio: Studio) -> None:
    """What somebody writes or answers for, and the day on which their draft is wanted; nobody else's."""
    studio.post(status="draft", more="due: 2026-11-27\n")
    studio.post(path="b.md", uid=UID[:-1] + "4", title="B", more="owner: wiebke\n")
    assert titles(read(studio, "person", "jule")) == ["Draft wanted: Tür 1", "Tür 1 (Draft)", "B"]
    assert titles(read(studio, "person", "wiebke")) == ["B"]


def test_a_campaign_s_calendar_holds_its_days_and_posts(studio: Studio) -> None:
    """The campaign as days, its posts at their hours; a campaign that is long over has no calendar."""
    studio.write("content/campaigns/advent.md", "---\ntitle: Advent\nstart: 2026-12-01\nend: 2026-12-24\n---\n")
    studio.write("content/campaigns/old.md", "---\ntitle: Old\nstart: 2025-12-01\nend: 2025-12-24\n---\n")
    studio.post(more="campaign: advent\n")
    studio.post(path="b.md", uid=UID[:-1] + "4", title="Other")
    assert titles(read(studio, "campaign", "advent")) == ["Advent", "Tür 1"]
    assert calendar_feed("campaign", "old") not in studio.render()


def test_an_event_leads_to_its_page(studio: Studio) -> None:
    """Where the address of the site is known; without it an event has no link rather than a wrong one."""
    studio.post(more="campaign: advent\n")
    assert "URL" not in read(studio).all("VEVENT")[0].properties
    file = studio.root / "leitstand.toml"
    file.write_text(
        file.read_text().replace('id = "nordlicht"', 'id = "nordlicht"\nurl = "https://site.example.com"', 1)
    )
    (event,) = read(studio).all("VEVENT")
    assert event.value("URL") == "https://site.example.com/posts/2026/12/tuer-1/"
    assert event.value("CATEGORIES") == "Mastodon,advent"


def test_people_outside_get_no_calendars_of_persons(studio: Studio) -> None:
    """A partner's site has the calendars of channels and campaigns, and neither persons' nor the handbook's news."""
    studio.post()
    feeds = [path for path in render_site(studio.gather(partner=True)) if path.startswith("feeds/")]
    assert "feeds/calendar/channel-mastodon.ics" in feeds
    assert not [path for path in feeds if "person" in path or "handbook" in path]


@pytest.mark.parametrize(
    ("uid", "year"), [(UID, 2024), ("", 2020), ("not-a-ulid", 2020), ("ZZZZZZZZZZM8X4T6R9A0B1C2D3", 2020)]
)
def test_a_ulid_says_when_it_was_made(uid: str, year: int) -> None:
    """Anything else counts from the beginning of 2020."""
    assert made_at(uid).year == year
