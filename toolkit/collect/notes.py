"""What measuring remembers of an account between two rounds, in the ledger's notes.

Until when its network asked for patience, and which posts were asked about in vain: a post that is gone from the
network has no observations, and would otherwise be asked about in every round for ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from toolkit.networks.base import Notes
from toolkit.networks.jsonvalues import moment

PATIENCE: Final = "measure:again-at"
VAIN: Final = "measure:in-vain"
MOST: Final = 500  # posts in vain that are remembered, the newest


def read_patience(notes: Notes) -> datetime | None:
    """When the account may be asked again; None for at once."""
    return moment(notes.read(PATIENCE))


def write_patience(notes: Notes, until: datetime) -> None:
    """Leave the account alone until then."""
    notes.write(PATIENCE, until.isoformat())


def read_vain(notes: Notes) -> dict[str, datetime]:
    """Uid → when the post was last asked about without an answer."""
    try:
        raw = json.loads(notes.read(VAIN) or "{}")
    except ValueError:
        return {}
    moments = {uid: moment(at) for uid, at in raw.items()} if isinstance(raw, dict) else {}
    return {uid: at for uid, at in moments.items() if at is not None}


def note_vain(
    notes: Notes, known: Mapping[str, datetime], asked: Iterable[str], told: Iterable[str], at: datetime
) -> None:
    """Remember the posts that were `asked` about and not `told`; those that were told are forgotten."""
    silent = {**known, **dict.fromkeys(asked, at)}
    for uid in told:
        silent.pop(uid, None)
    if silent != dict(known):
        newest = sorted(silent.items(), key=lambda one: one[1])[-MOST:]
        notes.write(VAIN, json.dumps({uid: asked_at.isoformat() for uid, asked_at in newest}))
