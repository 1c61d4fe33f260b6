"""Which posts of others are not there any more. API: https://docs.x.com/x-api/posts/lookup/introduction.

X says of each post that it leaves out why: deleted ones it does not find, protected and blocked ones it may not show.
Only the first are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.x.api import Api

BATCH: Final = 100
NOT_FOUND: Final = "/resource-not-found"  # how the address of the problem ends


def find_gone(api: Api, remote_ids: Iterable[str]) -> frozenset[str]:
    """Those that X does not find; raises what `Api.read` raises."""
    asked = [one for one in dict.fromkeys(remote_ids) if one.isascii() and one.isdigit()]
    groups = (asked[start : start + BATCH] for start in range(0, len(asked), BATCH))
    return frozenset(one for group in groups for one in _missing(api, group))


def _missing(api: Api, ids: list[str]) -> Iterator[str]:
    body = fields(api.read("/2/tweets", {"ids": ",".join(ids)}))
    there = {text(one, "id") for one in items(body.get("data"))}
    for problem in items(body.get("errors")):
        named = text(problem, "resource_id") or text(problem, "value")
        if text(problem, "type").endswith(NOT_FOUND) and named in ids and named not in there:
            yield named
