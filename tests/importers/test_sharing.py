"""Sums are conserved when amounts are shared out: the whole is everything, once, and parts never go into it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.importers.origins import Origin
from toolkit.importers.sharing import Amount, Whole, share_out

DAY = datetime(2026, 11, 20, 11, tzinfo=UTC)
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"

amounts = st.lists(
    st.builds(
        Amount,
        at=st.integers(0, 3).map(lambda days: DAY + timedelta(days=days)),
        metric=st.sampled_from(["visits", "leads"]),
        value=st.integers(-50, 1000).map(float),
        origin=st.builds(
            Origin,
            channel=st.sampled_from(["", "mastodon", "x"]),
            post=st.sampled_from(["", UID]),
            campaign=st.sampled_from(["", "advent-2026", "abo"]),
        ),
    )
)


@given(amounts)
def test_the_whole_is_the_sum_of_all(given_amounts: list[Amount]) -> None:
    """On every day and for every metric `site` has exactly what the file has, however it is shared out."""
    sums = share_out(given_amounts, Whole("site"))
    for day in {one.at for one in given_amounts}:
        for metric in ("visits", "leads"):
            mine = [one.value for one in given_amounts if (one.at, one.metric) == (day, metric)]
            assert sums.get(("site", "", metric, day), 0.0) == sum(mine)


@given(amounts)
def test_attributed_and_not_attributed_make_the_whole(given_amounts: list[Amount]) -> None:
    """What came from something of ours and what did not add up to everything."""
    sums = share_out(given_amounts, Whole("site"))
    attributed = sum(one.value for one in given_amounts if one.origin.known)
    apart = sum(value for (_subject, _channel, metric, _at), value in sums.items() if metric.endswith("_unattributed"))
    whole = sum(value for (subject, _channel, metric, _at), value in sums.items()
                if subject == "site" and not metric.endswith("_unattributed"))  # fmt: skip
    assert attributed + apart == whole


@given(amounts)
def test_each_part_has_what_its_origin_says(given_amounts: list[Amount]) -> None:
    """Accounts, campaigns and posts have the sum of their own amounts, no more and no less."""
    sums = share_out(given_amounts, Whole("shop", "shopify"))
    for subject, wanted in (
        ("campaign:abo", sum(one.value for one in given_amounts if one.origin.campaign == "abo")),
        (UID, sum(one.value for one in given_amounts if one.origin.post)),
        ("account", sum(one.value for one in given_amounts if one.origin.channel)),
    ):
        assert sum(value for place, value in sums.items() if place[0] == subject) == wanted


@given(amounts)
def test_some_of_a_day_is_no_whole(given_amounts: list[Amount]) -> None:
    """A report of campaigns alone says nothing about the website's total."""
    assert not [place for place in share_out(given_amounts, Whole("site", complete=False)) if place[0] == "site"]


@pytest.mark.parametrize(("origin", "places"), [
    (Origin(), {("site", "", "visits"), ("site", "", "visits_unattributed")}),
    (Origin("x", UID, "abo"), {
        ("site", "", "visits"), ("account", "x", "site_visits"), ("campaign:abo", "x", "visits"), (UID, "x", "visits"),
    }),
])  # fmt: skip
def test_where_an_amount_goes(origin: Origin, places: set[tuple[str, str, str]]) -> None:
    """A visit is counted once for each thing that brought it."""
    assert {place[:3] for place in share_out([Amount(DAY, "visits", 1, origin)], Whole("site"))} == places


@given(amounts)
def test_a_file_without_tags_says_nothing_about_elsewhere(given_amounts: list[Amount]) -> None:
    """That a file names no origin does not mean that everybody came from elsewhere."""
    sums = share_out(given_amounts, Whole("site", tagged=False))
    assert not [place for place in sums if place[2].endswith("_unattributed")]
