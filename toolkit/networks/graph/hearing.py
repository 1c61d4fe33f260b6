"""Comments below our posts as messages: what others wrote, the oldest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from toolkit.model import Message
from toolkit.networks.graph.answers import is_gone
from toolkit.networks.graph.api import Api, RefusedError
from toolkit.networks.graph.reading import entries


@dataclass(frozen=True, slots=True)
class Below:
    """The list below a post: its edge, the fields of an entry, and what else the list is asked."""

    edge: str
    fields: str
    params: Mapping[str, str] = field(default_factory=dict)


# Reads an entry of the list below a post (its remote id); None for our own.
ReadMessage = Callable[[object, str], Message | None]


def hear(
    api: Api, below: Below, read: ReadMessage, since: datetime | None, remote_ids: Iterable[str]
) -> Iterator[Message]:
    """Everything written below the posts after `since`; raises `WebError`. A post that is gone is left out."""
    found: list[Message] = []
    for remote_id in remote_ids:
        try:
            listed = entries(api, f"{remote_id}/{below.edge}", below.fields, **below.params)
            messages = [read(entry, remote_id) for entry in listed]
        except RefusedError as error:
            if not is_gone(error):
                raise
            continue
        found += [one for one in messages if one is not None and (since is None or one.at > since)]
    yield from sorted(found, key=lambda message: (message.at, message.remote_id))
