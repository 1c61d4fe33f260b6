"""Handing one letter to a mail server, once, and what its answer means for the letter.

What fails before the final dot is refused or later; a lost answer to the final dot is unknown, and a person decides.
"""

from __future__ import annotations

import ssl
from contextlib import closing
from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Outcome
from toolkit.networks.answers import BUSY, locked_out, unreachable
from toolkit.networks.base import Surroundings
from toolkit.networks.smtp.delivery import (
    DeclinedError,
    LockedOutError,
    Login,
    Security,
    finish,
    prepare,
    said,
    write,
)
from toolkit.networks.smtp.dialogue import BrokenLineError, Dialogue, Place, Reply
from toolkit.networks.smtp.letter import Letter
from toolkit.settings import Account
from toolkit.web import WebError, host_port

# Seconds for everything before the final dot, and for the answer to it. Together below the ledger's lease.
PREPARE: Final = 120.0
PATIENCE: Final = 120.0
# RFC 4954, 6: authentication is required, or its mechanism is too weak, or what was given is not taken.
NO_LOGIN: Final = frozenset({530, 534, 535})
SCHEMES: Final = ("smtp", "smtps")


class Counter:
    """Where one account's letters are handed in: the server at `url`, ``smtp://`` or ``smtps://``."""

    def __init__(self, url: str, login: Login, surroundings: Surroundings) -> None:
        self._url = url
        self._login = login
        self._around = surroundings
        self._ends = 0.0

    def hand_over(self, letter: Letter) -> Answer:
        """Hand the letter to the server, once. Never raises for what a server can do."""
        try:
            self._ends = self._around.clock.elapsed() + PREPARE
            place = self._place()
            with closing(Dialogue(place, self._left)) as dialogue:
                prepare(dialogue, letter, self._login, self._security(place))
                # The clock once more: who slept until here may have been taken for dead.
                self._around.web.addresses(self._url)
                write(dialogue, letter, self._login)
                return self._finish(dialogue, letter)
        except LockedOutError as error:
            return locked_out(error.words, self._now)
        except DeclinedError as error:
            return self._declined(error.code, error.words)
        except (BrokenLineError, WebError) as error:
            return unreachable(error, self._now)

    @property
    def _now(self) -> datetime:
        return self._around.clock.now()

    def _left(self) -> float:
        return self._ends - self._around.clock.elapsed()

    def _place(self) -> Place:
        host, _colon, port = host_port(self._url).rpartition(":")
        return Place(host, int(port), self._around.web.addresses(self._url))

    def _security(self, place: Place) -> Security:
        return Security(trusted, implicit=urlsplit(self._url).scheme == "smtps", optional=is_local(place))

    def _finish(self, dialogue: Dialogue, letter: Letter) -> Answer:
        """From here on the mail may be out."""
        self._ends = self._around.clock.elapsed() + PATIENCE
        try:
            reply = finish(dialogue)
        except BrokenLineError as error:
            message = _("the mail was written to the end, and then: {error}")
            return Answer(Outcome.UNKNOWN, reason=message.format(error=error))
        if reply.ok:
            _hang_up(dialogue)
            return Answer(Outcome.ACCEPTED, letter.message_id)
        if not 400 <= reply.code < 600:
            return Answer(Outcome.UNKNOWN, reason=self._words(reply))
        return self._declined(reply.code, self._words(reply))

    def _words(self, reply: Reply) -> str:
        return self._login.hide(said(reply))

    def _declined(self, code: int, words: str) -> Answer:
        """The answer when the server said no and nothing is out."""
        if code in NO_LOGIN:
            return locked_out(words, self._now)
        if 500 <= code < 600:
            return Answer(Outcome.REFUSED, reason=words)
        return Answer(Outcome.LATER, reason=words, retry_at=self._now + BUSY)


def read_login(account: Account, credential: str) -> Login:
    """User and password in ``USER:PASSWORD``; raises `UsageError` when it is something else."""
    user, _colon, password = credential.partition(":")
    if not (user and password):
        message = _('the token of {account} must be USER:PASSWORD of its mail server, or "-" where there is none')
        raise UsageError(message.format(account=account.name))
    return Login(user, password)


def is_local(place: Place) -> bool:
    """Whether the server is on this very machine, where nothing has to be encrypted."""
    return all(ip_address(address.partition("%")[0]).is_loopback for address in place.addresses)


def trusted() -> ssl.SSLContext:
    """Certificates are checked against SSL_CERT_FILE or SSL_CERT_DIR if set, the system's list, else certifi's."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _hang_up(dialogue: Dialogue) -> None:
    """Say goodbye; the mail is accepted, whatever becomes of this."""
    try:
        dialogue.write(b"QUIT\r\n")
    except BrokenLineError:
        return
