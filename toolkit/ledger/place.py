"""Where a workspace's ledger is: a file in the state directory, or a database that several machines share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from toolkit.database import Place
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import Settings, is_ledger_address
from toolkit.values import dataclass

VARIABLE: Final = "LEITSTAND_LEDGER"
# Where the notes lie that say which ledger sends for an account of this machine.
ACCOUNTS_VARIABLE: Final = "LEITSTAND_ACCOUNTS_DIR"


@dataclass(frozen=True, slots=True)
class LedgerPlace(Place):
    """Where it is, which one it is, and where the accounts are noted that it sends for."""

    ledger_id: str = ""  # the only one that may send, "" where leitstand.toml names none
    accounts: Path | None = None  # the folder of the accounts' notes; None: accounts are not bound to this ledger


def ledger_path(state: Path) -> Path:
    """Where the ledger's file lies in a state directory, unless the ledger is elsewhere."""
    return state / "ledger.sqlite"


def find_ledger(state: Path, settings: Settings, environ: Mapping[str, str]) -> LedgerPlace:
    """The workspace's ledger: the variable LEITSTAND_LEDGER, `[state] ledger`, else a file in the state directory."""
    address = environ.get(VARIABLE, "").strip() or settings.ledger
    if address and not is_ledger_address(address):
        raise UsageError(_("{name} must be an address such as postgresql://user@host/database").format(name=VARIABLE))
    chosen = environ.get(ACCOUNTS_VARIABLE, "")
    accounts = Path(chosen) if chosen else user_state_path("leitstand", appauthor=False) / "accounts"
    return LedgerPlace(ledger_path(state), address, settings.id if address else "", settings.ledger_id, accounts)


def as_place(place: LedgerPlace | Path) -> LedgerPlace:
    """A bare path is a ledger's file that binds no accounts: a copy, a backup."""
    return place if isinstance(place, LedgerPlace) else LedgerPlace(place)
