"""An account's requests, signed in. What only prepares may be asked again with a fresh session; what writes may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer
from toolkit.networks.base import Surroundings
from toolkit.networks.bluesky.identity import belongs
from toolkit.networks.bluesky.session import Session, Sessions
from toolkit.networks.bluesky.xrpc import (
    UPLOAD_TIME,
    RefusedError,
    SignInError,
    address,
    bearer,
    not_begun,
    worn_out,
    write_once,
)
from toolkit.networks.jsonvalues import fields, text
from toolkit.settings import Account
from toolkit.web import Form, Reply, WebError
from toolkit.web.client import MAX_BYTES

ME: Final = "com.atproto.server.getSession"


class Client:
    """One account's requests. Raises `WebError`; of these `RefusedError` for an answer other than 200."""

    def __init__(self, account: Account, credential: str, surroundings: Surroundings) -> None:
        self._account = account
        self._surroundings = surroundings
        self._sessions = Sessions(account, credential, surroundings)

    def session(self) -> Session:
        """Who is signed in; of another account than ours is `SignInError`."""
        session = self._sessions.current()
        self._check(session.did, session.handle)
        return session

    def confirm(self) -> Session:
        """Ask the server who we are, which also shows an outage, a revoked password or a locked account."""
        me = self.read(ME)
        self._check(text(me, "did"), text(me, "handle"))
        if fields(me).get("active") is False:
            message = _("the account {account} is not active: {status}")
            raise SignInError(message.format(account=self._account.name, status=text(me, "status")))
        return self._sessions.current()

    def read(self, nsid: str, params: Form | None = None, service: str = "", most: int = MAX_BYTES) -> object:
        """GET as JSON of at most `most` bytes; `service` answers in place of the account's server."""
        web = self._surroundings.web
        return self._patient(
            lambda session: web.request(
                "GET",
                address(session.server, nsid),
                headers=bearer(session.access, service),
                params=params,
                max_bytes=most,
            )
        ).json()

    def upload(self, data: bytes, media_type: str) -> object:
        """The blob that the server made of `data`, as records refer to it."""
        web = self._surroundings.web
        reply = self._patient(
            lambda session: web.request(
                "POST",
                address(session.server, "com.atproto.repo.uploadBlob"),
                headers={**bearer(session.access), "Content-Type": media_type},
                content=data,
                timeout=UPLOAD_TIME,
            )
        )
        return fields(reply.json()).get("blob")

    def write(self, nsid: str, body: Mapping[str, object], service: str = "") -> Reply | Answer:
        """POST, once: the reply, or what is known when there is none."""
        now = self._surroundings.clock.now()
        try:
            session = self.session()
        except WebError as error:
            return not_begun(error, now).answer
        headers = bearer(session.access, service)
        return write_once(self._surroundings.web, address(session.server, nsid), headers, body, now)

    def _patient(self, ask: Callable[[Session], Reply]) -> Reply:
        """The answer to a request that publishes nothing, asked again when the session was over."""
        session = self.session()
        reply = ask(session)
        if reply.status != 200 and worn_out(reply):
            reply = ask(self._sessions.renewed(session))
        if reply.status != 200:
            raise RefusedError(reply)
        return reply

    def _check(self, did: str, handle: str) -> None:
        if not belongs(self._account, did, handle):
            message = _("the session of {account} belongs to {name!r}, not to {expected!r}")
            raise SignInError(message.format(account=self._account.name, name=handle or did, expected=self._account.id))
