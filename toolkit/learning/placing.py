"""Where in the handbook a finding belongs: on the page that says so, ``learns: [times, formats]`` in its front matter.

=============  ===============================================
`times`        weekdays, parts of the day, posting slots
`pillars`      pillars
`formats`      formats
`texts`        words, and how a text is made
`hashtags`     hashtags
`experiments`  what experiments brought
`rules`        rules that are always obeyed, or never
`goals`        targets
`promises`     answering times
=============  ===============================================

What no page takes up stands on `guidelines/learned.md`, which is made when it is needed. A goal's page is the strategy
the page of a house's rule or of a promise the one that explains it, whatever anybody takes up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.learning.question import Kind
from toolkit.workspace import HandbookPage
from toolkit.workspace.decisions import learned_topics

OTHERWISE: Final = "guidelines/learned.md"
TOPICS: Final[Mapping[Kind, str]] = {
    Kind.WEEKDAY: "times",
    Kind.PART: "times",
    Kind.SLOT: "times",
    Kind.PILLAR: "pillars",
    Kind.FORMAT: "formats",
    Kind.WORD: "texts",
    Kind.SHAPE: "texts",
    Kind.HASHTAG: "hashtags",
    Kind.EXPERIMENT: "experiments",
    Kind.RULE: "rules",
    Kind.GOAL: "goals",
    Kind.PROMISE: "promises",
}


def find_page(pages: Iterable[HandbookPage], kind: Kind) -> str:
    """The first page, by path, that takes up findings of this kind."""
    return next((page.path for page in pages if TOPICS[kind] in learned_topics(page)), OTHERWISE)
