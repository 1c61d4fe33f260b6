"""Which ledger sends for an account of this machine, and for which workspace: one, and any other is refused.

Two ledgers for one account would each send what the other has sent. They come about unnoticed: by a new workspace id, a
second checkout with a state directory of its own. So each account has a note outside every state directory. Ledgers on
other machines are told by ``[state] ledger_id`` in leitstand.toml.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from toolkit.errors import LedgerError
from toolkit.ledger.book import Ledger
from toolkit.ledger.identity import home_of, read_id
from toolkit.ledger.place import VARIABLE, LedgerPlace
from toolkit.ledger.row import account_key
from toolkit.ledger.view import View
from toolkit.messages import _
from toolkit.settings import Account, is_ledger_address
from toolkit.source.writing import replace_file

WORKSPACE: Final = "workspace"


def check_accounts(ledger: View, accounts: Iterable[Account]) -> None:
    """Bind the accounts to the ledger; raises `LedgerError` when one is bound to another, or this one may not send."""
    place, identity = ledger.place, read_id(ledger.store)
    if place.ledger_id and place.ledger_id != identity:
        message = _(
            "leitstand.toml says that only the ledger {expected} sends; {path} is {found}. If this is right, run:"
            " leitstand ledger bind"
        )
        raise LedgerError(message.format(expected=place.ledger_id, path=place, found=identity))
    for account in accounts if place.accounts else ():
        _check(_name(account), identity, place)


def check_workspace(ledger: Ledger, workspace: str) -> None:
    """Bind the ledger to the workspace of this id; raises `LedgerError` when it belongs to another.

    Two workspaces over one ledger would each cancel what the other has planned.
    """
    found = ledger.meta().get(WORKSPACE, "")
    if found and found != workspace:
        message = _(
            "the ledger {path} belongs to the workspace {other}; give this one a state directory of its own ([state] dir"
            " or LEITSTAND_STATE_DIR). If {other} is its former name, run: leitstand ledger adopt"
        )
        raise LedgerError(message.format(path=ledger.place, other=found))
    if not found:
        ledger.set_meta(**{WORKSPACE: workspace})


def adopt_workspace(ledger: Ledger, workspace: str) -> None:
    """Let the ledger belong to the workspace from now on."""
    ledger.set_meta(**{WORKSPACE: workspace})


def _name(account: Account) -> str:
    """What an account is called nowhere else: its id may be a short name, as a feed's is, so its server belongs to it."""
    return f"{account_key(account)} {account.server}".strip()


def _check(name: str, identity: str, place: LedgerPlace) -> None:
    found = _read(_note(place, name))
    if found is None:
        # A machine whose home is read-only sends all the same; there `ledger_id` is what guards.
        with suppress(OSError):
            _write(name, identity, place)
        return
    other, home = found
    if other != identity:
        message = _(
            "the account {account} is sent for by another ledger, {other} in {home}; both would publish the same posts."
            " To go on with that one: {pointer}. If only {path} shall send from now on, run: leitstand ledger adopt"
        )
        raise LedgerError(message.format(account=name, other=other, home=home, pointer=_pointer(home), path=place))


def _pointer(home: str) -> str:
    """How a command is pointed to the ledger that is noted as `home`."""
    if is_ledger_address(home):
        return f"{VARIABLE}={home.partition('#')[0]}"
    return f"LEITSTAND_STATE_DIR={Path(home).parent}"


def adopt_accounts(ledger: View, accounts: Iterable[Account]) -> None:
    """Let this ledger send for the accounts from now on, and no other."""
    for account in accounts if ledger.place.accounts else ():
        _write(_name(account), read_id(ledger.store), ledger.place)


def _note(place: LedgerPlace, name: str) -> Path:
    digest = hashlib.sha256(name.encode()).hexdigest()[:32]
    return (place.accounts or Path()) / digest


def _read(note: Path) -> tuple[str, str] | None:
    """Ledger id and its place, as noted; None where nothing legible is."""
    try:
        lines = note.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    return (lines[1], lines[2]) if len(lines) == 3 else None


def _write(account: str, identity: str, place: LedgerPlace) -> None:
    path = _note(place, account)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(path, f"{account}\n{identity}\n{home_of(place)}\n".encode("utf-8", "surrogateescape"))
