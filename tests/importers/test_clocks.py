"""Times of day of which no file says the zone: posts of ours prove it, or a warning says what was assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.exports import document, extract, said
from toolkit.importers import KnownPost, KnownPosts, all_importers
from toolkit.importers.clocks import prove_zone
from toolkit.importers.meta import ZONES

OURS, OTHERS = "112233445566", "112233445577"
OUT = datetime(2026, 7, 14, 5, 30, 20, tzinfo=UTC)  # 07:30 in Berlin
FACEBOOK = "Post ID,Page ID,Title,Publish time,Views,Reactions\n"
INSTAGRAM = "Post ID,Account username,Description,Publish time,Views,Likes\n"


def known(account: str) -> KnownPosts:
    return KnownPosts({(account, OURS): KnownPost("01JDK3V7Q2M8X4T6R9A0B1C2D3", OUT)})


def rows(who: str, ours: str, others: str) -> str:
    return f"{OURS},{who},Ours,{ours},500,20\n{OTHERS},{who},Theirs,{others},300,10\n"


@pytest.mark.parametrize(
    ("account", "head", "who"),
    [("facebook", FACEBOOK, "100200300"), ("instagram", INSTAGRAM, "nordlicht.kaffee")],
)
@pytest.mark.parametrize(
    ("ours", "zone"),
    [("07/14/2026 07:31", "Europe/Berlin"), ("07/13/2026 22:31", "America/Los_Angeles"), ("07/14/2026 05:31", "UTC")],
)
def test_a_post_of_ours_proves_the_zone_of_the_others(account: str, head: str, who: str, ours: str, zone: str) -> None:
    """The ledger knows the minute of one post, so the other one's time is no guess, and nothing is warned of."""
    found = extract(head + rows(who, ours, "07/15/2026 09:00"), known=known(account))
    published = {one.subject: one.published_at for one in found.observations}
    assert published[f"{account}:{OTHERS}"] == datetime(2026, 7, 15, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert published["01JDK3V7Q2M8X4T6R9A0B1C2D3"] == OUT
    expected = [f"export.csv:1:1: its times are read as {zone}: posts of ours in the file prove it (import)"]
    assert said(found) == ([] if zone == "Europe/Berlin" else expected)


def test_what_nobody_proves_is_warned_of_and_can_be_said() -> None:
    """Without a post of ours the workspace's zone counts, with a warning; --times decides, and says nothing."""
    text = FACEBOOK + rows("100200300", "07/14/2026 07:31", "07/15/2026 09:00")
    found = extract(text)
    assert found.clean
    assert "give the zone with --times" in said(found)[0]
    assert len(said(found)) == 1
    told = all_importers()["facebook-posts"].extract(replace(document(text), times="America/Los_Angeles"))
    assert said(told) == []
    assert {one.published_at for one in told.observations} == {
        datetime(2026, 7, 14, 14, 31, tzinfo=UTC), datetime(2026, 7, 15, 16, 0, tzinfo=UTC),
    }  # fmt: skip


def test_a_file_with_posts_of_ours_only_needs_no_zone() -> None:
    """The ledger's moment counts for them, so a time that fits no zone is no matter: a person confirmed it later."""
    found = extract(FACEBOOK + f"{OURS},100200300,Ours,07/14/2026 11:11,500,20\n", known=known("facebook"))
    assert said(found) == []
    assert {one.published_at for one in found.observations} == {OUT}


@given(
    st.sampled_from(["Europe/Berlin", *ZONES]),
    st.lists(st.integers(0, 5_000_000).map(lambda minutes: OUT + timedelta(minutes=minutes)), min_size=3, max_size=9),
)
def test_the_zone_that_wrote_the_times_is_found(zone: str, aware: list[datetime]) -> None:
    """Whatever the season, as long as one of the times exists once; a minute is all that a file has."""
    times = [(f"{one.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}", one) for one in aware]
    found = prove_zone(times, ("Europe/Berlin", *ZONES))
    # All of them may lie in hours that a clock shows twice; then nothing is proved.
    offset = {one.astimezone(ZoneInfo(zone)).utcoffset() for one in aware}
    assert found == zone or (found == "" and offset <= {timedelta(hours=hours) for hours in (-8, -7, 1, 2)})
