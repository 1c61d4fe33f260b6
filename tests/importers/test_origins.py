"""What the tags of a link say about where a visit came from, read backwards from the links that we write."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.importers import KnownPost, KnownPosts
from toolkit.importers.origins import Origin, Origins, Tags, Tracking, source_and_medium, tags_of_address
from toolkit.settings import Account, ConversionPolicy, LinkPolicy
from toolkit.settings.links import DEFAULTS

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
ACCOUNTS = {
    name: Account(name, network, name)
    for name, network in {"mastodon": "mastodon", "bluesky": "bluesky", "bluesky-en": "bluesky", "x": "x"}.items()
}
CAMPAIGNS = frozenset({"advent-2026", "nachschub-abo"})


def origins(links: LinkPolicy | None = None, known: KnownPosts | None = None, **codes: str) -> Origins:
    tracking = Tracking(links or LinkPolicy(), ConversionPolicy(codes=codes), CAMPAIGNS)
    return Origins(tracking, ACCOUNTS, known or KnownPosts())


def policy(**patterns: str) -> LinkPolicy:
    return LinkPolicy(("nordlicht.example.com",), {**DEFAULTS, **patterns})


def test_a_network_with_one_account_is_that_account() -> None:
    """What the default policy writes is enough for a visit to find its account and its campaign."""
    assert origins().find(Tags("mastodon", "social", "advent-2026")) == Origin("mastodon", "", "advent-2026")


def test_a_network_with_two_accounts_is_neither() -> None:
    """Nobody guesses; the campaign is still known."""
    assert origins().find(Tags("bluesky", "social", "advent-2026")) == Origin("", "", "advent-2026")


def test_the_post_tells_which_of_two_accounts() -> None:
    """Where the ledger has the post on one of them only, it was that one."""
    known = KnownPosts({("bluesky-en", "3kabc"): KnownPost(UID, datetime(2026, 12, 1, tzinfo=UTC))})
    links = policy(utm_content="{uid}")
    found = origins(links, known).find(Tags("bluesky", "social", "advent-2026", UID))
    assert found == Origin("bluesky-en", UID, "advent-2026")


def test_an_ad_with_the_campaigns_name_is_no_post_of_ours() -> None:
    """Another medium than our links have: the campaign counts the visit, no account does."""
    assert origins().find(Tags("x", "cpc", "advent-2026")) == Origin("", "", "advent-2026")


def test_a_missing_tag_says_nothing() -> None:
    """A report of one tag alone still names the account, or the post."""
    assert origins().find(Tags("mastodon")) == Origin("mastodon")
    assert origins(policy(utm_content="{uid}")).find(Tags(content=UID)) == Origin("", UID)


def test_a_campaign_that_is_not_ours_is_none() -> None:
    """Names that no file of the workspace has stay unattributed."""
    assert origins().find(Tags("google", "cpc", "brand_search")) == Origin()


def test_statistics_that_write_all_in_small_letters_are_understood() -> None:
    """Matomo does; campaigns and uids are found in any case."""
    found = origins(policy(utm_content="{uid}")).find(Tags("MASTODON", "Social", "Advent-2026", UID.lower()))
    assert found == Origin("mastodon", UID, "advent-2026")


def test_an_account_in_the_pattern_is_certain() -> None:
    """A policy with {account} needs no guess between accounts of a network."""
    found = origins(policy(utm_source="{account}")).find(Tags("bluesky-en", "social"))
    assert found == Origin("bluesky-en")


@pytest.mark.parametrize("nothing", ["(not set)", "(direct)", "(none)", "", "-"])
def test_what_statistics_write_for_nothing_is_nothing(nothing: str) -> None:
    """(direct) / (none) is no source called so."""
    assert origins().find(Tags(nothing, nothing, nothing)) == Origin()


def test_a_discount_code_names_its_campaign_and_the_tags_know_better() -> None:
    """An order with a code and no tags belongs to the code's campaign."""
    found = origins(advent10="advent-2026")
    assert found.find(Tags(), ("ADVENT10",)).campaign == "advent-2026"
    assert found.find(Tags(campaign="nachschub-abo"), ("ADVENT10",)).campaign == "nachschub-abo"


@given(
    account=st.sampled_from(sorted(ACCOUNTS)),
    campaign=st.sampled_from(sorted(CAMPAIGNS)),
    uid=st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=25, max_size=25).map(lambda rest: f"0{rest}"),
    content=st.sampled_from(["{uid}", "{account}.{uid}", "{network}/{account}/{uid}"]),
)
def test_what_a_policy_writes_comes_back(account: str, campaign: str, uid: str, content: str) -> None:
    """For every account, campaign and post: tag a link, read its tags, and the same three come back."""
    links = policy(utm_source="{account}", utm_content=content)
    values = {"network": ACCOUNTS[account].network, "account": account, "campaign": campaign, "uid": uid}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in links.parameters(values).items())
    assert origins(links).find(tags_of_address(f"https://a.example/?x=1&{query}#y")) == Origin(account, uid, campaign)


@given(st.text(), st.text(), st.text(), st.text())
def test_any_tags_have_an_origin(source: str, medium: str, campaign: str, content: str) -> None:
    """Other people's tags are read, whatever stands in them, and never name an account that is none of ours."""
    found = origins(policy(utm_content="{uid}")).find(Tags(source, medium, campaign, content))
    assert found.channel in {"", *ACCOUNTS}
    assert found.campaign in {"", *CAMPAIGNS}


def test_source_and_medium_stand_in_one_cell() -> None:
    """GA4 writes both with a slash between them."""
    assert source_and_medium("mastodon / social") == ("mastodon", "social")
    assert source_and_medium("mastodon") == ("mastodon", "")


def test_matomos_own_parameters_are_the_same() -> None:
    """Links may carry mtm_campaign instead."""
    assert tags_of_address("/a?mtm_campaign=advent-2026&mtm_kwd=x") == Tags(campaign="advent-2026", term="x")
