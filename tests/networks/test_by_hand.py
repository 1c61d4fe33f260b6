"""Networks on which people publish."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.model import Promise
from toolkit.networks import NETWORKS, by_hand, find_network
from toolkit.networks.base import Verified
from toolkit.settings import Account


def test_which_accounts_people_publish_on() -> None:
    """By the network's nature, or because leitstand.toml says so; an unknown network is nobody's."""
    assert by_hand(Account("a", "instagram", "a", hand_off=True))
    assert by_hand(Account("a", "mastodon", "a", hand_off=True))
    assert not by_hand(Account("a", "instagram", "a"))
    assert not by_hand(Account("a", "facebook", "a"))
    assert not by_hand(Account("a", "mastodon", "a"))
    assert not by_hand(Account("a", "unheard-of", "a"))


def test_a_network_may_be_of_this_nature(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package's network without an API for publishing needs no word in leitstand.toml."""
    parrot = replace(NETWORKS["x"], name="parrot", promise=Promise.HAND_OFF)
    monkeypatch.setattr("toolkit.networks.all_networks", lambda: {"parrot": parrot})
    assert by_hand(Account("a", "parrot", "a"))


def test_no_built_in_network_needs_a_person() -> None:
    """Whoever publishes by hand on one of them has chosen to; who cannot send says so wherever it is named."""
    assert not [network.name for network in NETWORKS.values() if network.promise is Promise.HAND_OFF]
    for network in NETWORKS.values():
        assert (network.connect is None) == (network.verified is Verified.NOT_SENDING)


@pytest.mark.parametrize(("hashtags", "taken"), [(0, True), (5, True), (6, False)])
def test_instagram_shows_five_hashtags(hashtags: int, taken: bool) -> None:
    """A sixth is one too many, however short the text is; a number behind the sign is no hashtag."""
    text = "Nr. #1: " + " ".join(f"#Tag{'abcdefg'[number]}" for number in range(hashtags))
    assert find_network("instagram").takes(text) is taken


@pytest.mark.parametrize("name", ["instagram", "facebook"])
def test_the_longest_way_to_count_is_taken(name: str) -> None:
    """An emoji counts two, so that a text that fits here fits whichever way the network counts."""
    network = find_network(name)
    limit = network.count("").limit
    assert network.count("🎄").length == 2
    assert network.count("a" * limit).valid
    assert not network.count("a" * (limit - 1) + "🎄").valid
