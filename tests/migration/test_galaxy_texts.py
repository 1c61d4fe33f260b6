from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.migration.galaxy import Entry, read_export
from toolkit.migration.galaxy.texts import as_markdown, reads_differently, split_text, tell
from toolkit.networks import find_network
from toolkit.networks.markup import read_markup
from toolkit.networks.plain import plain_text
from toolkit.source import read_body

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", ". "])), max_size=40).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@given(TEXTS, st.integers(12, 80))
def test_splitting_loses_nothing(text: str, limit: int) -> None:
    """Every letter is in one part, in its order; a part that is too long is a single word."""
    parts = list(split_text(text, lambda part: len(part) <= limit))
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(part) <= limit or len(part.split()) == 1 or part == parts[-1] for part in parts)
    assert all(part == part.strip() and part for part in parts)


def test_paragraphs_are_better_places_than_words() -> None:
    """A text is cut between paragraphs where that is not a waste, else between sentences, else between words."""
    assert list(split_text("aaa bbb\n\nccc ddd", lambda part: len(part) <= 12)) == ["aaa bbb", "ccc ddd"]
    assert list(split_text("Aaa. Bbb ccc ddd", lambda part: len(part) <= 9)) == ["Aaa.", "Bbb ccc", "ddd"]


@pytest.mark.parametrize(
    "text",
    [
        "Title\n-----\nText",
        "One\n\n---\n\nTwo",
        "One\n\n- - -\n\nTwo",
        "A\n\n## @bluesky\n\nB",
        "A\n    four",
        "T\n====\nx",
    ],
)
def test_nothing_means_what_only_leitstand_means(text: str) -> None:
    """A line of dashes starts no part, a heading no variant, blanks no code; the words stay."""
    body = read_body(as_markdown(text))
    assert not body.variants
    assert len(body.variant("x", "x").parts) == 1
    letters = re.sub(r"[\W_]", "", text)
    assert re.sub(r"[\W_]", "", plain_text(read_markup(as_markdown(text)))) == letters


def test_markup_is_pointed_out() -> None:
    """Plain text reads as it was sent; bold text and links do not, because their signs were sent too."""
    assert not reads_differently("Plain #tag https://example.com/a_b @me@x.example\n🚀 Text")
    assert reads_differently("**Bold**")
    assert reads_differently("[Link](https://example.com)")


def test_the_tail_is_as_it_was() -> None:
    """Mentions, then hashtags, each with its sign once."""
    entry = Entry("posts/a.md", ("m",), "Text", mentions={"m": ("@a@b.example", "c")}, hashtags={"m": ("X", "#Y")})
    assert tell(entry, "m", find_network("mastodon")).parts == ("Text\n\n@a@b.example @c\n#X #Y",)


def test_every_real_text_fits_and_is_whole(shared_data: Path) -> None:
    """Of all real posts, on every account: each part fits as the network counts, and together they are the text."""
    networks = {"matrix": "files"}
    told = 0
    for entry in read_export(shared_data / "galaxy-social").entries:
        for channel in entry.channels:
            word = channel.partition("-")[0]
            telling = tell(entry, channel, find_network(networks.get(word, word)))
            assert telling.whole, (entry.path, channel)
            joined = _letters("".join(telling.parts))
            assert joined.startswith(_letters(as_markdown(entry.text)))
            tags = [*entry.mentions.get(channel, ()), *entry.hashtags.get(channel, ())]
            assert all(_letters(tag) in joined for tag in tags)
            told += 1
    assert told > 500


def _letters(text: str) -> str:
    return "".join(text.split())
