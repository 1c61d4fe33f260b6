"""The pretended account of the tests of Threads' line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.networks.graph.makers import Place
from tests.servers.meta.threads import ACCOUNT, NAME, ThreadsWorld
from tests.servers.pretend import PretendServer


@pytest.fixture
def world(pretend: PretendServer) -> Iterator[ThreadsWorld]:
    """The account; whatever is not documented fails the test."""
    made = ThreadsWorld("v1.0", lambda _method, _path: None, {"id": ACCOUNT, "username": NAME})
    made.calls = made.call
    made.serve(pretend)
    yield made
    assert made.failures == []


@pytest.fixture
def place(world: ThreadsWorld) -> Place:
    return Place(world)
