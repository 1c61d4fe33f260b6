"""Networks on which people publish."""

from __future__ import annotations

import pytest

from toolkit.model import Promise
from toolkit.networks import NETWORKS, by_hand, find_network
from toolkit.networks.base import Verified
from toolkit.settings import Account


def test_which_accounts_people_publish_on() -> None:
    """By the network's nature, or because leitstand.toml says so; an unknown network is nobody's."""
    assert by_hand(Account("a", "instagram", "a"))
    assert by_hand(Account("a", "facebook", "a"))
    assert by_hand(Account("a", "mastodon", "a", hand_off=True))
    assert by_hand(Account("a", "linkedin", "a", hand_off=True))
    assert not by_hand(Account("a", "mastodon", "a"))
    assert not by_hand(Account("a", "unheard-of", "a"))


def test_nobody_claims_that_they_send() -> None:
    """A network of this class has no connection and says so wherever it is named."""
    found = [network for network in NETWORKS.values() if network.promise is Promise.HAND_OFF]
    assert [network.name for network in found] == ["instagram", "facebook"]
    for network in found:
        assert network.connect is None
        assert network.verified is Verified.NOT_SENDING
        assert "person" in network.verified_by


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
