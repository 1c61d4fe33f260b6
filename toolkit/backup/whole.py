"""Everything that must not be lost, copied and put back in the order in which an interruption does no harm.

Copied, the ledger comes last: where its file is, the others are, and it knows of everything that they say was sent.
Put back, it comes first: from then on whatever may be out is held, whichever inbox stands beside it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from toolkit.backup import conversations
from toolkit.backup.conversations import check_inbox, copy_inbox, refuse_in_use, restore_inbox
from toolkit.backup.folders import FOLDERS, check_folders, copy_folders, is_folders, kept_folder, restore_folders
from toolkit.database import Place
from toolkit.database.copies import is_copy
from toolkit.errors import LedgerError
from toolkit.ledger import LedgerPlace, backup_ledger, kept_path, restore_ledger
from toolkit.ledger.copies import refuse_other
from toolkit.messages import _
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """Where it is: the ledger, the inbox, and the state directory with the other folders."""

    ledger: LedgerPlace
    inbox: Place
    folder: Path


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back."""

    held: int  # rows that a person must look at
    inbox: str | None  # when its copy was made (UTC, as the ledger writes moments); None: the backup has none
    folders: tuple[str, ...]


def parts_of(file: Path) -> tuple[Path, Path, Path]:
    """The files of the backup called `file`: of the ledger, the inbox, the folders."""
    return file, file.with_name(f"{file.stem}.inbox{file.suffix}"), file.with_name(f"{file.stem}.files.tar")


def back_up(state: State, file: Path, now: datetime) -> list[Path]:
    """Write a backup, also while others work; returns its files. Each is whole or not there."""
    ledger, inbox, folders = parts_of(file)
    if not state.ledger.exists():
        raise LedgerError(_("there is no ledger at {path} yet").format(path=state.ledger))
    refuse_other(state.ledger, file)
    if (inbox.is_file() and not is_copy(inbox)) or (folders.is_file() and not is_folders(folders)):
        message = _("beside {path} lies something that is no backup; name another file, nothing was written")
        raise LedgerError(message.format(path=file))
    file.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for part, done in ((inbox, copy_inbox(state.inbox, inbox, now)), (folders, copy_folders(state.folder, folders))):
        if done:
            written.append(part)
        else:
            part.unlink(missing_ok=True)  # of an older backup of this name, which had one
    backup_ledger(state.ledger, file, now=now)
    return [ledger, *written]


def restore(state: State, file: Path, now: datetime) -> Restored:
    """Put the backup in the place of what is there, which is kept beside it; again after an interruption is fine."""
    ledger, inbox, folders = parts_of(file)
    if inbox.is_file():
        check_inbox(inbox)
        refuse_in_use(state.inbox, now)
    if folders.is_file():
        check_folders(folders)
    held = restore_ledger(state.ledger, ledger, now=now)
    made = restore_inbox(state.inbox, inbox, now) if inbox.is_file() else None
    names = restore_folders(state.folder, folders, now) if folders.is_file() else []
    return Restored(held, made, tuple(names))


def kept_paths(state: State, now: datetime) -> list[Path]:
    """What a restore at `now` has kept of what was there."""
    folders = (kept_folder(state.folder, name, now) for name in FOLDERS)
    paths = (kept_path(state.ledger, now), conversations.kept_path(state.inbox, now), *folders)
    return [path for path in paths if path.exists()]
