"""Around the whole application: no answer, also none that the web framework makes by itself, leaves without our headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from toolkit.desk.guard import Address, headers_for
from toolkit.values import dataclass

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sealed:
    """An ASGI application that adds what `inner` did not say."""

    inner: Application
    address: Address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_sealed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                told = {name.lower() for name, _value in message.get("headers", ())}
                more = [(name.encode(), value.encode()) for name, value in headers_for(self.address)]
                message["headers"] = [*message.get("headers", ()), *(one for one in more if one[0] not in told)]
            await send(message)

        await self.inner(scope, receive, send_sealed)
