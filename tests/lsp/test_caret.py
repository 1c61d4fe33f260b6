from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.lsp.caret import find_caret

# Front matter with the caret ‸ → keys around it, whether a key could stand there, the word.
PLACES = {
    "tit‸": ((), True, "tit"),
    "title: Ha‸": (("title",), False, "Ha"),
    "status: ‸\ntitle: x": (("status",), False, ""),
    'status: "re‸"': (("status",), False, "re"),
    "channels: [mastodon, blu‸e]": (("channels",), False, "blue"),
    "channels:\n  - mas‸": (("channels",), True, "mas"),
    "channels:\n- mas‸\n- x": (("channels",), True, "mas"),
    "media:\n  - file: media/tu‸": (("media", "file"), False, "media/tu"),
    "media:\n  - file: x\n    ki‸": (("media",), True, "ki"),
    "media:\n  - file: x\n  - ‸": (("media",), True, ""),
    "media: [{file: a, ‸": (("media",), True, ""),
    "options: {bluesky: {visib‸}}": (("options", "bluesky"), True, "visib"),
    "options:\n  bluesky:\n    lang‸": (("options", "bluesky"), True, "lang"),
    "options:\n  bluesky: {a: b}\nstatus: ‸": (("status",), False, ""),
    "options:\n  blue‸": (("options",), True, "blue"),
    "ignore: [{rule: al‸, reason: x}]": (("ignore", "rule"), False, "al"),
    "labels: [a,\n  b‸": (("labels",), False, "b"),
    "title: x\n‸": ((), True, ""),
    "‸": ((), True, ""),
}


@pytest.mark.parametrize("marked", PLACES)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_place_of_the_caret(marked: str, ending: str) -> None:
    """Keys and word are known in block and flow style, in tables, lists and both inside each other, half written."""
    before, _mark, after = f"---\n{marked}\n---\nText\n".replace("\n", ending).partition("‸")
    caret = find_caret(before + after, len(before))
    assert caret is not None
    assert (caret.path, caret.bare, (before + after)[caret.start : caret.end]) == PLACES[marked]


@pytest.mark.parametrize("marked", ["Text ‸", "---\ntitle: x\n---\nText ‸", "‸---\ntitle: x\n---\n"])
def test_outside_of_the_front_matter_is_no_place(marked: str) -> None:
    """The body and a file without front matter are left alone."""
    before, _mark, after = marked.partition("‸")
    assert find_caret(before + after, len(before)) is None


@given(
    text=st.text(st.sampled_from("ab: -#[]{},'\"\n\r\t😀"), max_size=40),
    closing=st.sampled_from(("", "\n---\n")),
    data=st.data(),
)
def test_no_text_breaks_it(text: str, closing: str, data: st.DataObject) -> None:
    """Whatever is half written, the word lies around the caret."""
    whole = f"---\n{text}{closing}"
    at = data.draw(st.integers(0, len(whole)))
    caret = find_caret(whole, at)
    assert caret is None or 4 <= caret.start <= at <= caret.end <= len(whole)
