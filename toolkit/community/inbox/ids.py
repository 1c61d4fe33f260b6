"""What people write of a conversation's id: its end, as lists show it, or its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from toolkit.community.inbox import statements as sql
from toolkit.database import Store
from toolkit.errors import MissingError, UsageError
from toolkit.messages import _

SHORT: Final = 6  # letters of the end; of ids that were made in the same moment the beginnings are the same
FEWEST: Final = 4
WHOLE: Final = 26


def short(conversation_id: str) -> str:
    """The end of an id, as lists show it."""
    return conversation_id[-SHORT:]


def find_id(store: Store, name: str) -> str:
    """The whole id that `name` begins or ends; raises `UsageError` with the near ones, or those that it may be."""
    wanted = name.strip().upper()
    if len(wanted) < FEWEST:
        message = _("{name!r} is too short for a conversation; write at least {count} letters of its id")
        raise UsageError(message.format(name=name, count=FEWEST))
    found = _matching(store, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        message = _("{name} may be {several}; write more of the id")
        raise UsageError(message.format(name=name, several=", ".join(found)))
    near = _near(store, wanted)
    message = _("there is no conversation {name}") if not near else _("there is no conversation {name}; near: {near}")
    raise MissingError(message.format(name=name, near=", ".join(near)))


def _matching(store: Store, wanted: str) -> Sequence[str]:
    joined = [str(raw["became"]) for raw in store.read(sql.MERGED, {"id": wanted})]
    if joined or len(wanted) > WHOLE:
        return joined
    begins = store.read(sql.BEGINS, {"first": wanted, "after": wanted + "~"})
    ends = store.read(sql.ENDS, {"from": WHOLE - len(wanted) + 1, "end": wanted})
    return sorted({str(raw["id"]) for raw in (*begins, *ends)})


def _near(store: Store, wanted: str) -> list[str]:
    ids = [str(raw["id"]) for raw in store.read(sql.NEWEST_IDS)]
    length = min(len(wanted), WHOLE)
    ends = {one[-length:]: one for one in ids}
    return [short(ends[end]) if length <= SHORT else ends[end] for end in get_close_matches(wanted, ends, 3, 0.7)]
