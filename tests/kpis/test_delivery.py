"""Who delivers a KPI: what adapters declare is what they count, and every need of a KPI is met."""

from __future__ import annotations

import pytest

from toolkit.kpis import KPIS
from toolkit.kpis.delivery import exports_of, imported_metrics, is_enough, networks_of
from toolkit.kpis.facts import DAY_METRICS, POST_METRICS, RESPONSE
from toolkit.networks import NETWORKS
from toolkit.networks.base import Capability
from toolkit.networks.bluesky import counted as bluesky
from toolkit.networks.facebook import connection as facebook
from toolkit.networks.instagram import connection as instagram
from toolkit.networks.linkedin import figures as linkedin
from toolkit.networks.mastodon import api as mastodon
from toolkit.networks.threads.connection import METRICS as THREADS
from toolkit.networks.threads.connection import house_metrics
from toolkit.networks.x import figures as x

KNOWN = {*POST_METRICS, *(name for names in DAY_METRICS.values() for name in names), "followers", "mentions", RESPONSE}


def test_who_counts_says_what() -> None:
    """An adapter declares metrics exactly when it can count, and only such as a KPI's facts know."""
    for name, network in NETWORKS.items():
        assert bool(network.counted) == (Capability.COUNTS in network.capabilities), name
        assert set(network.counted) <= KNOWN, name


@pytest.mark.parametrize(
    ("network", "told"),
    [
        ("bluesky", set(bluesky.METRICS)),
        ("facebook", {"likes", "comments", "shares", *facebook.METRICS.values()}),
        ("instagram", {"likes", "comments", *instagram.METRICS.values()}),
        ("linkedin", set(linkedin.STATISTICS.values())),
        ("mastodon", set(mastodon.COUNTS.values())),
        ("threads", set(house_metrics(dict.fromkeys(THREADS, 1.0)))),
        ("x", {"shares", *x.PUBLIC.values(), *x.PRIVATE.values()}),
    ],
)
def test_declared_is_what_is_read(network: str, told: set[str]) -> None:
    """The declaration names the metrics that the adapter's own tables read, and the account's followers."""
    assert {*told, "followers"} == set(NETWORKS[network].counted)


def test_a_kpi_names_its_networks() -> None:
    """Reach comes from three APIs, a rate over it from the same; Mastodon tells no views, so no rate over views."""
    assert (
        networks_of(KPIS["reach"])
        == networks_of(KPIS["engagement_rate_reach"])
        == ("facebook", "instagram", "linkedin")
    )
    assert "mastodon" in networks_of(KPIS["engagement_rate_followers"])
    assert "mastodon" not in networks_of(KPIS["engagement_rate_views"])
    assert networks_of(KPIS["revenue"]) == ()


def test_a_kpi_names_its_exports() -> None:
    """An export's own columns count; an export of posts needs the API for the followers of a rate."""
    assert imported_metrics()["instagram-posts"] >= {"likes", "saves", "reach"}
    assert "instagram-posts" in exports_of(KPIS["reach"])
    assert "instagram-posts" in exports_of(KPIS["engagement_rate_followers"])
    assert "x-posts" not in exports_of(KPIS["reach"])


@pytest.mark.parametrize("name", KPIS)
def test_every_need_is_a_metric_that_somebody_can_send(name: str) -> None:
    """Each KPI needs metrics that facts know, and with all of them it has what it needs."""
    kpi = KPIS[name]
    assert all(need and need <= KNOWN for need in kpi.needs)
    assert is_enough(kpi, KNOWN)
    assert not kpi.needs or not is_enough(kpi, ())
