"""The audit chain: every event carries a hash over the one before it, so that none can be changed, removed or moved.

So does every yes and no that was said at the desk (`links`). Sealing follows at the end of each tick. Its order is the
chain's order; numbers of events are not, because a database of several machines gives them out before it commits. The
chain's end also stands in `meta`, so that events missing at the end are found; who rewrites everything at once is found
by an export that lies elsewhere (`leitstand log --jsonl`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from toolkit.database import SET_META, Record, Store, Transaction, Value
from toolkit.errors import LedgerError
from toolkit.ledger import statements as sql
from toolkit.ledger.links import CHAIN_END, FIELDS, SEALED, SET_SEAL, UNSEALED
from toolkit.ledger.view import View
from toolkit.messages import _
from toolkit.values import dataclass

AT_ONCE: Final = 500  # events that are sealed in one transaction: it should be short
CHAIN_META: Final = "chain"  # the end of the chain, as ``number hash``

Link = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place at which the chain is not what it was when it was sealed."""

    number: int  # its place in the chain, from 1
    reason: str

    def __str__(self) -> str:
        return _("event {number} of the chain: {reason}").format(number=self.number, reason=self.reason)


def seal(ledger: View) -> int:
    """Seal what was not sealed yet, oldest first; returns how many events that were."""
    total = 0
    while True:
        with ledger.store.transaction(sql.SEAL) as transaction:
            found = _seal_some(transaction)
        total += found
        if found < AT_ONCE:
            return total


def _seal_some(transaction: Transaction) -> int:
    found = _unsealed(transaction)
    if not found:
        return 0
    end = transaction.run(CHAIN_END)
    number, digest = (int(end[0]["seal"]), str(end[0]["hash"])) if end else (0, "")
    sealed: dict[str, list[dict[str, Value]]] = {source: [] for source in SET_SEAL}
    for one in found:
        number += 1
        digest = link_hash(digest, _link(one) | {"seal": number})
        sealed[one["source"]].append({"id": one["id"], "seal": number, "hash": digest})
    for source, values in sealed.items():
        transaction.run_many(SET_SEAL[source], values)
    transaction.run(SET_META, {"name": CHAIN_META, "value": f"{number} {digest}"})
    return len(found)


def _unsealed(transaction: Transaction) -> list[Record]:
    found: list[Record] = []
    for statement in UNSEALED:
        found += transaction.run(statement, {"limit": AT_ONCE - len(found)})
    return found


def link_hash(before: str, link: Link) -> str:
    """The hash of an event behind the one whose hash is `before`, "" for the first: hexadecimal SHA-256."""
    said = json.dumps({name: link[name] for name in FIELDS}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()


def _link(event: Record) -> dict[str, Value]:
    return {name: event[name] for name in (*FIELDS, "hash")}


def sealed_events(ledger: View, after: int = 0) -> Iterator[Link]:
    """The chain from the event behind number `after` on, in its order, with `seal` and `hash`."""
    while True:
        found = ledger.store.read(SEALED, {"after": after, "limit": AT_ONCE})
        for event in found:
            after = int(event["seal"])
            yield _link(event)
        if len(found) < AT_ONCE:
            return


def verify(ledger: View) -> Broken | None:
    """The first event that is not as it was sealed, None when all are. Events that no tick has sealed yet say nothing."""
    ends: list[Link] = []
    with ledger.store.snapshot():
        broken = find_break(_keep_last(sealed_events(ledger), ends))
        said = ledger.meta().get(CHAIN_META, "")
    end = f"{ends[-1]['seal']} {ends[-1]['hash']}" if ends else ""
    if broken is None and said != end:
        number = int(ends[-1]["seal"]) if ends else 0
        return Broken(number + 1, _("it is missing, and whatever came after it"))
    return broken


def _keep_last(links: Iterable[Link], ends: list[Link]) -> Iterator[Link]:
    for link in links:
        ends[:] = [link]
        yield link


def find_break(links: Iterable[Link]) -> Broken | None:
    """The first break in a chain that is given from its beginning."""
    before = ""
    for number, link in enumerate(links, start=1):
        if link.get("seal") != number:
            return Broken(number, _("it is missing or out of place"))
        if any(name not in link for name in FIELDS) or link_hash(before, link) != link.get("hash"):
            return Broken(number, _("it was changed, or one was put before it"))
        before = str(link["hash"])
    return None


def export_events(ledger: View, file: Path) -> int:
    """Append the sealed events that `file` does not have yet, one JSON object a line; returns how many.

    Raises `LedgerError` when the file's last event is not the ledger's: then one of the two was changed.
    """
    last = _last_link(file)
    if last is not None and _hash_at(ledger.store, int(last["seal"])) != last["hash"]:
        message = _("{path} is not the log of this ledger, or one of them was changed; nothing was written")
        raise LedgerError(message.format(path=file))
    lines = [_line(link) for link in sealed_events(ledger, int(last["seal"]) if last else 0)]
    if lines:
        file.parent.mkdir(parents=True, exist_ok=True)
        _append(file, "".join(lines).encode())
    return len(lines)


def _line(link: Link) -> str:
    return json.dumps(link, ensure_ascii=False, sort_keys=True) + "\n"


def _hash_at(store: Store, number: int) -> str:
    return next((str(raw["hash"]) for raw in store.read(SEALED, {"after": number - 1, "limit": 1})), "")


def _append(file: Path, data: bytes) -> None:
    with file.open("ab") as out:
        out.truncate(_whole(file))
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _whole(file: Path) -> int:
    """How many bytes of the file are whole lines: a power cut may leave a part of one."""
    return file.read_bytes().rfind(b"\n") + 1


def _last_link(file: Path) -> Link | None:
    last = None
    for last in read_export(file) if file.exists() else ():  # noqa: B007  # the last one is what is asked for
        pass
    return last


def read_export(file: Path) -> Iterator[Link]:
    """The events of an export, the oldest first; raises `LedgerError` with the line that is none."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith(b"\n"):
                return  # what a power cut left of a line; the next export writes it whole
            try:
                link = json.loads(line)
            except ValueError:
                link = None
            if not isinstance(link, dict) or not isinstance(link.get("seal"), int) or "hash" not in link:
                raise LedgerError(_("{path}:{line}:1: this is no event of a log").format(path=file, line=number))
            yield link
