"""A forge's API that is only pretended: every request is noted, answers are those of the documentation."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.servers.pretend import PretendServer, Reply, Request
from toolkit.model import SetClock

TOKEN = "example-token-of-the-forge"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW, ticking=True)


@pytest.fixture
def environ() -> dict[str, str]:
    return {"LEITSTAND_TOKEN_FORGE": TOKEN}


def answering(pretend: PretendServer, path: str, body: object, **headers: str) -> None:
    """Answer a GET of `path` with `body`, or "304, not modified" to its own ETag."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}

    def route(request: Request) -> Reply:
        etag = said.get("ETag")
        if etag and request.headers.get("if-none-match") == etag:
            return Reply(304, b"", said)
        return Reply(200, body, said)

    pretend.routes[f"GET {path}"] = route
