"""X's two exports: the day stands in quotes with commas in it, and threads are added up."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.importers.exports import extract, recognised, said, values
from toolkit.importers import KnownPost, KnownPosts

POSTS = "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n"
DAYS = "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,Create Post,Video views,Media views\n"
OUT = datetime(2026, 7, 14, 7, 30, tzinfo=UTC)


def post(number: int, impressions: int = 500) -> str:
    return (
        f'"190000000000000000{number}","Tue, Jul 14, 2026","Teil {number}, neu",'
        f"https://x.com/nordlichtkaffee/status/190000000000000000{number},{impressions},20,30,4,1,2,3,5,6,7,8,0,0\n"
    )


def test_a_post_has_its_day_and_numbers() -> None:
    """Reposts are shares, replies comments, bookmarks saves; the share button is nothing of these."""
    found = extract(POSTS + post(1))
    assert said(found) == []
    counts = values(found, "x:1900000000000000001")
    assert (counts["views"], counts["likes"], counts["shares"], counts["comments"], counts["saves"]) == (
        500, 20, 5, 3, 4
    )  # fmt: skip
    assert found.observations[0].published_at == datetime(2026, 7, 14, 10, tzinfo=UTC)
    assert found.subjects[0].title == "Teil 1, neu"


def test_a_thread_is_one_post() -> None:
    """Its parts are added up; where one is missing the thread is left out, because a part of it is no measure of it."""
    known = KnownPosts({("x", f"190000000000000000{number}"): KnownPost("01THREAD", OUT, parts=2) for number in (1, 2)})
    whole = extract(POSTS + post(1) + post(2, 300) + post(1), known=known)
    assert values(whole, "01THREAD")["views"] == 800
    assert {one.published_at for one in whole.observations} == {OUT}
    part = extract(POSTS + post(1), known=known)
    assert part.observations == ()
    assert "01THREAD: 1 of 2 parts of the thread are in the file" in said(part)[0]


def test_the_overview_is_the_account_by_day() -> None:
    """It is told from the posts by its columns, and its amounts belong to the account."""
    text = DAYS + '"Tue, Jul 14, 2026",4000,50,60,4,1,9,2,3,5,6,1,0,0\n'
    assert (recognised(text), recognised(POSTS + post(1))) == ("x-days", "x-posts")
    found = extract(text)
    assert values(found, "account") == {
        "views": 4000, "likes": 50, "comments": 3, "shares": 5, "saves": 4, "follows": 9, "unfollows": 2,
        "profile_visits": 6, "video_views": 0,
    }  # fmt: skip
