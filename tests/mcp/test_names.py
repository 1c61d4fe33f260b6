"""Names in texts of the inbox: who wrote is not to be read from what was written."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.mcp.door import Answer, Door
from toolkit.mcp.inbox import list_inbox, read_conversation
from toolkit.mcp.names import Mask

ANNA: Final = {"author": "@anna.muster@post.example", "name": "Anna Muster"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Annas Paket, Anna's Paket, ANNA MUSTERS Paket", "… Paket, … Paket, … Paket"),
        ("> Am 3.11. schrieb Anna Muster <a+x@b.example>:", "> Am 3.11. schrieb … <@…>:"),
        ("anna.muster, anna_muster, AnnaMuster, anna-muster", "…, …, …, …"),
        ("Mail an o.neill@post.example und @max@b.example", "Mail an @… und @…"),
        ("https://x.example/anna.muster/17", "https://x.example/…/17"),
        ("Frau Muster war da, ein muster ist das nicht", "Frau … war da, ein muster ist das nicht"),
        ("Annalena und Hannah, Musterstadt", "Annalena und Hannah, Musterstadt"),
    ],
)
def test_a_name_goes_in_every_form(text: str, left: str) -> None:
    """Handle, full name and its words, with genitive and any joint; longer words that begin so stay."""
    assert Mask.of([ANNA])(text) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Rose", "Rose schenkt mir eine rose", "… schenkt mir eine rose"),
        ("Mark", "Das kostet keine mark, sagt Mark", "Das kostet keine mark, sagt …"),
        ("Jo", "Jo war da, jo", "… war da, jo"),
        ("Maria von der Aa", "von der Post kam maria von der aa", "von der Post kam …"),
        ("李明", "李明说好", "…说好"),
        ("Ju\u0308rgen", "J\u00fcrgens Kaffee", "… Kaffee"),
        ("...", "Nun ja ...", "Nun ja ..."),
        ("Anna \N{HOT BEVERAGE}", "Hallo Anna \N{HOT BEVERAGE}", "Hallo … \N{HOT BEVERAGE}"),
        ("Dr. Anna Schmidt (sie)", "Dr. Anna Schmidt (sie), Frau Schmidts Paket", "…), Frau … Paket"),
    ],
)
def test_a_name_that_is_a_word_is_one_where_it_is_written_so(name: str, text: str, left: str) -> None:
    """A word in small letters stays; names of two letters, of scripts without blanks, and in two spellings go."""
    assert Mask.of([{"author": "@x17@y.example", "name": name}])(text) == left


@pytest.mark.parametrize("text", ["a" * 200_000, "@" + "." * 200_000, "@a" * 100_000, "a." * 100_000 + "@"])
def test_a_text_made_to_take_long_takes_no_time(text: str) -> None:
    """Two hundred thousand letters in a blink; texts are strangers'."""
    begun = time.process_time()
    Mask.of([ANNA])(text)
    assert time.process_time() - begun < 3


def test_line_separators_of_people_part_no_answers() -> None:
    """What a command prints are lines of JSON, which may hold any character but a newline."""
    said = {"text": "eins\u2028zwei\u0085drei\u2029vier\x0cfünf"}
    door = Door(Path("/nowhere"), lambda _args: Answer(0, json.dumps(said, ensure_ascii=False) + "\n", ""))
    assert door.object("status") == said


LETTERS: Final = "abcdefghijklmnopqrstuvwxyzäöüéçñøß"
WORD: Final = st.text(LETTERS, min_size=1, max_size=8)
HANDLE: Final = st.builds(
    lambda parts, joint, end: f"@{joint.join(parts)}{end}",
    st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=6), min_size=1, max_size=3),
    st.sampled_from([".", "_", "-", ""]),
    st.sampled_from(["", "@post.example", ".bsky.social"]),
)
NAME: Final = st.lists(WORD.map(str.capitalize), min_size=1, max_size=3).map(" ".join)
AUTHOR: Final = st.fixed_dictionaries({"author": HANDLE, "name": NAME})
AROUND: Final = st.sampled_from([" ", "\n> ", "„", "(", "/", ": ", "_", "*", "#", ", "])
ENDING: Final = st.sampled_from(["", "s", "'s", "\N{RIGHT SINGLE QUOTATION MARK}s"])


@given(st.data(), st.lists(AUTHOR, min_size=1, max_size=4), st.text(max_size=40))
def test_no_handle_and_no_name_leaves(data: st.DataObject, authors: list[dict[str, str]], rest: str) -> None:
    """By either tool, wherever they stand, with any ending, and whoever of the answer's authors is spoken of."""
    pieces = [rest]
    for one in authors:
        handle = one["author"].removeprefix("@")
        said = data.draw(st.sampled_from([one["author"], handle, handle.partition("@")[0], one["name"]]))
        pieces += [data.draw(AROUND), said, data.draw(ENDING), data.draw(AROUND)]
    text = "".join(pieces)
    entries = [{**one, "own": False, "kind": "comment", "text": text} for one in authors]

    def ask(args: Sequence[str]) -> Answer:
        listed = {"conversations": [{**one, "last": text} for one in authors], "more": False}
        found = listed if "list" in args else {**authors[0], "entries": [*entries, {"own": True, "text": text}]}
        return Answer(0, json.dumps(found), "")

    door = Door(Path("/nowhere"), ask)
    listed, read = list_inbox(door, "", 50), read_conversation(door, "c1")
    shown = [one["last"] for one in listed["conversations"]] + [one["text"] for one in read["entries"]]  # type: ignore[attr-defined]  # lists
    for one in authors:
        handle = one["author"].removeprefix("@")
        for name in (handle, handle.partition("@")[0], one["name"]):
            whole = re.compile(rf"(?<![^\W_]){re.escape(name)}s?(?![^\W_])")
            assert not [said for said in shown if whole.search(said)], (name, shown)
