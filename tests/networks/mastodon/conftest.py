"""A pretended server with people on it; every request is checked against the published API description."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.networks.connections.contract import Contract
from tests.networks.connections.pretend import NOW, Pretend, status
from toolkit.model import Message, MessageKind

ALICE = {"id": "7", "username": "alice", "acct": "alice"}
BOB = {"id": "8", "username": "bob", "acct": "bob@other.example"}
CARL = {"id": "9", "username": "carl", "acct": "carl"}


@pytest.fixture(scope="session")
def api_description(shared_data: Path) -> Contract:
    return Contract(shared_data / "contracts" / "mastodon.openapi.json")


@pytest.fixture
def place(api_description: Contract) -> Pretend:
    """A server on which nobody said anything yet."""
    pretend = Pretend(api_description)
    pretend.on("GET /api/v1/notifications", [])
    pretend.on("GET /api/v1/accounts/7/statuses", [])
    return pretend


def by(
    author: dict[str, str], number: int, above: dict[str, object] | None = None, **said: object
) -> dict[str, object]:
    """What somebody wrote, below `above`."""
    if above is not None:
        account = above["account"]
        assert isinstance(account, dict)
        said = {"in_reply_to_id": above["id"], "in_reply_to_account_id": account["id"], **said}
    return status(number, account=author, **{"replies_count": 0, "content": f"<p>Nummer {number}</p>", **said})


def told(kind: str, said: dict[str, object]) -> dict[str, object]:
    """A notification about a status."""
    return {"id": f"n{said['id']}", "type": kind, "created_at": said["created_at"], "status": said}


def message(said: dict[str, object], kind: MessageKind = MessageKind.COMMENT) -> Message:
    """The message that the tests answer."""
    account = said["account"]
    assert isinstance(account, dict)
    at = NOW + timedelta(seconds=int(str(said["id"])))
    return Message(str(said["id"]), "mastodon", kind, f"@{account['acct']}", "?", at, author_id=str(account["id"]))
