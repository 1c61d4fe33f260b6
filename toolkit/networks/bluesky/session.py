"""Sessions: signed in once with the app password, then refreshed, and kept in the account's vault.

A server allows few sign-ins a day (https://docs.bsky.app/docs/advanced-guides/rate-limits), so a session that is
over is refreshed first; only when the server does not take the refresh token any more is the app password sent.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, field
from datetime import UTC, datetime, timedelta
from typing import Final

from toolkit.messages import _
from toolkit.networks.base import Surroundings
from toolkit.networks.bluesky.identity import ENTRY, find_server, identifier, read_server
from toolkit.networks.bluesky.xrpc import RefusedError, SignInError, address, bearer, said
from toolkit.networks.jsonvalues import fields, number, text
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.web import BadReply, Reply

SIGN_IN: Final = "com.atproto.server.createSession"
REFRESH: Final = "com.atproto.server.refreshSession"
# A token that ends so soon is not begun with.
SPARE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, where, and with which tokens."""

    did: str
    handle: str
    server: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    made_for: str = field(repr=False)  # which account, server and password it was made with

    def over(self, now: datetime) -> bool:
        """Whether the access token ends now, as far as it says when."""
        ends = expiry(self.access)
        return ends is not None and ends - SPARE <= now

    def to_json(self) -> str:
        return json.dumps(asdict(self))


class Sessions:
    """The sessions of one account. Raises `WebError`: `SignInError` where nothing but a person helps."""

    def __init__(self, account: Account, credential: str, surroundings: Surroundings) -> None:
        self._account = account
        self._credential = credential
        self._surroundings = surroundings
        made_for = "\n".join((identifier(account), account.server, credential))
        self._made_for = hashlib.sha256(made_for.encode()).hexdigest()[:32]

    def current(self) -> Session:
        """The stored session, renewed where it is over or was made with another password."""
        stored = self._surroundings.vault.session(self._make)
        session = read_session(stored)
        if session is not None and self._fits(session) and not session.over(self._surroundings.clock.now()):
            return session
        return self._renewed(stored)

    def renewed(self, worn: Session) -> Session:
        """A session instead of `worn`, which the server does not take any more; another process may have made it."""
        return self._renewed(worn.to_json())

    def _renewed(self, stale: str) -> Session:
        session = read_session(self._surroundings.vault.session(self._make, stale=stale))
        if session is None:
            raise BadReply(_("the vault of {account} holds no session").format(account=self._account.name))
        return session

    def _fits(self, session: Session) -> bool:
        return session.made_for == self._made_for

    def _make(self, stored: str) -> str:
        before = read_session(stored)
        if before is not None and self._fits(before):
            reply = self._ask(before.server, REFRESH, None, bearer(before.refresh))
            if reply.status == 200:
                return self._read(reply, before.server).to_json()
            if reply.status not in (400, 401):
                raise RefusedError(reply)
        return self._sign_in().to_json()

    def _sign_in(self) -> Session:
        name = identifier(self._account)
        server = self._account.server.rstrip("/") or find_server(self._surroundings.web, name) or ENTRY
        reply = self._ask(server, SIGN_IN, {"identifier": name, "password": self._credential}, {})
        if reply.status in (400, 401, 403):
            message = _("the server does not accept the app password of {account}: {said}")
            raise SignInError(message.format(account=self._account.name, said=said(reply)))
        if reply.status != 200:
            raise RefusedError(reply)
        # The entry server lets people in; their records lie on the server that their document names.
        home = read_server(fields(reply.json()).get("didDoc")) if server == ENTRY else ""
        return self._read(reply, home or server)

    def _ask(self, server: str, nsid: str, body: object, headers: Mapping[str, str]) -> Reply:
        return self._surroundings.web.request("POST", address(server, nsid), headers=headers, json=body)

    def _read(self, reply: Reply, server: str) -> Session:
        found = reply.json()
        session = Session(
            did=text(found, "did"),
            handle=text(found, "handle"),
            server=server,
            access=text(found, "accessJwt"),
            refresh=text(found, "refreshJwt"),
            made_for=self._made_for,
        )
        if not (session.did and session.access and session.refresh):
            raise BadReply(_("the server answered a sign-in without a session"))
        return session


def read_session(written: str) -> Session | None:
    """The session that `Session.to_json` wrote; None when it is something else."""
    try:
        value = json.loads(written)
    except ValueError:
        return None
    names = ("did", "handle", "server", "access", "refresh", "made_for")
    found = {name: text(value, name) for name in names}
    return Session(**found) if all(found[name] for name in names if name != "handle") else None


def expiry(token: str) -> datetime | None:
    """When a JSON Web Token ends by its own account; None when it does not say."""
    ends = number(_claims(token), "exp")
    try:
        return None if ends is None else datetime.fromtimestamp(ends, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def scope(token: str) -> str:
    """What a JSON Web Token gives a right to by its own account, "" when it does not say."""
    return text(_claims(token), "scope")


def _claims(token: str) -> object:
    middle = token.split(".")[1] if token.count(".") == 2 else ""
    try:
        return json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (ValueError, RecursionError):
        return None
