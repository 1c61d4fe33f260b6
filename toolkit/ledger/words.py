"""What is said of the ledger's database when it cannot be used."""

from __future__ import annotations

from toolkit.database import Words
from toolkit.messages import _


def ledger_words() -> Words:
    """The sentences, in the language that is spoken now."""
    return Words(
        said=_("the ledger {path}: {error}"),
        lost=_("the connection to the ledger {path} was lost; the next look connects again: {error}"),
        cannot_open=_("cannot open the ledger {path}: {error}"),
        no_permission=_(
            "no permission to use the ledger {path}: its folder must be writable; change the owner, or name another"
            " folder with [state] dir or LEITSTAND_STATE_DIR"
        ),
        another=_("{path} is not a ledger; move it away or name the right state directory"),
        no_database=_("{path} is not a ledger ({error}); move it away or name the right state directory"),
        older=_("the ledger {path} is of an older version; any command that writes to it brings it up to date"),
        newer=_("the ledger {path} has version {found}, this Leitstand knows up to {known}; update Leitstand"),
        stuck=_("the ledger {path} could not be brought up to date, nothing was changed: {error}"),
        unfit=_("the ledger {path} needs a database in UTF8 with synchronous_commit = on"),
    )
