"""Which statuses of others are not there any more. API: https://docs.joinmastodon.org/methods/statuses/#index, …/#get.

A server answers 404 for a status that was deleted, and for one that it does not show us any more. Many are asked for
at once where the server can (4.3 and later); what it leaves out is asked for by itself before it counts as gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toolkit.networks.jsonvalues import items, text
from toolkit.networks.mastodon.api import Api, RefusedError

GONE: Final = frozenset({404, 410})
TOGETHER: Final = 20  # the software takes no more in one request
LIMITED: Final = 429


def find_gone(api: Api, remote_ids: Iterable[str]) -> frozenset[str]:
    """Those that the server says are gone; raises `WebError` when it cannot be reached or asks for patience."""
    asked = list(dict.fromkeys(remote_ids))
    groups = [asked[start : start + TOGETHER] for start in range(0, len(asked), TOGETHER)]
    there = {one for group in groups for one in _there(api, group)} if len(asked) > 1 else set[str]()
    return frozenset(one for one in asked if one not in there and _is_gone(api, one))


def _there(api: Api, remote_ids: list[str]) -> set[str]:
    """Those that the server shows when asked for all; none where it cannot be asked so."""
    reply = api.ask("/api/v1/statuses", {"id[]": remote_ids})
    _must_be_patient(reply.status, RefusedError(reply))
    return {text(one, "id") for one in items(reply.json())} if reply.status == 200 else set()


def _is_gone(api: Api, remote_id: str) -> bool:
    reply = api.ask(f"/api/v1/statuses/{remote_id}")
    _must_be_patient(reply.status, RefusedError(reply))
    return reply.status in GONE


def _must_be_patient(status: int, error: RefusedError) -> None:
    if status == LIMITED:
        raise error
