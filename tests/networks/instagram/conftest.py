"""The pretended account of the tests of Instagram's line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.networks.graph.makers import Place
from tests.servers.meta.instagram import ACCOUNT, NAME, InstagramWorld
from tests.servers.pretend import PretendServer


@pytest.fixture
def world(pretend: PretendServer) -> Iterator[InstagramWorld]:
    """The account; whatever the contract does not allow fails the test."""
    made = InstagramWorld("v26.0", lambda _method, _path: None, {"id": ACCOUNT, "username": NAME})
    made.calls = made.call
    made.serve(pretend)
    yield made
    assert made.failures == []


@pytest.fixture
def place(world: InstagramWorld) -> Place:
    return Place(world)
