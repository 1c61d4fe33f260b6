"""The note beside a ledger: which one belongs here, how far it has come, and where it lies.

By it a lost ledger, another one, an older copy put in its place, and a copy elsewhere are told from the right one.
"""

from __future__ import annotations

from pathlib import Path

from toolkit.database import Store
from toolkit.errors import LedgerError
from toolkit.ledger import statements as sql
from toolkit.ledger.place import LedgerPlace, as_place
from toolkit.messages import _
from toolkit.settings import is_ledger_address
from toolkit.source.writing import replace_file


def id_path(path: Path) -> Path:
    """The note beside a ledger that says which ledger belongs here."""
    return path.with_suffix(".id")


def is_lost(place: LedgerPlace | Path) -> bool:
    """Whether there was a ledger's file at `place` and is none any more."""
    place = as_place(place)
    return not place.shared and id_path(place.file).exists() and not place.file.exists()


def read_id(store: Store) -> str:
    """The id that the ledger was born with."""
    return next((str(raw["value"]) for raw in store.read(sql.META) if raw["name"] == "ledger_id"), "")


def newest_event(store: Store) -> int:
    """The number of the newest event, 0 when there is none."""
    return int(store.read(sql.NEWEST_EVENT)[0]["newest"])


def check_identity(store: Store, place: LedgerPlace) -> None:
    """Refuse a ledger that is not the one noted here; note the first that is seen. Raises `LedgerError`."""
    found = read_id(store)
    try:
        expected, newest, home = read_note(place.file)
    except FileNotFoundError:
        write_note(place, found)
        return
    if expected != found:
        message = _(
            "the ledger {path} is another one ({found}) than the one that sends for this workspace ({expected});"
            " if this is right, run: leitstand ledger adopt"
        )
        raise LedgerError(message.format(path=place, found=found, expected=expected))
    refuse_former(place, home)
    if newest_event(store) < newest:
        message = _(
            "the ledger {path} is older than what was sent with it; it would send that again. Move it away and put it"
            " back with: leitstand ledger restore FILE"
        )
        raise LedgerError(message.format(path=place))
    if not place.shared and _is_copy(place.file, home, found):
        message = _(
            "the ledger {path} is a copy of {other}, and both would send; if only this one shall send from now on,"
            " run: leitstand ledger adopt"
        )
        raise LedgerError(message.format(path=place, other=home))


def refuse_former(place: LedgerPlace, home: str) -> None:
    """Refuse a file whose ledger was taken into a database, noted as `home`. Raises `LedgerError`."""
    if place.shared or not is_ledger_address(home):
        return
    message = _(
        "the ledger of this workspace is {home} now, not {path}; point to it with LEITSTAND_LEDGER={address} or"
        " `ledger` under [state] in leitstand.toml. If the file shall send again, run: leitstand ledger adopt"
    )
    raise LedgerError(message.format(home=home, path=place, address=home.partition("#")[0]))


def write_note(place: LedgerPlace, identity: str, newest: int = 0) -> None:
    """Note which ledger belongs here, where it lies, and the `newest` event that it has."""
    path = place.file
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whole and on disk: an empty note after a power cut would stop everything.
    replace_file(id_path(path), f"{identity}\n{newest}\n{home_of(place)}\n".encode("utf-8", "surrogateescape"))


def home_of(place: LedgerPlace) -> str:
    """The place as it is noted."""
    return str(place) if place.shared else str(place.file.resolve())


def read_note(path: Path) -> tuple[str, int, str]:
    """Ledger id, newest event and place as noted; 0 and "" in notes that do not say."""
    lines = id_path(path).read_text("utf-8", "surrogateescape").split("\n", 2)
    identity, newest, home = (*lines, "", "")[:3]
    return identity.strip(), int(newest) if newest.isdecimal() else 0, home.removesuffix("\n")


def _is_copy(path: Path, home: str, identity: str) -> bool:
    """Whether the ledger was noted at another place, and still lies there; one that was moved is no copy."""
    original = Path(home)
    try:
        if not home or original.samefile(path):
            return False
        return read_note(original)[0] == identity
    except (OSError, ValueError):
        return False
