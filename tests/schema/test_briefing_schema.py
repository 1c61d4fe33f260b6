"""A briefing's schema and its reader say the same of the sample's pages and of slips."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.schema.yaml_json import refusals
from toolkit.schema import briefing_schema, collect_names
from toolkit.workspace import load_workspace
from toolkit.workspace.briefings import read_briefings

ROOT = Path(__file__).parents[2]
RIGHT: dict[str, object] = {"title": "Advent", "owner": "mai", "valid_from": "2026-11-20", "valid_until": "2026-12-24"}


def test_the_samples_briefings_are_taken() -> None:
    """With the names that exist there."""
    workspace = load_workspace(ROOT)
    briefings, problems = read_briefings(workspace.handbook)
    schema = briefing_schema(collect_names(workspace))
    assert (len(briefings), problems) == (2, ())
    assert [refusals(schema, one.places) for one in briefings] == [[], []]


@pytest.mark.parametrize(
    ("more", "right"),
    [
        ({}, True),
        ({"faq": [{"question": "a", "answer": "b"}]}, True),
        ({"faq": [{"question": "a"}]}, False),
        ({"no_go": [{"words": ["a"], "why": "b", "instead": "c"}]}, True),
        ({"no_go": [{"why": "b"}]}, False),
        ({"escalate": [{"what": "a"}]}, False),
        ({"valid_until": "Christmas"}, False),
        ({"colour": "red"}, False),
        ({"owner": None}, True),
    ],
)
def test_what_it_refuses(more: dict[str, object], right: bool) -> None:  # a parameter of the table above
    """What is missing or unknown, as `leitstand check` does."""
    schema = Draft202012Validator(briefing_schema())
    assert schema.is_valid(RIGHT | more) is right
