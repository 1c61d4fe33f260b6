"""The client: what Leitstand is called at a network. Registered by ourselves where the network lets us, else given.

Given clients stand in ``LEITSTAND_CLIENT_<NETWORK>`` or in the credentials file ``client-<network>``, as ``id:secret``, or
as the id alone where the network gave no secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.credentials import Secret, read_secret_file
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import SignIn
from toolkit.signin.errors import SignInError
from toolkit.values import dataclass
from toolkit.web import Web

PREFIX: Final = "LEITSTAND_CLIENT_"
NAME: Final = "Leitstand"


@dataclass(frozen=True, slots=True)
class Client:
    """A client's id, and its secret where it has one."""

    id: str
    secret: str = field(default="", repr=False)
    registered: bool = False


def client_variable(network: str) -> str:
    """The variable that holds the client of `network`."""
    return PREFIX + network.upper().replace("-", "_")


def read_client(network: str, environ: Mapping[str, str]) -> Client | None:
    """The client that was given for `network`; None where none was. Raises `UsageError` for a file others can read."""
    said = Secret(environ.get(client_variable(network), "").strip()) or read_secret_file(f"client-{network}", environ)
    name, _colon, secret = said.reveal().partition(":")
    return Client(name, secret) if name else None


def need_client(network: str, environ: Mapping[str, str], redirect: str = "") -> Client:
    """Like `read_client`, but raises `UsageError` with the way to give one."""
    client = read_client(network, environ)
    if client is None and not redirect:
        message = _("the client of {network} is not here, so its tokens cannot be renewed; set {variable} to id:secret")
        raise UsageError(message.format(network=network, variable=client_variable(network)))
    if client is None:
        message = _(
            "{network} lets only clients sign in that it knows: register one on its pages for developers, with the"
            " redirect address {redirect}, then set {variable} to id:secret, or put that into the file {file} in {folder}"
        )
        facts = {"variable": client_variable(network), "file": f"client-{network}", "redirect": redirect}
        raise UsageError(message.format(network=network, folder="$LEITSTAND_CREDENTIALS_DIR", **facts))
    return client


def register_client(web: Web, address: str, sign_in: SignIn, redirect: str) -> Client:
    """Register a client at the account's server; raises `WebError` and `SignInError`.

    API: https://docs.joinmastodon.org/methods/apps/#create
    """
    form = {"client_name": NAME, "redirect_uris": redirect, "scopes": sign_in.scope_separator.join(sign_in.scopes)}
    reply = web.request("POST", address, form=form, headers={"Accept": "application/json"})
    body = reply.json() if reply.ok else {}
    name, secret = (body.get(key) for key in ("client_id", "client_secret")) if isinstance(body, dict) else ("", "")
    if not isinstance(name, str) or not name:
        message = _("{address} registers no client: HTTP {status}")
        raise SignInError(message.format(address=address, status=reply.status))
    return Client(name, secret if isinstance(secret, str) else "", registered=True)
