"""The examples in the docstrings of the room are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = ("question", "targets", "promises", "decisions")


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    """Every example is run, and there is at least one."""
    found = doctest.testmod(import_module(f"toolkit.learning.{name}"))
    assert found.attempted > 0
    assert found.failed == 0
