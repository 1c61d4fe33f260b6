"""Ideas as people write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from toolkit.editorial import Idea, Origin, Score, Stage, read_ideas
from toolkit.editorial.ideas import find_idea
from toolkit.workspace import load_workspace

SETTINGS = (
    'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n[people.anna]\nname = "Anna"\n'
)
WHOLE = """---
id: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Warum die Bohnen zwei Wochen ruhen
status: dropped
source: feed
origin: https://kaffee.example.com/ruhen
by: anna
created: 2026-11-02
goal: engagement_rate
audience: heimbarista
pillar: handwerk
channels: [mastodon]
score: {reach: 3, fit: 5, effort: 2}
decided_by: anna
decided: 2026-11-05
reason: Stand im Oktober schon im Rösttagebuch.
posts: []
---
Alle fragen danach.
"""


def read(folder: Path, **files: str) -> tuple[tuple[Idea, ...], list[str]]:
    """The ideas of a workspace with these files, and the problems as lines."""
    (folder / "leitstand.toml").write_text(SETTINGS)
    for name, text in files.items():
        path = folder / "content/ideas" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    ideas, problems = read_ideas(load_workspace(folder))
    return ideas, [str(problem) for problem in problems]


def test_a_whole_idea_is_read(tmp_path: Path) -> None:
    """Every key arrives, the text below is kept, and the value is reach times fit for each unit of effort."""
    [idea], problems = read(tmp_path, ruhen=WHOLE)
    assert problems == []
    assert (idea.name, idea.path) == ("ruhen", "content/ideas/ruhen.md")
    assert (idea.stage, idea.source, idea.open) == (Stage.DROPPED, Origin.FEED, False)
    assert idea.score == Score(3, 5, 2)
    assert idea.score.value == 7.5
    assert (idea.created, idea.decided) == (date(2026, 11, 2), date(2026, 11, 5))
    assert idea.text == "Alle fragen danach.\n"


def test_an_idea_needs_next_to_nothing(tmp_path: Path) -> None:
    """Who has an idea writes two words; it is new, from a person, and called as its file without a title."""
    [idea], problems = read(tmp_path, kurz="---\nby: anna\n---\n")
    assert problems == []
    assert (idea.title, idea.stage, idea.source, idea.score, idea.open) == (
        "kurz",
        Stage.NEW,
        Origin.PERSON,
        None,
        True,
    )


def test_problems_stand_where_they_are(tmp_path: Path) -> None:
    """A word that is none, a key that nobody knows and a number out of range have their line and column."""
    text = "---\nstatus: gut\nscore: {reach: 9, fit: 1, effort: 1}\ncolour: red\ndecided: gestern\n---\n"
    [idea], problems = read(tmp_path, falsch=text)
    assert [problem.partition(": ")[0] for problem in problems] == [
        "content/ideas/falsch.md:4:1",
        "content/ideas/falsch.md:2:9",
        "content/ideas/falsch.md:3:16",
        "content/ideas/falsch.md:5:10",
    ]
    assert all(problem.endswith("(idea)") for problem in problems)
    assert idea.score is None


def test_a_bad_file_hides_no_other(tmp_path: Path) -> None:
    """One file is no text, one has no front matter; the third is read."""
    ideas, problems = read(tmp_path, ohne="Nur Text", gut=WHOLE)
    (tmp_path / "content/ideas/kaputt.md").write_bytes(b"---\ntitle: \xff\n---\n")
    again, more = read_ideas(load_workspace(tmp_path))
    assert [one.name for one in ideas] == [one.name for one in again] == ["gut"]
    assert len(problems) == 1
    assert {problem.path for problem in more} == {"content/ideas/ohne.md", "content/ideas/kaputt.md"}


def test_an_index_page_is_no_idea(tmp_path: Path) -> None:
    """What explains the folder lies in it."""
    assert read(tmp_path, README="# Ideen\n", index="# Ideen\n") == ((), [])


def test_an_idea_is_found_by_what_people_have_at_hand(tmp_path: Path) -> None:
    """Its id, the file's name with and without ending, and the path."""
    ideas, _problems = read(tmp_path, ruhen=WHOLE)
    said = ("01JDK3V7Q2M8X4T6R9A0B1C2D3", "ruhen", "ruhen.md", "content/ideas/ruhen.md", "./content/ideas/ruhen.md")
    assert [find_idea(ideas, one) for one in said] == [ideas[0]] * 5
    assert find_idea(ideas, "") is None
    assert find_idea(ideas, "ruh") is None
