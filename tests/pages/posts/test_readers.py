from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolkit.messages import speaking
from toolkit.model import Count, Part, Rendition
from toolkit.networks import NETWORKS
from toolkit.pages.posts.readers import meanings, readers

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

PAGE = "posts/2026/12/tuer-1.md"


def said(**fields: str) -> str:
    part = Part("Moin", Count(4, 500, "characters"), fields=fields)
    with speaking("en"):
        return readers(Rendition("a", "a", "de", (part,))) or ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"visibility": "private"}, "Only followers see it"),
        ({"visibility": "LOGGED_IN", "resharing": "no"}, "Only people who are signed in see it; Nobody can repost it"),
        ({"labels": "nudity, !no-unauthenticated"}, "Only people who are signed in see it"),
        ({"reply_settings": "mentionedUsers"}, "Only those it mentions may reply"),
        ({"reply_control": "followers_only", "countries": "DE, <b>"}, "Only followers may reply; Shown only in DE, &lt;b&gt;"),
    ],
)  # fmt: skip
def test_who_is_kept_out_is_said_in_words(fields: dict[str, str], words: str) -> None:
    """Whatever the network calls it."""
    assert f"<span>{words}</span>" in said(**fields)


@pytest.mark.parametrize(
    "fields",
    [{}, {"visibility": "public"}, {"visibility": "PUBLIC", "resharing": "yes"}, {"reply_settings": "everyone"}, {"x": "y"}],
)  # fmt: skip
def test_what_everybody_sees_says_nothing(fields: dict[str, str]) -> None:
    """A card has room for what is not usual."""
    assert said(**fields) == ""


def test_only_what_a_network_knows_is_said() -> None:
    """Each option and each of its values stands in the words with which a network explains it."""
    for option, value in meanings():
        known = [one.options[option] for one in NETWORKS.values() if option in one.options]
        assert any(value in words for words in known), (option, value, known)


def test_the_card_shows_it(studio: Studio) -> None:
    """On the card of its channel, and on no other."""
    studio.post(channels="mastodon, bluesky", more="options: {mastodon: {visibility: unlisted}}\n")
    text = studio.page(PAGE)
    assert text.count("Unlisted: seen by whoever comes, in no public timeline") == 1
