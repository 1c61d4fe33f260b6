"""One attempt to sign in: the address to open, and the code that comes back by redirect or by hand."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.signin.errors import SignInError
from toolkit.signin.redirect import Redirected, read_redirect
from toolkit.values import dataclass

WAIT: Final = 300.0  # seconds for a person to sign in
# Where a person registers the client she registers its redirect too, so it has to be the same one every time.
PORT: Final = 8910


@dataclass(frozen=True, slots=True)
class Attempt:
    """What belongs to this sign-in and to no other: its state and its PKCE verifier (RFC 7636)."""

    state: str = field(repr=False)
    verifier: str = field(repr=False)

    @property
    def challenge(self) -> str:
        """S256 of the verifier."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


def begin() -> Attempt:
    """A new attempt; both values are random, 256 and 384 bits."""
    return Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True)
class Way:
    """How the code comes back: `redirect` is told to the network, `collect` gives what was brought."""

    redirect: str
    collect: Callable[[], Redirected]


@dataclass(frozen=True, slots=True)
class ByBrowser:
    """The browser of this machine brings it to a page of ours."""

    language: str
    port: int = 0
    seconds: float = WAIT

    @contextmanager
    def open(self, attempt: Attempt) -> Iterator[Way]:
        """The way back, as long as the block lasts."""
        # The standard library's server takes 25 ms to import, and every verb imports this room.
        from toolkit.signin.loopback import open_loopback

        with open_loopback(attempt.state, self.language, self.port) as loopback:
            yield Way(loopback.redirect, lambda: loopback.wait(self.seconds))


@dataclass(frozen=True, slots=True)
class ByHand:
    """A person copies the code, or the whole address that the browser was sent to. `ask` asks for it."""

    redirect: str
    ask: Callable[[], str]
    code_alone: bool  # without its state a code is taken only where PKCE binds it to this attempt

    @contextmanager
    def open(self, attempt: Attempt) -> Iterator[Way]:
        """The way back, as long as the block lasts."""
        yield Way(self.redirect, lambda: read_pasted(self.ask(), attempt.state, code_alone=self.code_alone))


def read_pasted(said: str, state: str, *, code_alone: bool) -> Redirected:
    """What a person pasted; raises `SignInError` for another sign-in's address and for what is neither."""
    said = said.strip()
    if "&state=" in said and "code=" not in said and "://" not in said:
        said = f"code={said}"  # as snac shows it: the code, and the state after it
    if "://" in said or "=" in said:
        parts = urlsplit(said)
        try:
            found = read_redirect(parts.query or said.partition("?")[2] or said, state)
        except ValueError:
            found = None
        if found is None:
            message = _("the address does not belong to this sign-in; open the address above, and paste where it leads")
            raise SignInError(message)
        return found
    if not said or not said.isprintable() or len(said.split()) != 1:
        raise SignInError(_("that is neither a code nor an address; nothing was stored"))
    if not code_alone:
        raise SignInError(_("paste the whole address that the browser was sent to, not only the code in it"))
    return Redirected(said)
