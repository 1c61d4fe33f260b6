"""The schemas of ideas and occasions say the same as their readers, of the sample and of slips."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.schema.yaml_json import refusals
from toolkit.editorial import read_ideas, read_occasions
from toolkit.editorial.ideas import read_idea
from toolkit.schema import collect_names, idea_schema, occasions_schema
from toolkit.source import FrontMatter
from toolkit.workspace import load_workspace

ROOT = Path(__file__).parents[2]


def test_the_samples_ideas_and_occasions_are_taken() -> None:
    """With the names that exist there; and the readers find nothing wrong either."""
    workspace = load_workspace(ROOT)
    names = collect_names(workspace)
    ideas, problems = read_ideas(workspace)
    assert (len(ideas) >= 10, problems) == (True, ())
    assert [refusals(idea_schema(names), one.places) for one in ideas] == [[]] * len(ideas)
    occasions, problems = read_occasions(workspace)
    files = {one.places.source.path: one.places for one in occasions if one.places is not None}
    assert (len(files), problems) == (2, ())
    assert [refusals(occasions_schema(names), places) for places in files.values()] == [[], []]


@pytest.mark.parametrize(
    ("keys", "right"),
    [
        ("by: anna", True),
        ("status: planned\nposts: [01J]", True),
        ("status: gut", False),
        ("source: feed", True),
        ("source: rss", False),
        ("score: {reach: 1, fit: 5, effort: 3}", True),
        ("score: {reach: 0, fit: 5, effort: 3}", False),
        ("score: {reach: 1, fit: 6, effort: 3}", False),
        ("score: {reach: 1, fit: 5}", False),
        ("score: 5", False),
        ("created: 2026-11-01", True),
        ("created: gestern", False),
        ("colour: red", False),
        ("labels: a", True),
    ],
)
def test_schema_and_reader_agree_about_an_idea(keys: str, right: bool) -> None:  # a parameter of the table above
    """What one refuses the other does, too."""
    idea, problems = read_idea("content/ideas/a.md", f"---\n{keys}\n---\n".encode())
    assert idea is not None
    assert isinstance(idea.places, FrontMatter)
    assert (not problems) is right
    assert (refusals(idea_schema(), idea.places) == []) is right


@pytest.mark.parametrize(
    ("entry", "right"),
    [
        ({"name": "A", "from": "2026-12-06"}, True),
        ({"name": "A"}, False),
        ({"from": "2026-12-06"}, False),
        ({"name": "A", "from": "2026-12-06", "lead": 21, "yearly": "true", "kind": "mourning"}, True),
        ({"name": "A", "from": "2026-12-06", "lead": "drei"}, False),
        ({"name": "A", "from": "2026-12-06", "kind": "feast"}, False),
        ({"name": "A", "from": "2026-12-06", "colour": "red"}, False),
    ],
)
def test_what_an_occasion_may_say(entry: dict[str, object], right: bool) -> None:  # a parameter of the table above
    """As `leitstand check` says it."""
    assert Draft202012Validator(occasions_schema()).is_valid({"occasions": [entry]}) is right
