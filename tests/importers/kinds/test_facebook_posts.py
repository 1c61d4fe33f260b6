"""Facebook's post export: its months differ in columns, and every number is traced to its row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.importers.exports import extract, recognised, said, said_but_zone, values
from toolkit.importers import KnownPost, KnownPosts, post_keys

HEADERS = (
    "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,Permalink,Is crosspost,"
    'Is share,Post type,Languages,Custom labels,Funded content status,Data comment,Date,Views,Reach,"Reactions, '
    'Comments and Shares",Reactions,Comments,Shares,Total clicks,Matched Audience Targeting Consumption (Photo Click),'
    "Other Clicks,Link Clicks,Negative feedback from users: Hide all,Seconds viewed,Average Seconds viewed,"
    "Estimated earnings (USD),Ad CPM (USD),Ad impressions"
)
URL = "https://www.facebook.com/100200300/posts/555000111"


def row(title: str = "Winterröster ist da", about: str = "", interactions: int = 17) -> str:
    """A post of 1 July with 12 reactions, 3 comments and 2 shares."""
    return (
        f"555000111,100200300,Nordlicht,{title},{about},0,07/01/2026 09:30,,{URL},0,0,Photos,,,,,Lifetime,"
        f'"1,204",900,{interactions},12,3,2,40,10,25,5,,,,,,'
    )


def export(*rows: str) -> bytes:
    return b"\xef\xbb\xbf" + "\r\n".join((HEADERS, *rows)).encode()


def test_a_row_becomes_a_post_with_its_numbers() -> None:
    """Views, reach, reactions, comments, shares and clicks are taken over; what is empty is not zero."""
    found = extract(export(row()))
    assert said_but_zone(found) == []
    assert values(found, "facebook:555000111") == {
        "views": 1204, "reach": 900, "likes": 12, "comments": 3, "shares": 2, "clicks": 40, "link_clicks": 5
    }  # fmt: skip
    assert {one.channel for one in found.observations} == {"facebook"}
    assert found.observations[0].published_at == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    (post,) = found.subjects
    assert (post.title, post.format, post.url) == ("Winterröster ist da", "photo", URL)


def test_the_caption_may_stand_in_the_description() -> None:
    """Which of the two columns is filled differs between exports."""
    found = extract(export(row("", '"Winterröster, jetzt"')))
    assert found.subjects[0].title == "Winterröster, jetzt"


@pytest.mark.parametrize("absent", ["Ad impressions", "Languages", "Negative feedback from users: Hide all"])
def test_a_month_with_fewer_columns_says_the_same(absent: str) -> None:
    """32, 33 or 34 columns: only those that are read have to be there."""
    names = HEADERS.replace('"Reactions, Comments and Shares"', "Sum").split(",")
    cells = row().replace('"1,204"', "1204").split(",")
    at = names.index(absent)
    del names[at], cells[at]
    found = extract("\n".join((",".join(names), ",".join(cells))))
    assert values(found, "facebook:555000111")["reach"] == 900


def test_sums_that_do_not_add_up_are_shown() -> None:
    """The parts are kept, and the reader learns that the network contradicts itself."""
    found = extract(export(row(interactions=20)))
    assert found.clean
    assert said(found)[0].startswith("export.csv:2:")
    assert "20 here, but Reactions, Comments, Shares add up to 17" in said(found)[0]


def test_a_post_that_leitstand_published_is_found_by_its_id() -> None:
    """The ledger's remote id is page and post; the export has the post alone. Its uid and its moment are the ledger's."""
    out = datetime(2026, 7, 1, 7, 29, 58, tzinfo=UTC)
    posts = {("facebook", key): KnownPost("01POST", out) for key in post_keys("100200300_555000111")}
    found = extract(export(row()), known=KnownPosts(posts))
    assert (found.matched, found.unmatched, found.subjects) == (1, 0, ())
    assert {(one.subject, one.published_at) for one in found.observations} == {("01POST", out)}


def test_another_page_is_a_question() -> None:
    """Numbers of a page that is no account of the workspace are not put into the only Facebook account there is."""
    found = extract(export(row().replace("100200300,Nordlicht", "999999999,Nordlicht")))
    assert found.observations == ()
    assert "no account of this workspace is 999999999" in said(found)[0]
    assert "--account (facebook)" in said(found)[0]


def test_other_exports_of_meta_are_not_taken_for_it() -> None:
    """Instagram's export has a post id and a time too."""
    assert recognised(export(row())) == "facebook-posts"
    assert recognised("Post ID,Account ID,Account username,Publish time,Likes\n1,2,n,07/01/2026 09:30,1\n") == (
        "instagram-posts"
    )
