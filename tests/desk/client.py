"""A browser without a screen: the desk's application over ASGI, with cookies and the tokens of its forms."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import httpx

from toolkit.desk.app import Desk, make_app, set_up
from toolkit.desk.areas import ENDPOINTS
from toolkit.desk.endpoint import Endpoint
from toolkit.desk.guard import Address
from toolkit.desk.house import House
from toolkit.desk.links import make_link
from toolkit.desk.sealing import Sealed

ORIGIN: Final = "http://127.0.0.1:8000"
HERE: Final = Address(frozenset({ORIGIN}))
CSRF: Final = re.compile(r'"X-CSRF-Token": "([0-9a-f]+)"')


@dataclass
class Client:
    """One browser. Redirects are not followed, so that they can be looked at."""

    app: Sealed
    desk: Desk
    peer: str = "127.0.0.1"
    origin: str = ORIGIN
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def ask(
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, object] | None = None,
        headers: Iterable[tuple[str, str]] = (),
        content: bytes | None = None,
    ) -> httpx.Response:
        """One request, with this browser's cookies and nothing else of its own."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(
                app=self.app,
                client=(self.peer, 54321),
            )
            async with httpx.AsyncClient(transport=transport, base_url=self.origin) as line:
                jar = [("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))]
                every = [*headers, *(jar if self.cookies else [])]
                sent = [(name.encode(), value.encode()) for name, value in every]
                return await line.request(method, path, headers=sent, data=form, content=content)

        # In a thread of its own: where a real browser was driven before, this one still has a loop.
        with ThreadPoolExecutor(1) as own:
            answer = own.submit(lambda: asyncio.run(send())).result()
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        return answer

    def get(self, path: str, *headers: tuple[str, str]) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, form: Mapping[str, object] | None = None, *headers: tuple[str, str]) -> httpx.Response:
        """A form of the desk's own, sent from one of its pages."""
        own = [("origin", self.origin), ("sec-fetch-site", "same-origin")]
        return self.ask("POST", path, form={"csrf": self.csrf, **(form or {})}, headers=[*own, *headers])

    def sign_in(self, person: str) -> Client:
        """With a fresh link; then the token of the forms."""
        house = self.desk.door.house
        with house.book() as store:
            token = make_link(store, person, house.settings.desk, house.now())
        assert self.post(f"/login/{token}").status_code == 303
        found = CSRF.search(self.get("/").text)
        assert found is not None
        self.csrf = found[1]
        return self


def open_desk(house: House, endpoints: Iterable[Endpoint] = ENDPOINTS, address: Address = HERE) -> Client:
    """A browser at the desk of `house`; nobody is signed in."""
    every = tuple(endpoints)
    desk = set_up(house, address, every)
    return Client(make_app(desk, every), desk, origin=min(address.origins))
