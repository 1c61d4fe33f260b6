"""What a test does when the server that it needs is not on this machine."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def without_server(name: str, remedy: str) -> NoReturn:
    """Skip by name; fail instead where servers are required (``LEITSTAND_REQUIRE_SERVERS=1``)."""
    reason = f"{name} is not installed; {remedy}"
    if os.environ.get("LEITSTAND_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
