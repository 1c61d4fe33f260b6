"""The ledger: the only truth about what was sent.

One SQLite file beside the workspace, in plain SQL through the standard library (see `statements`), so that it can be
audited with any SQLite tool and read without any extra installed. `open_ledger(path, now=…, read_only=True)` is what
pages, plan and status use; a missing ledger reads as an empty one.
"""

from toolkit.ledger.book import ByHand, Ledger, Limits
from toolkit.ledger.copies import adopt_ledger, backup_ledger, kept_path, rehearsal_copy, restore_ledger
from toolkit.ledger.opening import is_lost, ledger_path, note_progress, open_ledger
from toolkit.ledger.row import NEEDS_PERSON, Event, PauseRow, Planned, Row, State, Summary, account_key

__all__ = [
    "NEEDS_PERSON",
    "ByHand",
    "Event",
    "Ledger",
    "Limits",
    "PauseRow",
    "Planned",
    "Row",
    "State",
    "Summary",
    "account_key",
    "adopt_ledger",
    "backup_ledger",
    "is_lost",
    "kept_path",
    "ledger_path",
    "note_progress",
    "open_ledger",
    "rehearsal_copy",
    "restore_ledger",
]
