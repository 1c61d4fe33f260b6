"""What adapters say about their figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks import NETWORKS
from toolkit.networks.figures import Figures


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_says_what_it_counts_or_what_helps(name: str) -> None:
    """An adapter declares its figures with their source, or why there are none; meanings are about metrics it has."""
    network = NETWORKS[name]
    assert bool(network.figures) != bool(network.silence)
    figures = [network.figures, *network.figures.kinds.values()] if network.figures else []
    for one in filter(None, figures):
        assert one.source.startswith("https://")
        assert {*one.meanings, *one.late} <= {*one.metrics}
        assert one.together >= 1
        assert one.budget >= one.requests(1)
        assert bool(one.late) == bool(one.lag)


def test_a_persons_account_on_linkedin_tells_less_than_a_pages() -> None:
    """Statistics are those of pages; of a person's posts LinkedIn tells reactions and comments, and no followers."""
    linkedin = NETWORKS["linkedin"].figures
    assert linkedin
    assert "reach" in linkedin.of("urn:li:organization:1").posts
    assert linkedin.of("urn:li:person:abc").metrics == ("likes", "comments")


@given(posts=st.integers(0, 500), together=st.integers(1, 100), each=st.integers(0, 3))
def test_requests_are_never_fewer_than_posts_allow(posts: int, together: int, each: int) -> None:
    """Every post is in one request that holds at most `together`, and no request is empty."""
    requests = Figures(("likes",), "https://example.com", together=together, each=each).requests(posts)
    batches = requests - posts * each
    assert batches * together >= posts > (batches - 1) * together if posts else requests == 0


def test_a_late_metric_is_not_zero() -> None:
    """Meta's insights come up to 48 hours late: until then zero views are no views known; likes are told at once."""
    figures = Figures(("likes", "views"), "https://example.com", late=("views",), lag=timedelta(hours=48))
    told = {"likes": 0.0, "views": 0.0}
    assert figures.told(told, timedelta(hours=47)) == {"likes": 0.0}
    assert figures.told({**told, "views": 3.0}, timedelta(hours=1)) == {"likes": 0.0, "views": 3.0}
    assert figures.told(told, timedelta(hours=48)) == told
