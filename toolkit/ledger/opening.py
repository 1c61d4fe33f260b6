"""Opening a ledger: made when there never was one, never silently a second one, never one from the future."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from toolkit.database import Store
from toolkit.database import opening as database
from toolkit.errors import LedgerError
from toolkit.ledger.book import Ledger, Limits
from toolkit.ledger.identity import (
    check_identity,
    home_of,
    id_path,
    is_lost,
    newest_event,
    read_id,
    read_note,
    refuse_former,
    write_note,
)
from toolkit.ledger.place import LedgerPlace, as_place
from toolkit.ledger.schema import LEDGER
from toolkit.messages import _


def open_ledger(
    place: LedgerPlace | Path, *, now: datetime, read_only: bool = False, limits: Limits | None = None
) -> Ledger:
    """The ledger at `place`, made when there is none and never was.

    Read-only, a missing ledger reads as an empty one and nothing is written. Raises `LedgerError` when it is no ledger,
    has a newer schema, is another than the one that belongs here, or its database cannot be reached.
    """
    place = as_place(place)
    if read_only:
        return Ledger(database.open_to_read(place, LEDGER, now), place, limits)
    store = _open_to_write(place, now)
    try:
        check_identity(store, place)
    except BaseException:
        store.close()
        raise
    return Ledger(store, place, limits)


def _open_to_write(place: LedgerPlace, now: datetime) -> Store:
    if is_lost(place):
        refuse_former(place, read_note(place.file)[2])
        message = _(
            "the ledger {path} is gone. It knows what was sent, so no new one is made silently: bring it back with"
            " `leitstand ledger restore FILE`, or start anew with `leitstand ledger adopt`"
        )
        raise LedgerError(message.format(path=place))
    return database.open_to_write(place, LEDGER, now)


def note_progress(ledger: Ledger) -> None:
    """Note how far the ledger has come, so that an older copy put in its place is recognised as one.

    A note that cannot be written now is written the next time; what was sent stands in the ledger.
    """
    with suppress(OSError, LedgerError):
        identity, newest = read_id(ledger.store), newest_event(ledger.store)
        if read_note(ledger.place.file) != (identity, newest, home_of(ledger.place)):
            write_note(ledger.place, identity, newest)


def adopt_ledger(place: LedgerPlace | Path, *, now: datetime) -> str:
    """Declare the ledger at `place` the right one, or make a new one where it is gone; returns its id."""
    place = as_place(place)
    id_path(place.file).unlink(missing_ok=True)
    with open_ledger(place, now=now) as ledger:
        return read_id(ledger.store)
