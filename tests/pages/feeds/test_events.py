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


def commit(studio: Studio, sentence: str, at: datetime) -> None:
    """Everything as it lies there."""
    if not (studio.root / ".git").exists():
        git(studio, "init", "-q")
    git(studio, "add", "-A", ".")
    git(studio, "commit", "-q", "-m", sentence, at=at)


def said(calendar: Component) -> list[tuple[str, str]]:
    """Uid and status of each event."""
    return [(event.value("UID").partition("@")[0], event.value("STATUS")) for event in calendar.all("VEVENT")]


def test_a_deleted_post_is_cancelled(studio: Studio) -> None:
    """In every calendar that had it, under its identity and with a higher number; in three months it is forgotten."""
    file = studio.root / studio.post(channels="mastodon, bluesky", more="campaign: advent\n")
    studio.write("content/campaigns/advent.md", "---\ntitle: Advent\nstart: 2026-12-01\nend: 2026-12-24\n---\n")
    commit(studio, "Tür 1", NOW - timedelta(hours=3))
    (before,) = read(studio).all("VEVENT")
    file.unlink()
    studio.post(path="b.md", uid=UID[:-1] + "4", title="B")
    commit(studio, "Doch nicht", NOW - timedelta(hours=1))
    other, event = read(studio).all("VEVENT")
    assert other.value("SUMMARY") == "B"
    assert event.value("UID") == before.value("UID")
    assert int(event.value("SEQUENCE")) == int(before.value("SEQUENCE")) + 7200
    assert (event.value("STATUS"), event.value("SUMMARY")) == ("CANCELLED", "Tür 1 (Cancelled)")
    assert event.value("DTSTART") == before.value("DTSTART")
    assert event.value("DESCRIPTION") == "Bluesky: Cancelled\nMastodon: Cancelled\nWho: Jule Hansen"
    assert said(read(studio, "channel", "bluesky")) == [(f"{UID}.bluesky", "CANCELLED")]
    assert said(read(studio, "person", "jule"))[1:] == [(f"{UID}.mastodon", "CANCELLED")]
    assert said(read(studio, "campaign", "advent"))[1:] == [(f"{UID}.mastodon", "CANCELLED")]
    assert len(said(read(studio, now=NOW + timedelta(days=101)))) == 1
    partner = render_site(studio.gather(partner=True))[calendar_feed()]
    assert isinstance(partner, bytes)
    assert len(said(read_calendar(partner))) == 1, "a draft that was given up is nobody's outside"


def test_only_what_never_went_out_is_cancelled(studio: Studio) -> None:
    """A file that is deleted after its time, whose post the ledger knows as sent, or that lies elsewhere now: no event."""
    studio.post(publish="2026-11-01 07:30", path="old.md")
    studio.post(publish="2026-11-20 07:30", path="sent.md", uid=UID[:-1] + "4")
    studio.post(path="moved.md", uid=UID[:-1] + "5")
    studio.post(path="moved/again.md", uid=UID[:-1] + "6", body="Etwas ganz anderes\n" * 20)
    commit(studio, "Vier", NOW - timedelta(days=9))
    with studio.ledger() as ledger:
        studio.plan("content/posts/sent.md", ledger, "mastodon", NOW - timedelta(days=8))
        sending = ledger.begin(ledger.rows()[0], NOW, rendition="{}", hashes=["sha256:x"], commit="")
        assert sending is not None
        ledger.confirm(sending, NOW, "109", "https://social.example.com/@nordlicht/109")
    posts = studio.root / "content/posts"
    for name in ("old.md", "sent.md", "moved.md", "moved/again.md"):
        (posts / name).unlink()
    studio.post("Ein Umzug mit lauter neuen Worten", path="here.md", uid=UID[:-1] + "5", publish="2026-12-09 09:00")
    studio.post("Ein Beitrag, der heute so heißt", path="moved/again.md", uid=UID[:-1] + "7")
    commit(studio, "Aufgeräumt", NOW - timedelta(days=5))
    assert said(read(studio)) == [
        (f"{UID[:-1]}7.mastodon", "CONFIRMED"),
        (f"{UID[:-1]}5.mastodon", "CONFIRMED"),
    ]


def test_a_channel_and_a_time_that_are_gone_are_cancelled(studio: Studio) -> None:
    """What the ledger had planned of a post that is still there; in the common calendar only where nothing else goes out."""
    path = studio.post(channels="mastodon, bluesky", more="options: {bluesky: {publish: 2026-12-01 15:00}}\n")
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon")
        studio.plan(path, ledger, "bluesky", occurrence="2026-12-08")
        for row in ledger.rows():
            ledger.cancel(row, NOW, "the post or its channel is gone")
    studio.post(channels="feed")
    assert said(read(studio, "channel", "mastodon")) == [(f"{UID}.mastodon", "CANCELLED")]
    assert said(read(studio, "channel", "bluesky")) == [(f"{UID}.2026-12-08.bluesky", "CANCELLED")]
    assert said(read(studio)) == [(f"{UID}.feed", "CONFIRMED")]
    studio.post(channels="feed", publish="2026-12-03 10:00")
    assert said(read(studio)) == [(f"{UID}.feed", "CONFIRMED"), (f"{UID}.2026-12-08.bluesky", "CANCELLED")]


def test_a_deleted_series_is_cancelled_time_by_time(studio: Studio) -> None:
    """Each of its times has its own identity, so each is called off; those that are over stay what they were."""
    file = studio.root / studio.post(publish="2026-11-17 07:30", more="repeat: FREQ=WEEKLY;COUNT=3\n")
    commit(studio, "Serie", NOW - timedelta(days=10))
    file.unlink()
    commit(studio, "Keine Serie", NOW)
    assert said(read(studio)) == [
        (f"{UID}.2026-11-24.mastodon", "CANCELLED"),
        (f"{UID}.2026-12-01.mastodon", "CANCELLED"),
    ]


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
