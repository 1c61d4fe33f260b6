"""Insights as metrics of the house. What the network did not deliver is left out, never zero.

API: https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights,
https://developers.facebook.com/docs/threads/insights, https://developers.facebook.com/docs/graph-api/reference/insights
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from toolkit.networks.graph.answers import SIGN_IN, is_gone
from toolkit.networks.graph.api import Api, RefusedError
from toolkit.networks.jsonvalues import fields, items, number, text


def count_each(
    remote_ids: Iterable[str], count: Callable[[str], Mapping[str, float]]
) -> Mapping[str, Mapping[str, float]]:
    """The figures of each post; one that is gone is left out, every other refusal is raised."""
    found: dict[str, Mapping[str, float]] = {}
    for remote_id in remote_ids:
        try:
            found[remote_id] = count(remote_id)
        except RefusedError as error:
            if not is_gone(error):
                raise
    return found


def read_insights(api: Api, path: str, metrics: Iterable[str], **params: str) -> dict[str, float]:
    """The metrics that the network tells; one it refuses does not hide the others. Raises `WebError`."""
    wanted = tuple(metrics)
    try:
        return parse_insights(api.read(path, metric=",".join(wanted), **params))
    except RefusedError as error:
        if not _only_these(error):
            raise
    if len(wanted) == 1:
        return {}
    return {name: value for one in wanted for name, value in read_insights(api, path, (one,), **params).items()}


def parse_insights(found: object) -> dict[str, float]:
    """Name → value of a list of insights: the last of its `values`, or its `total_value`."""
    read: dict[str, float] = {}
    for entry in items(fields(found).get("data")):
        values = items(fields(entry).get("values"))
        value = number(values[-1], "value") if values else number(fields(entry).get("total_value"), "value")
        if value is not None:
            read[text(entry, "name")] = value
    return read


def renamed(found: Mapping[str, float], names: Mapping[str, str]) -> dict[str, float]:
    """`found` under the house's names; what has none is left out."""
    return {ours: found[theirs] for theirs, ours in names.items() if theirs in found}


def _only_these(error: RefusedError) -> bool:
    """Whether the request was refused for its metrics, and not for its token, its pace or a fault of the network."""
    refusal = error.refusal
    return refusal.code in (10, 100) and refusal.code not in SIGN_IN and refusal.status < 500
