"""Drafts as Telegram's messages: what is styled, how long it is, and what a caption may hold."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Media
from toolkit.networks.filters import text_draft
from toolkit.networks.telegram import NETWORK
from toolkit.networks.telegram.render import count


def entities(markdown: str) -> tuple[str, list[dict[str, object]]]:
    (part,) = NETWORK.render(text_draft(markdown, NETWORK)).parts
    found = json.loads(part.fields.get("entities", "[]"))
    assert isinstance(found, list)
    return part.text, found


def test_headings_lists_and_quotes_stay_readable() -> None:
    """A heading is bold, a list has its marks, a quote its sign, a relative link is only its label."""
    text, found = entities("# Neu\n\n- *eins*\n- [zwei](/dort)\n\n> Zitat")
    assert text == "Neu\n\n• eins\n• zwei\n\n> Zitat"
    assert found == [{"type": "bold", "offset": 0, "length": 3}, {"type": "italic", "offset": 7, "length": 4}]


def test_with_a_medium_the_shorter_limit_counts() -> None:
    """A caption has 1024 characters, a message 4096; later parts of a thread are messages."""
    draft = replace(text_draft("eins\n\n---\n\nzwei", NETWORK), media=(Media("media.0", "media/a.png"),))
    assert [part.count.limit for part in NETWORK.render(draft).parts] == [1024, 4096]
    assert [len(part.attachments) for part in NETWORK.render(draft).parts] == [1, 0]


def test_emoji_count_in_utf_16() -> None:
    """One tree is two units, a letter one."""
    assert (count("🎄a").length, count("x" * 4096).valid, count("x" * 4095 + "🎄").valid) == (3, True, False)


WORDS = st.lists(
    st.sampled_from(["a", "🎄", "ü", "**b**", "*c*", "`d`", "[e](https://e.de)", " ", "\n", "_", "<", "&"])
)


@given(words=WORDS)
def test_entities_lie_within_the_text(words: list[str]) -> None:
    """Offsets are whole characters in UTF-16, inside the text and in order."""
    text, found = entities("".join(words))
    units = text.encode("utf-16-le")
    for one in found:
        start, size = int(str(one["offset"])), int(str(one["length"]))
        assert 0 <= start < start + size <= len(units) // 2
        shown = units[2 * start : 2 * (start + size)].decode("utf-16-le")
        assert shown.strip()
    assert [one["offset"] for one in found] == sorted(int(str(one["offset"])) for one in found)
