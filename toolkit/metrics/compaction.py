"""Many small imports into one: hourly measurements would otherwise leave thousands of files to open.

The rows stay as they are. The new import is complete before the old ones go, and a row that is there twice for a
moment counts once, so a crash at any point loses nothing and the next run finishes the work.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from toolkit.metrics.record import Import
from toolkit.metrics.store import Store

FEWEST: Final = 48  # imports, below which nothing is done
SETTLED: Final = timedelta(days=1)  # younger imports are left alone


def compact(store: Store, name: str, now: datetime) -> int:
    """Make one import of the settled ones called `name`; returns how many went into it, 0 when there is little to do.

    Imports of files keep names of their own, so that they can still be undone one by one.
    """
    settled = [record for record in store.imports() if record.name == name and record.imported_at < now - SETTLED]
    if len(settled) < FEWEST:
        return 0
    digest = hashlib.sha256(" ".join(record.id for record in settled).encode()).hexdigest()
    whole = Import(
        id=f"{name}-{digest[:24]}",
        source=settled[0].source,
        name=name,
        imported_at=settled[-1].imported_at,
        rows=sum(record.rows for record in settled),
        first=min(record.first for record in settled),
        last=max(record.last for record in settled),
        months=tuple(sorted({month for record in settled for month in record.months})),
        subjects={uid: subject for record in settled for uid, subject in record.subjects.items()},
    )
    store.merge(settled, whole)
    return len(settled)
