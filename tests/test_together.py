"""Tests that share something run in one process, so that it is made once."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def shared() -> object:
    return object()


def kept(request: pytest.FixtureRequest) -> str:
    """The group as pytest-xdist reads it: behind the last @ of the test's name; it is written where tests are dealt out."""
    assert getattr(request.config.option, "loadgroup", False) == ("@" in request.node.nodeid)
    return request.node.nodeid.rpartition("@")[2] if "@" in request.node.nodeid else ""


@pytest.mark.xdist_group("together")
def test_a_mark_keeps_together(request: pytest.FixtureRequest) -> None:
    """The group of a mark reaches the plugin that deals the tests out."""
    assert kept(request) in ("", "together")


def test_a_modules_fixture_keeps_together(request: pytest.FixtureRequest, shared: object) -> None:
    """So does a fixture that is made once for a module."""
    assert kept(request) in ("", "tests/test_together.py")


def test_whoever_shares_nothing_runs_anywhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What pytest itself makes for the whole session keeps nobody together."""
    assert "@" not in request.node.nodeid
