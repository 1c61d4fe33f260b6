"""The desk as a web application: addresses → endpoints, each inside the gateway, each answer sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from toolkit.desk.answer import Answer, go, is_way, plain
from toolkit.desk.areas import ENDPOINTS
from toolkit.desk.assets import Assets, read_assets
from toolkit.desk.colours import style_sheet
from toolkit.desk.door import Door, Guest
from toolkit.desk.endpoint import Endpoint
from toolkit.desk.frame import Frame
from toolkit.desk.gateway import Gateway
from toolkit.desk.guard import LARGEST_BODY, Address, refuse
from toolkit.desk.house import House
from toolkit.desk.limits import Limits
from toolkit.desk.live import pulse
from toolkit.desk.reception import Reception
from toolkit.desk.request import Ask
from toolkit.desk.sealing import Sealed
from toolkit.desk.speech import language_of
from toolkit.messages import _, speaking
from toolkit.tokens import open_tokens
from toolkit.values import dataclass

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

Run = Callable[[Ask, Mapping[str, str]], Answer]
Say = Callable[[str], None]
Report = Callable[[Exception], str]
PATIENCE: Final = 15.0  # seconds for a whole form to arrive


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that lives as long as the process."""

    gateway: Gateway
    reception: Reception
    assets: Assets

    @property
    def door(self) -> Door:
        return self.gateway.door


def set_up(house: House, address: Address, endpoints: Iterable[Endpoint] = ENDPOINTS) -> Desk:
    """The desk of a house at an address. Raises `ModuleNotFoundError` without the extra `desk`."""
    door = Door(house, address, house.settings.desk)
    assets = read_assets({"desk.css": style_sheet(open_tokens(house.workspace.tree)[0]).encode()})
    areas = frozenset(one.path for one in endpoints if one.method == "GET")
    gateway = Gateway(door, Frame(door, assets, areas), Limits(house.clock.elapsed))
    return Desk(gateway, Reception(gateway), assets)


def _raise(error: Exception) -> str:
    raise error


def make_app(
    desk: Desk,
    endpoints: Iterable[Endpoint] = ENDPOINTS,
    log: Say = lambda _line: None,
    defect: Report = _raise,
) -> Sealed:
    """The application.

    `log` gets one line per request, without names of things, queries and tokens; `defect` an error that nobody foresaw,
    and says where more about it is.
    """
    from starlette.applications import Starlette

    wiring, endpoints = _Wiring(desk, log, defect), tuple(endpoints)
    reception = desk.reception
    routes = [
        *(wiring.route(one.method, one.path, partial(_page, desk.gateway, one)) for one in endpoints),
        *(wiring.route("GET", path, partial(_up, desk, levels)) for path, levels in _answers(endpoints)),
        wiring.route("GET", "/pulse", lambda ask, _path: pulse(desk.door, ask)),
        wiring.route("GET", "/login", lambda ask, _path: reception.ask_for_link(ask)),
        wiring.route("GET", "/login/{token}", lambda ask, path: reception.show_link(ask, path["token"])),
        wiring.route("POST", "/login/{token}", lambda ask, path: reception.sign_in(ask, path["token"])),
        wiring.route("POST", "/logout", lambda ask, _path: reception.sign_out(ask)),
        wiring.route("POST", "/language", lambda ask, _path: reception.choose_language(ask)),
        wiring.route("POST", "/scheme", lambda ask, _path: reception.choose_scheme(ask)),
        wiring.route("GET", "/assets/{name}", lambda ask, path: desk.assets.answer(path["name"], ask.query)),
        wiring.route("", "/{rest:path}", lambda ask, _path: _nothing(desk, ask)),
    ]
    return Sealed(Starlette(routes=routes), desk.door.address)


def _nothing(desk: Desk, ask: Ask) -> Answer:
    """Whoever is signed in finds the way on; strangers are told nothing but that."""
    guest, sentence = desk.door.meet(ask), _("there is nothing here")
    return desk.gateway.frame.problem(ask, guest, 404, sentence) if isinstance(guest, Guest) else plain(sentence, 404)


def _answers(endpoints: Iterable[Endpoint]) -> Iterator[tuple[str, int]]:
    """Addresses that only take forms, and how many levels above them stands the page that the form is on."""
    pages = {one.path for one in endpoints if one.method == "GET"}
    for path in sorted({one.path for one in endpoints if one.method == "POST"} - pages):
        above, levels = path.rpartition("/")[0], 1
        while above and above not in pages:
            above, levels = above.rpartition("/")[0], levels + 1
        if above:
            yield path, levels


def _up(desk: Desk, levels: int, ask: Ask, _path: Mapping[str, str]) -> Answer:
    """Who loads the page again that answered a form comes to the page with the form."""
    to = ask.path.rsplit("/", levels)[0]
    return go(to) if is_way(to) else _nothing(desk, ask)


def _page(gateway: Gateway, endpoint: Endpoint, ask: Ask, path: Mapping[str, str]) -> Answer:
    return gateway.answer(ask, endpoint, path)


@dataclass(frozen=True, slots=True)
class _Wiring:
    """Between Starlette's requests and ours."""

    desk: Desk
    log: Say
    defect: Report

    def route(self, method: str, path: str, run: Run) -> Route:
        from starlette.concurrency import run_in_threadpool
        from starlette.routing import Route

        async def answer(request: Request) -> Response:
            received = await _receive(request)
            if isinstance(received, Ask):
                params = dict(request.path_params)
                received = await run_in_threadpool(self._answer, run, received, params, path)
            return _response(received, head=request.method == "HEAD")

        return Route(path, answer, methods=[method] if method else ["GET", "POST"])

    def _answer(self, run: Run, ask: Ask, params: Mapping[str, str], path: str) -> Answer:
        house, address = self.desk.door.house, self.desk.door.address
        start = house.clock.elapsed()
        with speaking(language_of(ask, house.settings.interface)):
            try:
                answered = refuse(ask, address) or run(ask, params)
            except Exception as error:  # noqa: BLE001  # the boundary: whatever is left is a defect of ours
                place = self.defect(error)
                message = _("a defect of ours; nothing you did should cause this. Please report it with the log {log}")
                answered = plain(message.format(log=place), 500)
        took = round((house.clock.elapsed() - start) * 1000)
        at = house.now().astimezone(house.zone)
        # The pattern of the address, never the address: in that stand ids and login tokens, in the query what people seek.
        self.log(f"{at:%Y-%m-%d %H:%M:%S} {ask.method} {path} {answered.status} {took} ms")
        return answered


async def _receive(request: Request) -> Ask | Answer:
    """The request with its body, read only as far as it is not too much."""
    import asyncio

    from starlette.requests import ClientDisconnect

    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    return plain(_("this is more than a form can hold"), 413).plus(("connection", "close"))
    except TimeoutError:
        return plain(_("the form took too long to arrive"), 408).plus(("connection", "close"))
    except ClientDisconnect:
        return plain("", 400)
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in request.scope["headers"]
    )
    path = request.scope.get("raw_path", b"").decode("latin-1")
    query = request.scope["query_string"].decode("latin-1")
    peer = request.client.host if request.client else ""
    return Ask(request.method, path, query, headers, peer, bytes(body))


def _response(answer: Answer, *, head: bool) -> Response:
    from starlette.responses import Response

    response = Response(b"" if head else answer.body, answer.status)
    response.raw_headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in answer.headers]
    response.raw_headers.append((b"content-length", str(len(answer.body)).encode()))
    return response
