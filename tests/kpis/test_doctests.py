"""The examples in the docstrings of numbers, periods and words are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = (
    "toolkit.importers.values",
    "toolkit.cli.figures",
    "toolkit.kpis.against",
    "toolkit.kpis.chance",
    "toolkit.kpis.dayparts",
    "toolkit.kpis.grouping",
    "toolkit.kpis.outlook",
    "toolkit.kpis.pace",
    "toolkit.reports.periods",
    "toolkit.reports.wording",
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    """Each module has examples, and each gives what it says."""
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
