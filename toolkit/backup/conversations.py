"""The inbox in a backup. It holds what people wrote, so the file is for nobody else on this machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.schema import INBOX
from toolkit.database import SET_META, Place, Store, sqlite, to_text
from toolkit.database.copies import fill_from, hold_alone, open_copy, replace_file, write_copy
from toolkit.database.sqlite import SqliteStore
from toolkit.errors import InboxError
from toolkit.messages import _

MADE_META: Final = "backup_at"
_NUMBERED: Final = (
    "SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns"
    " WHERE tables.type = 'table' AND columns.name = 'id' AND columns.type = 'INTEGER'"
)
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
# Whatever was to go out by now, the restored ledger holds. What was to go out later may have been dropped meanwhile.
_DISTRUST: Final = (
    "UPDATE replies SET state = 'stale', approved_by = '', approved_at = '', approved_hash = '', note = :note,"
    " changed_at = :now, version = version + 1 WHERE state IN ('approved', 'queued') AND send_after > :now"
)


def copy_inbox(place: Place, target: Path, now: datetime) -> bool:
    """Copy the inbox to `target` while others use it; False where there is none yet."""
    if not place.exists():
        return False
    with closing(_in_memory(place, now)) as copy:
        copy.run(SET_META, {"name": MADE_META, "value": to_text(now)})
        write_copy(copy.connection, target, InboxError)
    return True


def refuse_in_use(place: Place, now: datetime) -> None:
    """Raise `InboxError` while another process has the inbox open."""
    if place.exists():
        with _alone(place, now):
            pass


def check_inbox(backup: Path) -> None:
    """Raise `InboxError` when the file is no backup of an inbox."""
    with open_copy(backup, INBOX, _none()):
        pass


def restore_inbox(place: Place, backup: Path, now: datetime) -> str:
    """Put the backup in the inbox's place; returns when it was made. What was there is kept at `kept_path`."""
    with open_copy(backup, INBOX, _none()) as copy:
        made = [
            str(raw["value"]) for raw in copy.read("SELECT value FROM meta WHERE name = :name", {"name": MADE_META})
        ]
        copy.run(_DISTRUST, {"now": to_text(now), "note": _("restored from a backup; look at it again")})
        existed = place.exists()
        if existed:
            with closing(_in_memory(place, now)) as before:
                write_copy(before.connection, kept_path(place, now), InboxError)
        else:
            open_inbox(place, now=now).close()
        with _alone(place, now) as target:
            if isinstance(target, sqlite3.Connection):
                replace_file(target, copy, InboxError)
            else:
                _fill_shared(copy, target)
    return "".join(made)


def _none() -> str:
    return _("{path} is not an inbox ({error})")


def kept_path(place: Place, now: datetime) -> Path:
    """Where a restore at `now` keeps the inbox that was at `place`."""
    path = place.file
    return path.with_name(f"{path.stem}-before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")


def _in_memory(place: Place, now: datetime) -> SqliteStore:
    """All of it as of one moment; a file's of whatever version."""
    copy = sqlite.open_in_memory(INBOX, now)
    if not place.shared:
        try:
            with closing(sqlite.connect(place.file, INBOX, mode="ro")) as source:
                source.backup(copy.connection)
        except sqlite3.Error as error:
            raise INBOX.refusal(INBOX.words().no_database, path=place, error=error) from error
        return copy
    with open_inbox(place, now=now, read_only=True) as inbox, inbox.store.snapshot():
        fill_from(inbox.store, copy, _tables(copy), _numbered(copy))
    return copy


def _tables(copy: Store) -> Sequence[str]:
    return [str(raw["name"]) for raw in copy.read(_TABLES)]


def _numbered(copy: Store) -> Sequence[str]:
    """The tables whose rows are numbered by the database; they grow with everything that is done."""
    return [str(raw["name"]) for raw in copy.read(_NUMBERED)]


@contextmanager
def _alone(place: Place, now: datetime) -> Iterator[sqlite3.Connection | Store]:
    """The inbox for this process alone."""
    in_use = _("another process has the inbox {path} open; stop it first (leitstand run), then restore")
    if not place.shared:
        with closing(sqlite.connect(place.file, INBOX)) as file:
            hold_alone(file, place, INBOX, in_use)
            yield file
        return
    from toolkit.database import postgres

    with closing(postgres.open_to_write(place, INBOX, now)) as target:
        if not target.try_alone():
            raise INBOX.refusal(in_use, path=place)
        yield target


def _fill_shared(copy: SqliteStore, target: Store) -> None:
    from toolkit.database.postgres import PostgresStore

    numbered = _numbered(copy)
    fill_from(copy, target, _tables(copy), numbered)
    if isinstance(target, PostgresStore):
        target.count_on(numbered)
