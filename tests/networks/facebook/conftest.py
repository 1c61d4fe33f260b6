"""The pretended page of the tests of Facebook's line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.networks.graph.makers import Place
from tests.servers.meta.facebook import PAGE, FacebookWorld, call
from tests.servers.pretend import PretendServer


@pytest.fixture
def world(pretend: PretendServer) -> Iterator[FacebookWorld]:
    """The page; whatever the contract does not allow fails the test."""
    made = FacebookWorld("v26.0", call, {"id": PAGE, "name": "Nordlicht Kaffee"})
    made.serve(pretend)
    yield made
    assert made.failures == []


@pytest.fixture
def place(world: FacebookWorld) -> Place:
    return Place(world)
