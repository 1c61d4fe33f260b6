"""Sheets of networks: the very figures of the checks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolkit.messages import speak
from toolkit.networks import NETWORKS
from toolkit.networks.limits import Limit, say_source
from toolkit.pages.handbook.sheets import limit_word, say_limit

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

SLOTS = "```slots\nchannels: [mastodon]\ntimes: [mo 07:30, th 18:00]\n```\n"
HOURS = "```hours\nhours: [mo-fr 08:00-18:00]\ntargets:\n  - {first_response: 2h}\n```\n"


def test_a_sheet_says_what_the_checks_count(studio: Studio, outline: type[Outline]) -> None:
    """Every limit of the network stands there with its source as a link and the day it was checked."""
    studio.write("guidelines/netzwerke/mastodon.md", "# Mastodon\n\n```network\nmastodon\n```\n\nDanach\n")
    text = studio.page("handbook/netzwerke/mastodon.md")
    assert "```" not in text
    assert text.count('role="row"') == len(NETWORKS["mastodon"].limits) + 1
    assert "<b>500 characters</b>" in text
    assert ">docs.joinmastodon.org</a>" in text
    assert '<time datetime="2026-11-21">' in text
    assert 'href="../../../channels/mastodon/">Mastodon</a>' in text
    assert "by itself" in text
    assert outline(text).open == []


def test_a_sheet_says_when_the_house_posts_and_answers(studio: Studio) -> None:
    """Slots and service hours are those of the handbook's blocks, with a link to their page."""
    studio.write("guidelines/zeiten.md", f"# Zeiten\n\n{SLOTS}\n{HOURS}")
    studio.write("guidelines/mastodon.md", "# Mastodon\n\n```network\nmastodon\n```\n")
    text = studio.page("handbook/mastodon.md")
    assert 'href="../zeiten/">Mon 07:30; Thu 18:00</a>' in text


def test_what_is_said_of_a_source_is_said_in_the_language_of_the_page(studio: Studio) -> None:
    """Names of documents and remarks are translated, also those that hold for an API; addresses stay."""
    studio.write("guidelines/x.md", "# X\n\n```network\nfiles\n```\n\n```network\ninstagram\n```\n")
    assert "House rule; a folder has no limit" in studio.page("handbook/x.md")
    speak("de")
    text = studio.page("handbook/x.md")
    assert "Hausregel; ein Ordner hat keine Grenze" in text
    assert ">developers.facebook.com</a><small> (caption); nicht ganz eingesehen</small>" in text
    api = NETWORKS["instagram"].api
    assert api is not None
    assert say_source(api) == f"{api.source}; eingeführt am 29.07.2026; ihr Ende ist noch nicht genannt"


def test_an_unknown_network_says_so(studio: Studio) -> None:
    """With the names that are known, and without breaking the page."""
    studio.write("guidelines/x.md", "# X\n\n```network\nmyspace\n```\n")
    assert "there is no network myspace; known: feed, mastodon" in studio.page("handbook/x.md")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (2_000_000, "bytes", "2 MB"),
        (16_777_216, "bytes", "16.8 MB"),
        (3000, "bytes", "3000 B"),
        (65_525, "bytes", "66 kB"),
        (180, "seconds", "3 minutes"),
        (604_800, "seconds", "7 days"),
        (45, "seconds", "45 seconds"),
        (191, "hundredths of the height", "1.91 : 1"),
        (1500, "characters", "1\N{NARROW NO-BREAK SPACE}500 characters"),
        (7, "things", "7 things"),
    ],
)
def test_figures_are_said_for_people(value: int, unit: str, said: str) -> None:
    """Sizes, times and shapes in the words that people use."""
    assert say_limit(Limit("x", value, unit, "", "2026-11-21", "high")) == said


def test_every_limit_of_every_network_has_words() -> None:
    """A limit that a network's file adds is named here, too: no name of a program stands on a page for people."""
    names = {one.name for network in NETWORKS.values() for one in network.limits}
    assert [name for name in names if limit_word(name) == name.replace("_", " ").capitalize() and "_" in name] == []
