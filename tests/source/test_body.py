from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.source import body as room
from toolkit.source import read_body

PIECES = st.sampled_from(
    ["Hallo", "Welt", "---", "- - -", "--", "-", "***", "## @bluesky", "## @mastodon-en", "## Überschrift", "# @x", "",
     "```", "> Zitat", "> ---", "- Punkt", "  ---", "    ---", "\t---", "<!--", "-->", "<div>", "## @a b", "=== ", "ä👍",
     "##  @feed ##", "1. eins", "## @"]
)  # fmt: skip
BODIES = st.tuples(st.lists(PIECES, max_size=14), st.sampled_from(["\n", "\r\n", "\r"])).map(
    lambda drawn: drawn[1].join(drawn[0])
)


def test_variants_and_parts() -> None:
    """Text before the first heading is everybody's; a variant replaces it; dashes part a thread."""
    found = read_body("Für alle.\n\n---\n\nZwei.\n\n## @bluesky\n\nKurz.\n\n## @feed\n\nLang.\n\n- - -\n\nLänger.\n")
    assert [part.text for part in found.default.parts] == ["Für alle.", "Zwei."]
    assert [part.text for part in found.variant("bluesky").parts] == ["Kurz."]
    assert [part.text for part in found.variant("rss", "feed").parts] == ["Lang.", "Länger."]
    assert found.variant("mastodon") is found.default


@pytest.mark.parametrize(
    "text",
    ["```\n---\n\n## @bluesky\n```", "> a\n>\n> ---\n>\n> ## @bluesky", "- a\n\n  ---\n\n  ## @bluesky", "    ---",
     "***", "___", "## bluesky", "### @bluesky", "Text ## @bluesky"],
)  # fmt: skip
def test_what_parts_nothing(text: str) -> None:
    """Inside code, quotes and lists, and written otherwise, nothing is parted."""
    found = read_body(text)
    assert (found.variants, len(found.default.parts)) == ((), 1)
    assert found.default.parts[0].text == text


def test_dashes_below_text_are_noted() -> None:
    """A line of dashes directly below text is a heading in Markdown; where it stands is remembered."""
    text = "Eins\n---\nZwei\n\n---\n\nDrei\n-\n"
    assert [text[at:].split("\n", 1)[0] for at in read_body(text).underlines] == ["---", "-"]


@given(BODIES | st.text(max_size=200))
def test_chunks_know_where_they_stand(text: str) -> None:
    """Each part is the stretch of text that it says, in order, and what lies between them is no sentence."""
    found = read_body(text)
    chunks = [part for variant in (found.default, *found.variants) for part in variant.parts]
    at = 0
    for chunk in chunks:
        assert text[chunk.start : chunk.start + len(chunk.text)] == chunk.text
        assert chunk.start >= at
        between = text[at : chunk.start]
        assert not re.search(r"[^\W\d_]", re.sub(r"(?m)##[ \t]+@[\w-]+[ \t#]*", "", between)), between
        at = chunk.start + len(chunk.text)
    assert not re.search(r"[^\W\d_]", re.sub(r"(?m)##[ \t]+@[\w-]+[ \t#]*", "", text[at:]))


@given(BODIES)
def test_the_quick_way_is_the_same_way(text: str) -> None:
    """A body that seems to need no parse has nothing that a parse would find."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_NEEDS_PARSE", re.compile(""))
        parsed = read_body.__wrapped__(text)
    quick = read_body.__wrapped__(text)
    assert quick.underlines == parsed.underlines
    assert quick.variants == parsed.variants
    assert [part.text for part in quick.default.parts] == [part.text for part in parsed.default.parts]
