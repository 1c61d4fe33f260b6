"""What one account gets of a post: precedence of account, post, options and variants."""

from __future__ import annotations

from textwrap import dedent

import pytest

from toolkit.settings import Settings, read_settings
from toolkit.source import read_post
from toolkit.workspace import Draft, drafts

SETTINGS = """\
format = 1
[workspace]
id = "x"
timezone = "Europe/Berlin"
languages = ["de", "en"]
[accounts.mastodon]
network = "mastodon"
options = {visibility = "unlisted"}
[accounts.mastodon-en]
network = "mastodon"
language = "en"
timezone = "America/New_York"
[accounts.bluesky]
network = "bluesky"
"""


@pytest.fixture
def settings() -> Settings:
    found, _problems = read_settings(SETTINGS)
    assert found is not None
    return found


def draft(settings: Settings, account: str, text: str) -> Draft:
    post, problems = read_post("content/posts/a.md", dedent(text).encode(), settings)
    assert post is not None
    assert problems == []
    [found] = [one for one in drafts(post, settings) if one.account.name == account]
    return found


def test_language_comes_from_options_then_post_then_account_then_workspace(settings: Settings) -> None:
    """The nearest word about the language wins."""
    head = "---\nchannels: [mastodon, mastodon-en, bluesky]\n"
    assert draft(settings, "mastodon", head + "---\nHallo\n").language == "de"
    assert draft(settings, "mastodon-en", head + "---\nHallo\n").language == "en"
    assert draft(settings, "mastodon-en", head + "language: de\n---\nHallo\n").language == "de"
    options = head + "language: de\noptions:\n  mastodon: {language: fr}\n  mastodon-en: {language: en}\n---\nHallo\n"
    assert [draft(settings, name, options).language for name in settings.accounts] == ["fr", "en", "de"]


def test_publish_is_read_on_the_account_s_clock(settings: Settings) -> None:
    """A wall time without a zone of its own means the account's zone; a zone in the post means what it says."""
    text = "---\nchannels: [bluesky, mastodon-en]\npublish: 2026-12-01 07:30\n---\nHallo\n"
    berlin, york = draft(settings, "bluesky", text).publish, draft(settings, "mastodon-en", text).publish
    assert berlin is not None
    assert york is not None
    assert f"{berlin.instant():%H:%M}" == "06:30"
    assert f"{york.instant():%H:%M}" == "12:30"
    fixed = draft(settings, "mastodon-en", text.replace("publish", "timezone: Europe/Berlin\npublish")).publish
    assert fixed is not None
    assert fixed.instant() == berlin.instant()


def test_options_of_the_account_win_over_those_of_the_network(settings: Settings) -> None:
    """Defaults of the account, then options for the network, then options for the account."""
    text = """\
        ---
        channels: [mastodon, mastodon-en]
        options:
          mastodon-en: {visibility: private}
          mastodon: {content_warning: Werbung}
        ---
        Hallo
        """
    assert draft(settings, "mastodon", text).values == {"visibility": "unlisted", "content_warning": "Werbung"}
    assert draft(settings, "mastodon-en", text).values == {"visibility": "private", "content_warning": "Werbung"}


def test_a_variant_replaces_the_text_for_its_account_or_network(settings: Settings) -> None:
    """`## @name` means the account of that name first, else every account of that network."""
    text = """\
        ---
        channels: [mastodon, mastodon-en, bluesky]
        ---
        Für alle

        ---

        Zweiter Teil

        ## @mastodon

        Für Mastodon

        ## @mastodon-en

        For English readers
        """
    assert draft(settings, "bluesky", text).parts == ("Für alle", "Zweiter Teil")
    assert draft(settings, "mastodon", text).parts == ("Für Mastodon",)
    assert draft(settings, "mastodon-en", text).parts == ("For English readers",)


def test_a_channel_named_twice_is_one_draft(settings: Settings) -> None:
    """Repeating a channel never sends twice."""
    text = "---\nchannels: [bluesky, bluesky]\n---\nHallo\n"
    assert draft(settings, "bluesky", text).account.name == "bluesky"
