from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.lint.handbook import house
from toolkit.lint.recall import Recall, make_key
from toolkit.settings import StylePolicy
from toolkit.source import FolderTree
from toolkit.style.alert import Alert, Level, Replacement

TEXT = "Wir nutzen Kaffee ☕ täglich"
ALERTS = [
    Alert("wort-nutzen", 4, 10, "nutzen", "“brauchen” statt “nutzen”", Level.WARNING, Replacement("brauchen"), "x"),
    Alert("länge", 0, 0, "", "zu lang", Level.ERROR),
]


def never() -> Sequence[Alert]:
    raise AssertionError("asked twice")


def full(root: Path) -> Recall:
    """A memory of one text with alerts and one without, saved."""
    recall = Recall(root, "1")
    assert not recall.enter("house")
    recall.alerts("a", TEXT, lambda: ALERTS)
    recall.alerts("b", "", list)
    recall.note_sound()
    recall.save(whole=True)
    return recall


def test_what_was_found_comes_back_as_it_was(tmp_path: Path) -> None:
    """Rule, place, words, level, fix and link; a second check asks nothing and writes nothing."""
    written = full(tmp_path).file.stat().st_mtime_ns
    again = Recall(tmp_path, "1")
    assert again.enter("house")
    assert again.alerts("a", TEXT, never) == ALERTS
    assert again.alerts("b", "", never) == []
    again.save(whole=True)
    assert again.file.stat().st_mtime_ns == written


@pytest.mark.parametrize("fence", ["```rule", "~~~ rule", "   ````{.rule}", "``` rule x"])
def test_a_page_that_only_speaks_of_rules_is_no_part_of_the_house(tmp_path: Path, fence: str) -> None:
    """Another sentence there changes no rule, so that what was found stays known; a block of a rule does."""
    page = tmp_path / "guidelines/page.md"
    page.parent.mkdir()
    page.write_text("# About rules\n\n```yaml\nrules: 1\n```\n", encoding="utf-8")
    before = house(FolderTree(tmp_path), StylePolicy())
    page.write_text("# All about rules\n", encoding="utf-8")
    assert house(FolderTree(tmp_path), StylePolicy()) is before
    block = "id: wort-nutzen\nextends: existence\nmessage: x\ntokens: [nutzen]\n"  # an open block ends with the page
    page.write_text(f"# All about rules\n\n{fence}\n{block}", encoding="utf-8")
    after = house(FolderTree(tmp_path), StylePolicy())
    assert after is not before
    assert after.styles or after.broken


@pytest.mark.parametrize(("program", "name"), [("2", "house"), ("1", "other")])
def test_another_house_remembers_nothing(tmp_path: Path, program: str, name: str) -> None:
    """Other rules, another program or dictionary: everything is found anew, and nothing is taken for sound."""
    full(tmp_path)
    other = Recall(tmp_path, program)
    assert not other.enter(name)
    assert other.alerts("b", TEXT, lambda: ALERTS) == ALERTS


def test_texts_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """A check of everything keeps what it met; a check of some files keeps the rest as well."""
    full(tmp_path)
    some = Recall(tmp_path, "1")
    some.enter("house")
    some.alerts("c", "", list)
    some.save(whole=False)
    whole = Recall(tmp_path, "1")
    whole.enter("house")
    assert whole.alerts("b", "", never) == whole.alerts("c", "", never) == []
    whole.save(whole=True)
    assert json.loads(whole.file.read_bytes())["clean"] == ["b", "c"]


def test_a_damaged_memory_is_none(tmp_path: Path) -> None:
    """Whatever lies in the file, everything is found anew and nothing is sound."""
    good = full(tmp_path).file.read_bytes()
    raw = json.loads(good)
    shapes: list[object] = [{"a": [1]}, {"a": [[1] * 7]}, {"a": [["x", 0, 1, "m", "worse", None, ""]]}, {"a": 1}, []]
    for alerts in shapes:
        check_unread(tmp_path, json.dumps({**raw, "alerts": alerts}).encode())
    for data in (b"", b"[]", b"\xff", b"{}", good[:-3], b"[" * 100_000, b'{"house": "x"}'):
        check_unread(tmp_path, data)


def check_unread(root: Path, data: bytes) -> None:
    """With `data` in the file, nothing is known."""
    recall = Recall(root, "1")
    recall.file.write_bytes(data)
    assert not recall.enter("house")
    assert recall.alerts("a", TEXT, lambda: ALERTS) == ALERTS


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Whoever puts a link in the file's place makes us read nothing elsewhere."""
    recall = full(tmp_path)
    recall.file.rename(tmp_path / "elsewhere")
    recall.file.symlink_to(tmp_path / "elsewhere")
    assert not Recall(tmp_path, "1").enter("house")


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_keys_do_not_run_together(one: list[str], other: list[str]) -> None:
    """Different parts, different keys."""
    assert (make_key(*one) == make_key(*other)) == (one == other)
