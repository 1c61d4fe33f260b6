"""The schema of an experiment takes what the reader takes, and names what exists."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from toolkit.experiments.reading import EXPERIMENT_KEYS
from toolkit.schema import experiment_schema

GOOD: dict[str, Any] = {
    "title": "Question or statement",
    "owner": "ines",
    "metric": "interactions",
    "arms": [{"name": "question", "label": "ask"}, {"name": "statement", "label": "tell"}],
    "start": "2026-10-01",
    "stop": "2026-11-30",
    "planned": 36,
    "factor": 1.5,
    "analysis": "always-valid",
    "registered": {"at": "2026-09-28T09:00:00+02:00", "by": "ines", "hash": "sha256:0"},
    "changes": [{"at": "2026-10-12T09:00:00+02:00", "by": "ines", "why": "A holiday", "hash": "sha256:1"}],
}


def test_it_knows_every_key() -> None:
    """All keys of the reader, each with its meaning, and no other."""
    schema = experiment_schema()
    assert set(schema["properties"]) == set(EXPERIMENT_KEYS)  # type: ignore[call-overload]  # a table
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(GOOD)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"arms": [{"name": "question"}]},
        {"analysis": "sometimes"},
        {"planed": 3},
        {"start": "soon"},
        {"unit": "view"},
        {"changes": [{"by": "ines"}]},
    ],
)
def test_slips_are_seen_while_writing(change: dict[str, Any]) -> None:
    """What the reader refuses an editor can underline."""
    assert list(Draft202012Validator(experiment_schema()).iter_errors({**GOOD, **change}))
