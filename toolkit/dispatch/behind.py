"""A machine that has not fetched what the others publish from: it would send old texts at old times, and move plans back.

Only where several machines share a ledger. What this machine has never seen is newer than what it has; when the others
are silent for `ALIVE`, this one goes on with what it has.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from toolkit.database import to_moment
from toolkit.dispatch.desk import Desk
from toolkit.errors import LedgerError
from toolkit.messages import _
from toolkit.source.past import has_commit, is_id

ALIVE: Final = timedelta(minutes=10)


def refuse_behind(desk: Desk, root: Path) -> None:
    """Raise `LedgerError` when another machine published just now from a commit that is unknown here."""
    meta = desk.ledger.meta()
    theirs, at = meta.get("last_commit", ""), to_moment(meta.get("last_tick", ""))
    if not desk.ledger.place.shared or not desk.orders.commit or not is_id(theirs) or at is None:
        return
    if theirs != desk.orders.commit and abs(desk.now - at) < ALIVE and not has_commit(root, theirs):
        message = _(
            "another machine publishes from commit {theirs}, which is not here, so nothing is sent from here; see why"
            " this machine cannot fetch"
        )
        raise LedgerError(message.format(theirs=theirs[:12]))
