"""Opening the forge that leitstand.toml names: its token, a client that may reach this one server, its API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.credentials import need_secret
from toolkit.forge.api import Api
from toolkit.forge.base import Forge
from toolkit.forge.github import HEADERS, GitHub
from toolkit.forge.gitlab import GitLab
from toolkit.model import Clock
from toolkit.settings import ForgePlace
from toolkit.web import Web, host_port

ACCOUNT: Final = "forge"  # the token's name: LEITSTAND_TOKEN_FORGE

_FORGES: Final[Mapping[str, tuple[Mapping[str, str], Callable[[Api, str], Forge]]]] = {
    "github": (HEADERS, GitHub),
    "gitlab": ({"Accept": "application/json"}, GitLab),
}


def open_forge(place: ForgePlace, environ: Mapping[str, str], clock: Clock) -> Forge:
    """The forge at `place`; raises `UsageError` without a token. The server that is named may be a private one."""
    headers, forge = _FORGES[place.kind]
    token = need_secret(ACCOUNT, environ)
    web = Web(allowed_hosts=frozenset({host_port(place.url)}), elapsed=clock.elapsed).hiding(token.reveal())
    return forge(Api(place.url, token, web, clock, headers), place.project)
