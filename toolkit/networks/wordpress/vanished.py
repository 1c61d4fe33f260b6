"""Which comments are not there any more: deleted, or in the blog's trash, where they wait for that.

A comment that the blog counts as spam is there. API: https://developer.wordpress.org/rest-api/reference/comments/
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toolkit.networks.jsonvalues import items
from toolkit.networks.wordpress.api import PAGE, Api, RefusedError, read_entry
from toolkit.networks.wordpress.lookup import COMMENT, COMMENTS, GONE

TRASH: Final = "trash"
# The account may not see it, and that is all that is known of it.
HIDDEN: Final = frozenset({401, 403})


def find_gone(api: Api, remote_ids: Iterable[str]) -> frozenset[str]:
    """Those that the blog says are gone; raises what `Api.read` raises."""
    asked = [one.removeprefix(COMMENT) for one in dict.fromkeys(remote_ids) if one.startswith(COMMENT)]
    groups = (asked[start : start + PAGE] for start in range(0, len(asked), PAGE))
    there = {number: status for group in groups for number, status in _statuses(api, group).items()}
    gone = (one for one in asked if there.get(one) == TRASH or (one not in there and _is_gone(api, one)))
    return frozenset(COMMENT + one for one in gone)


def _statuses(api: Api, numbers: list[str]) -> dict[str, str]:
    params = {"include": ",".join(numbers), "status": "any", "per_page": str(PAGE)}
    entries = map(read_entry, items(api.read(COMMENTS, params)))
    return {entry.id: entry.status for entry in entries}


def _is_gone(api: Api, number: str) -> bool:
    reply = api.ask(f"{COMMENTS}/{number}")
    if reply.status in GONE:
        return True
    if reply.status == 200:
        return read_entry(reply.json()).status == TRASH
    if reply.status in HIDDEN:
        return False
    raise RefusedError(reply)
