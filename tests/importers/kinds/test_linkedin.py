"""LinkedIn's XLS, as it is downloaded: two sheets, a line above each header, month first."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.importers.exports import NOW, document, extract, recognised, said, values
from tests.importers.xls import Value, write_xls
from toolkit.importers.kinds import linkedin

URL = "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678"
METRICS: list[list[Value]] = [
    ["Aggregated engagement metrics for your organic and sponsored posts"],
    ["Date", "Impressions (organic)", "Impressions (sponsored)", "Impressions (total)", "Unique impressions (organic)",
     "Clicks (total)", "Reactions (total)", "Comments (total)", "Reposts (total)", "Engagement rate (total)"],
    ["07/14/2026", 300.0, 12.0, 312.0, 250.0, 9.0, 7.0, 1.0, 0.0, 0.05],
    ["07/15/2026", 100.0, 0.0, 100.0, 90.0, 0.0, 2.0, 0.0, 0.0, 0.02],
]  # fmt: skip
POSTS: list[list[Value]] = [
    ["Engagement metrics of each post"],
    ["Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date", "Audience", "Impressions",
     "Views", "Offsite Views", "Clicks", "Click through rate (CTR)", "Likes", "Comments", "Reposts", "Follows",
     "Engagement rate", "Content Type"],
    ["Wir rösten neu", URL, "Organic", "", "Erika Muster", "07/08/2026", "All followers", 1200.0, "", "", 40.0, 0.03,
     25.0, 3.0, 4.0, 2.0, 0.06, "Video"],
]  # fmt: skip
NAME = "nordlicht_content_1784880000000.xls"  # 2026-07-24 08:00 UTC


def test_both_sheets_are_read() -> None:
    """A post's totals and the page's days, with the moment of the export from its name."""
    found = extract(write_xls({"Metrics": METRICS, "All posts": POSTS}), NAME)
    assert said(found) == []
    uid = f"linkedin:{URL}"
    assert values(found, uid) == {"views": 1200, "clicks": 40, "likes": 25, "comments": 3, "shares": 4, "follows": 2}
    post = next(one for one in found.observations if one.subject == uid)
    assert post.published_at == datetime(2026, 7, 8, 10, tzinfo=UTC), "month first; a bare day is its noon"
    assert post.observed_at == datetime(2026, 7, 24, 8, tzinfo=UTC)
    days = {one.observed_at.day: one.value for one in found.observations if one.metric == "views" and one != post}
    assert (days[14], days[15]) == (312, 100)
    assert {one.channel for one in found.observations} == {"linkedin"}
    assert [(one.title, one.format) for one in found.subjects] == [("Wir rösten neu", "video")]


def test_who_posted_is_left_out() -> None:
    """The column is named, and the name is nowhere."""
    found = extract(write_xls({"Metrics": METRICS, "All posts": POSTS}), NAME)
    assert found.columns.dropped == ("Posted by",)
    assert "Erika" not in repr(found)


def test_new_followers_are_days() -> None:
    """The followers' export has a sheet of daily gains, and sheets about who they are, which are not read."""
    book = write_xls(
        {
            "New followers": [
                ["Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers"],
                ["07/14/2026", 0.0, 5.0, 0.0, 5.0],
            ],
            "Location": [["Location", "Total followers"], ["Kiel", 812.0]],
        }
    )
    found = extract(book, "followers.xls")
    assert [(one.subject, one.metric, one.value) for one in found.observations] == [("account", "follows", 5)]


def test_a_truncated_workbook_is_one_problem() -> None:
    """A download that broke off is named, and nothing of it is read."""
    whole = write_xls({"Metrics": METRICS, "All posts": POSTS})
    found = linkedin.extract(document(whole[: len(whole) // 3], NAME))
    assert found.observations == ()
    assert not found.clean
    assert recognised(whole[: len(whole) // 3]) == ""


def test_a_day_that_is_not_over_waits() -> None:
    """Today's amount would be counted again, larger; it is left out and said."""
    later = NOW.strftime("%m/%d/2026").replace("21", "22")
    found = extract(write_xls({"Metrics": [*METRICS, [later, *METRICS[-1][1:]]]}), NAME)
    assert len({one.observed_at for one in found.observations}) == 2
    assert "1 day is not over" in said(found)[0]
    assert found.clean
