"""Markdown that is written again means what it meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks.markdown import Flavour, markdown_text
from toolkit.networks.markup import read_blocks
from toolkit.networks.plain import plain_text


def again(markdown: str, flavour: Flavour | None = None) -> str:
    return markdown_text(read_blocks(markdown), flavour)


@pytest.mark.parametrize(
    ("markdown", "written"),
    [
        ("# Neu *hier*", "# Neu *hier*"),
        ("Text **fett** und `x_y`", "Text **fett** und `x_y`"),
        ("[Shop](https://a.de/(b)) <https://c.de/a_b>", "[Shop](https://a.de/%28b%29) https://c.de/a_b"),
        ("* eins\n  1. zwei\n* drei", "- eins\n  1. zwei\n- drei"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("```\nx\n```", "```\nx\n```"),
        ("a<!-- geheim -->b", "ab"),
        (r"\# kein \* Stern", r"\# kein \* Stern"),
        (r"2026\. Jahr", r"2026\. Jahr"),
        ("#tag und -5 Grad", "#tag und -5 Grad"),
        (r"\-# klein", r"\-# klein"),
        ("AT&T &amp;copy; x", r"AT&T \&copy; x"),
        ("a\n\\---", "a\n\\---"),
        ("a_b https://x.de/a_b_c", r"a\_b https://x.de/a_b_c"),
    ],
)
def test_markdown_is_cleaned_and_kept(markdown: str, written: str) -> None:
    """Styles, links, lists, quotes and code stay; comments go; what was literal stays literal."""
    assert again(markdown) == written


def test_a_flavour_says_how_deep_headings_go() -> None:
    """What is deeper than the reader takes is strong text."""
    assert again("#### Vier", Flavour(headings=3)) == "**Vier**"


WORDS = [
    "Wort",
    "**fett**",
    "*schräg*",
    "`code`",
    "[Shop](https://b.de/x)",
    "https://a.de/a_b",
    r"\*",
    r"\_",
    "a_b",
    "1.",
]
BREAKS = [" ", " ", " ", "\n", "\n\n", "\n\n- ", "\n\n> ", "\n\n## ", "\n\n1. "]


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BREAKS)), max_size=12))
def test_written_again_it_reads_the_same(pieces: list[tuple[str, str]]) -> None:
    """The plain text of what was written is that of the original, and writing once more changes nothing."""
    markdown = "".join(word + gap for word, gap in pieces)
    once = again(markdown)
    assert plain_text(read_blocks(once)) == plain_text(read_blocks(markdown))
    assert again(once) == once
