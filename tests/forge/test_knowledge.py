"""What is known of a forge survives restarts, and a broken file is no trouble."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.forge import Given, Knowledge, Pull, read_knowledge, write_knowledge
from toolkit.forge.knowledge import FILE, keep_only
from toolkit.settings import ForgePlace

PLACE = ForgePlace("github", "a/b", "https://api.github.com")
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
GIVEN = Given("01JDK3V7Q2M8X4T6R9A0B1C2D3", "octocat", AT, "sha256:1", 7, "c" * 40)
KNOWN = Knowledge(AT, AT, "", {"d" * 40: (Pull(7, "mia", "main", "d" * 40),)}, {7: (GIVEN,)}, {7: AT})


def test_it_reads_what_was_written(tmp_path: Path) -> None:
    """The same values come back; nobody else can read the folder that is made for them."""
    state = tmp_path / "state"
    write_knowledge(state, PLACE, KNOWN)
    assert read_knowledge(state, PLACE) == KNOWN
    assert [path.name for path in state.iterdir()] == [FILE]


def test_another_forge_is_another_matter(tmp_path: Path) -> None:
    """What one repository's reviewers said is nothing for another, nor where there is no forge any more."""
    write_knowledge(tmp_path, PLACE, KNOWN)
    assert read_knowledge(tmp_path, ForgePlace("github", "a/other", PLACE.url)) == Knowledge()
    assert read_knowledge(tmp_path, None) == Knowledge()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', "null", "[" * 100_000])
def test_a_broken_file_is_as_none(tmp_path: Path, text: str) -> None:
    """It is learned again; nothing is made of half a file."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert read_knowledge(tmp_path, PLACE) == Knowledge()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(pulls=JSON, approvals=JSON, looked=JSON)
def test_strange_values_never_raise(
    tmp_path_factory: pytest.TempPathFactory, pulls: object, approvals: object, looked: object
) -> None:
    """Whatever shapes stand in the file, reading it ends, and only whole reviews come out."""
    state = tmp_path_factory.mktemp("state")
    raw = {"format": 1, "forge": asdict(PLACE), "pulls": pulls, "given": approvals, "looked": looked}
    (state / FILE).write_text(json.dumps(raw), encoding="utf-8")
    assert all(one.uid and one.hash and one.reviewer for one in read_knowledge(state, PLACE).all_given())


def test_what_nobody_asks_for_is_forgotten() -> None:
    """With the last commit that is wanted goes its pull request, and with that its reviews."""
    assert keep_only(KNOWN, frozenset({"d" * 40})) == KNOWN
    assert keep_only(KNOWN, frozenset()) == Knowledge(AT, AT)
