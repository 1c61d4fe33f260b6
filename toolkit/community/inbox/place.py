"""Where a workspace's inbox is: beside its ledger, and as private as a mailbox."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.database import Place
from toolkit.ledger import find_ledger
from toolkit.settings import Settings


def inbox_path(state: Path) -> Path:
    """Where the inbox's file lies in a state directory, unless it is in a database."""
    return state / "inbox.sqlite"


def find_inbox(state: Path, settings: Settings, environ: Mapping[str, str]) -> Place:
    """The workspace's inbox: the schema ``<id>_inbox`` in the ledger's database, else a file in the state directory."""
    ledger = find_ledger(state, settings, environ)
    return Place(inbox_path(state), ledger.address, f"{settings.id}_inbox" if ledger.shared else "")
