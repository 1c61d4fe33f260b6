"""Where a workspace's ledger is: a file in the state directory, or a database that several machines share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import Settings, is_ledger_address

VARIABLE: Final = "LEITSTAND_LEDGER"
# Where the notes lie that say which ledger sends for an account of this machine.
ACCOUNTS_VARIABLE: Final = "LEITSTAND_ACCOUNTS_DIR"


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """A file, or an address of PostgreSQL with the schema in it. What is shown of it never holds a password."""

    file: Path  # the SQLite file; for a database: the file beside which its notes and kept copies lie
    address: str = field(
        default="", repr=False
    )  # ``postgresql://user@host/db``; may hold a password from the environment
    schema: str = ""
    ledger_id: str = ""  # the only one that may send, "" where leitstand.toml names none
    accounts: Path | None = None  # the folder of the accounts' notes; None: accounts are not bound to this ledger

    def __str__(self) -> str:
        if not self.address:
            return str(self.file)
        address = re.sub(r"//([^/@:]*):[^/@]*@", r"//\1@", self.address).partition("?")[0]
        return f"{address}#{self.schema}"

    @property
    def shared(self) -> bool:
        """Whether it is a database that other machines may use, too."""
        return bool(self.address)

    def exists(self) -> bool:
        """Whether there is something to open; what is in a database is known when it is opened."""
        return self.shared or self.file.exists()


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
