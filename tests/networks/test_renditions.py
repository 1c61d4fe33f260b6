"""Renditions that are made once for a rule and a page."""

from __future__ import annotations

from dataclasses import replace

from toolkit.networks import NETWORKS
from toolkit.networks.filters import text_draft
from toolkit.networks.renditions import Renditions

MASTODON = NETWORKS["mastodon"]


def test_what_was_measured_is_shown() -> None:
    """Whoever shows a draft gets the very rendition that a rule measured, and nobody keeps it any longer."""
    made, draft = Renditions(), text_draft("Heute *frisch*.", MASTODON)
    measured = made.make(draft, MASTODON)
    assert made.make(draft, MASTODON) is measured
    assert made.take(draft, MASTODON) is measured
    again = made.take(draft, MASTODON)
    assert again == measured
    assert again is not measured


def test_another_draft_of_the_same_words_is_another() -> None:
    """A draft whose settings changed is rendered by its own, though the text is the same."""
    made, draft = Renditions(), text_draft("Heute frisch.", MASTODON)
    made.make(draft, MASTODON)
    longer = replace(draft, values={"max_characters": "5000"})
    assert made.take(longer, MASTODON).parts[0].count.limit == 5000
    assert made.take(draft, MASTODON).parts[0].count.limit == 500
