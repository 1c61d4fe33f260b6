"""The host that leitstand.toml names, with its key pair from the environment.

``LEITSTAND_TOKEN_MEDIA_HOST`` (or the file ``media-host`` among the credentials) holds ``<key>:<secret>``; without it
the usual variables of AWS, and then whatever right the machine itself has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.credentials import Secret, read_secret
from toolkit.errors import UsageError
from toolkit.hosting.bucket import BucketHost, Keys
from toolkit.hosting.folder import FolderHost
from toolkit.messages import _
from toolkit.settings import MediaPlace
from toolkit.web import Web, host_port

SECRET: Final = "media-host"  # noqa: S105  # its name
AWS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
Host = FolderHost | BucketHost


def open_host(place: MediaPlace | None, environ: Mapping[str, str], web: Web) -> Host | None:
    """The host of `place`; None where there is none. Raises `UsageError` for a key pair that is none."""
    if place is None:
        return None
    return FolderHost(place, web) if place.folder else BucketHost(place, web, read_keys(environ))


def read_keys(environ: Mapping[str, str]) -> Keys:
    """The storage's key pair; raises `UsageError` where it is written wrong."""
    own = read_secret(SECRET, environ).reveal()
    if not own:
        name, secret, session = (environ.get(variable, "") for variable in AWS)
        return Keys(name, Secret(secret), Secret(session))
    name, _colon, secret = own.partition(":")
    if not name or not secret:
        raise UsageError(_("the secret of [media_host] must be a key and its secret: KEY:SECRET"))
    return Keys(name, Secret(secret), Secret(""))


def host_addresses(place: MediaPlace | None) -> frozenset[str]:
    """``host:port`` of the addresses that the place names: they may be private, seen from inside."""
    named = (place.url, place.endpoint) if place else ()
    return frozenset(host_port(address) for address in named if address)
