"""Decisions on handbook pages: what is written reads back, and every other byte of the page stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import LeitstandError
from toolkit.learning.decisions import Decided, Decision, decision_edit, read_decisions
from toolkit.source import FolderTree, apply_edits, decode, read_frontmatter
from toolkit.workspace.handbook import read_handbook

AT = datetime(2026, 11, 2, 10, 15, tzinfo=timezone(timedelta(hours=1)))
ONE = Decision(
    "part-morning",
    AT,
    "tarek",
    Decided.ACCEPTED,
    "Morgens: 1,35-mal so viel, siehe #Zahlen",
    evidence="n = 84, 1,21 bis 1,50 (90 %)",
    factor=1.35,
)
PAGE = "guidelines/zeiten.md"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda text: text == text.strip() and text != ""
)


def written(text: str, decision: Decision) -> str:
    """The page's text with the decision on it."""
    source, _problems = decode(PAGE, text.encode())
    assert source is not None
    front, _problems = read_frontmatter(source)
    return apply_edits(source.text, [decision_edit(front, decision)])


def read_back(folder: Path, text: str) -> list[Decision]:
    """The decisions of a handbook that is this page alone, without their places."""
    (folder / "guidelines").mkdir(exist_ok=True)
    (folder / PAGE).write_text(text, "utf-8", newline="")
    decisions, problems = read_decisions(read_handbook(FolderTree(folder)).pages)
    assert not problems
    assert {one.path for one in decisions} <= {PAGE}
    return [replace(one, path="", span=ONE.span) for one in decisions]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Zeiten\n---\n# Zeiten\n",
        "---\ntitle: Zeiten\ndecisions:\n---\n# Zeiten\n",
        "---\ntitle: Zeiten\ndecisions: []\nowner: tarek\n---\n# Zeiten\n",
        "---\n{title: Zeiten}\n---\n# Zeiten\n",
        "---\r\ntitle: Zeiten\r\ndecisions:\r\nowner: tarek\r\n---\r\n# Zeiten\r\n",
        "---\n---\n# Zeiten\n",
        "---\n  title: Zeiten\n  owner: tarek\n---\n# Zeiten\n",
    ],
)
def test_a_decision_reads_back_whatever_the_page_looks_like(tmp_path: Path, text: str) -> None:
    """In lines, in braces, with an empty list, with Windows' endings: two decisions are read back in their order."""
    once = written(text, ONE)
    second = replace(ONE, id="weekday-2", at=AT + timedelta(days=1), status=Decided.REJECTED, reason="Nein.")
    twice = written(once, second)
    assert read_back(tmp_path, twice) == [ONE, second]
    assert twice.endswith("# Zeiten\r\n" if "\r\n" in text else "# Zeiten\n")
    assert ("\r\n" in text) == ("\r\n" in twice)
    assert not ("\r\n" in text and "\n" in twice.replace("\r\n", ""))


@given(summary=TEXT, evidence=TEXT, reason=TEXT)
def test_any_words_read_back(
    tmp_path_factory: pytest.TempPathFactory, summary: str, evidence: str, reason: str
) -> None:
    """Colons, quotes, hashes, braces and line separators of Unicode in what people write lose nothing."""
    decision = replace(ONE, summary=summary, evidence=evidence, reason=reason)
    folder = tmp_path_factory.mktemp("page")
    assert read_back(folder, written("---\ntitle: Zeiten\n---\n", decision)) == [decision]


def test_a_page_whose_key_holds_something_else_is_left_alone() -> None:
    """The error names the line and column, and nothing is made up."""
    with pytest.raises(LeitstandError, match=r"zeiten\.md:2:12"):
        written("---\ndecisions: {a: b}\n---\n", ONE)


def test_what_is_wrong_in_an_entry_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown keys, missing ones, a time without offset, a factor of nothing: each a problem, and the good one stays."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    entries = [
        "{id: good, at: 2026-11-02T10:15:00+01:00, by: tarek, status: accepted, summary: Ja.}",
        "{id: no zone, at: 2026-11-02T10:15:00, by: tarek, status: accepted, summary: Ja.}",
        "{id: bare, at: 2026-11-02T10:15:00+01:00}",
        "{id: zero, at: 2026-11-02T10:15:00+01:00, by: t, status: maybe, summary: Ja., factor: 0, who: t}",
        "just words",
    ]
    (tmp_path / "guidelines").mkdir()
    text = "---\ndecisions:\n" + "".join(f"  - {entry}\n" for entry in entries) + "---\n"
    (tmp_path / PAGE).write_text(text)
    decisions, problems = read_decisions(read_handbook(FolderTree(tmp_path)).pages)
    assert [one.id for one in decisions] == ["good"]
    assert decisions[0].at == datetime(2026, 11, 2, 9, 15, tzinfo=UTC)
    assert {one.rule for one in problems} == {"decision"}
    assert sorted({one.span.line for one in problems}) == [4, 5, 6, 7]
