"""The ledger: the only truth about what was sent.

One SQLite file beside the workspace, or a schema in PostgreSQL that several machines share, in plain SQL (see
`statements`), so that it can be audited with any tool and the file read without any extra installed.
`open_ledger(find_ledger(…), now=…, read_only=True)` is what pages, plan and status use; a missing ledger reads as an
empty one.

=====================================  ========================================================================
`book` `view` `row` `advice` `naming`  the open ledger: its arrows, what can be read, what people do and how they call it
`statements` `schema` `reading`        the SQL, the tables, rows as values
`place` `opening` `birth` `words`      where a ledger is, and how it is made and opened; the databases: `toolkit.database`
`identity` `accounts`                  which ledger sends, for which workspace and which account: one
`notes` `pace`                         what an account keeps between tries, and how fast it may publish
`approvals`                            what people said at the desk about a post's content
`runs`                                 which reports were made by themselves, each stage once
`out`                                  what is out by the networks' ids, and answers whose words are forgotten
`chain` `links` `copies`               the log that cannot be changed unseen, its SQL; backups and the way back
=====================================  ========================================================================
"""

from toolkit.ledger.accounts import adopt_accounts, adopt_workspace, check_accounts, check_workspace
from toolkit.ledger.advice import advice
from toolkit.ledger.approvals import ApprovalRow, add_approval, last_words, read_approvals
from toolkit.ledger.book import ByHand, Ledger, Limits, Receipt
from toolkit.ledger.chain import Broken, export_events, find_break, read_export, seal, verify
from toolkit.ledger.copies import backup_ledger, kept_path, rehearsal_copy, restore_ledger
from toolkit.ledger.identity import is_lost
from toolkit.ledger.notes import AccountNotes, AccountVault, notes_of, tokens_of, vault_of
from toolkit.ledger.opening import adopt_ledger, note_progress, open_ledger
from toolkit.ledger.place import LedgerPlace, find_ledger, ledger_path
from toolkit.ledger.row import NEEDS_PERSON, Event, PauseRow, Planned, Row, State, Summary, account_key
from toolkit.ledger.runs import Run, Runs, RunState
from toolkit.ledger.view import View

__all__ = [
    "NEEDS_PERSON",
    "AccountNotes",
    "AccountVault",
    "ApprovalRow",
    "Broken",
    "ByHand",
    "Event",
    "Ledger",
    "LedgerPlace",
    "Limits",
    "PauseRow",
    "Planned",
    "Receipt",
    "Row",
    "Run",
    "RunState",
    "Runs",
    "State",
    "Summary",
    "View",
    "account_key",
    "add_approval",
    "adopt_accounts",
    "adopt_ledger",
    "adopt_workspace",
    "advice",
    "backup_ledger",
    "check_accounts",
    "check_workspace",
    "export_events",
    "find_break",
    "find_ledger",
    "is_lost",
    "kept_path",
    "last_words",
    "ledger_path",
    "note_progress",
    "notes_of",
    "open_ledger",
    "read_approvals",
    "read_export",
    "rehearsal_copy",
    "restore_ledger",
    "seal",
    "tokens_of",
    "vault_of",
    "verify",
]
