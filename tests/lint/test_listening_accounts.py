"""Hashtags and words of content/feeds.yml are looked for by accounts that can."""

from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hashtags: [{tag: '#kaffee', accounts: [mastodon, bluesky]}]", ""),
        ("terms: [{term: Nordlicht, accounts: [bluesky], kind: topic, language: de, without: [Polar]}]", ""),
        (
            "terms: [{term: Nordlicht, accounts: [mastodon]}]",
            "1:37 Mastodon finds hashtags only; list it under hashtags",
        ),
        ("hashtags: [{tag: kaffee, accounts: [feed]}]", "1:36 Feed"),
        ("hashtags: [{tag: kaffee, accounts: [mastodn]}]", "1:36 unknown account 'mastodn'; did you mean 'mastodon'?"),
        ("hashtags: [{tag: 'zwei wörter', accounts: [mastodon]}]", "1:18 a hashtag looks like: {tag: "),
        ("hashtags: [{tag: kaffee}]", "1:18 a hashtag looks like: {tag: "),
        ("hashtags: [{tag: kaffee, accounts: [mastodon], kind: rival}]", "1:54 kind must be one of ours, competitor"),
    ],
)
def test_what_an_account_cannot_look_for_is_told_at_its_place(desk: Desk, line: str, said: str) -> None:
    """An unknown account, a network that tells nothing, words where only hashtags are found, and slips of form."""
    desk.write("content/feeds.yml", f"{line}\n")
    found = [
        one for rule in ("settings", "front-matter") for one in desk.check(rule) if one.path == "content/feeds.yml"
    ]
    told = [f"{one.span.line}:{one.span.col} {one.message}" for one in found]
    assert len(told) == bool(said), told
    assert not said or told[0].startswith(said), told


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("competitor: Röstwerk", ""),
        ("competitor: Röstwerk, kind: competitor", ""),
        ("competitor: Röstwerk, kind: topic", "1:78 a competitor's feed is of kind competitor"),
        ("competitor: Röstwrk", "1:62 unknown competitor 'Röstwrk'; did you mean 'Röstwerk'?"),
    ],
)
def test_a_feed_names_a_competitor_that_is_tracked(desk: Desk, line: str, said: str) -> None:
    """As leitstand.toml calls it; such a feed speaks of a competitor, and of nobody else."""
    desk.settings(SETTINGS + '\n[competitors."Röstwerk"]\naccounts = {mastodon = "@r@x.example"}\n')
    desk.write("content/feeds.yml", f"feeds: [{{name: blog, url: 'https://x.example/f', {line}}}]\n")
    found = [
        one for rule in ("settings", "front-matter") for one in desk.check(rule) if one.path == "content/feeds.yml"
    ]
    assert [f"{one.span.line}:{one.span.col} {one.message}" for one in found] == ([said] if said else [])
