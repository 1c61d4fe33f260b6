"""Handing one letter to a mail server, step by step. Up to the final dot nothing is out; from there on it may be.

======================  ==================================================================================
step                    what a failure means
======================  ==================================================================================
connect, TLS            nothing is out: 4xx or a broken line later, 5xx refused
sign in                 the same, but 5xx locks the account out: no letter is to blame
sender, recipient       the same
the letter's lines      the same: without its final dot, the server must throw it away (RFC 5321, 4.1.1.4)
the final dot           2xx accepted, 4xx later, 5xx refused; no answer or a strange one: unknown
======================  ==================================================================================
"""

from __future__ import annotations

import base64
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Final

from toolkit.messages import _
from toolkit.networks.smtp.dialogue import Dialogue, Reply, features
from toolkit.networks.smtp.letter import Letter
from toolkit.values import dataclass

_LINE_START: Final = re.compile(rb"(?m)^\.")


class DeclinedError(Exception):
    """The server said no, before or after the final dot; `code` decides whether for good."""

    def __init__(self, code: int, words: str) -> None:
        self.code = code
        self.words = words
        super().__init__(words)


class LockedOutError(DeclinedError):
    """The server does not let us in, whatever the letter is."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user's name and password; both "" where the server asks for none."""

    user: str = ""
    password: str = field(default="", repr=False)

    def hide(self, words: str) -> str:
        """`words` of the server without the password, in whichever form it may repeat it."""
        forms = (
            [self.password, _coded(self.password), _coded(f"\0{self.user}\0{self.password}")] if self.password else []
        )
        for form in forms:
            words = words.replace(form, "…")
        return words


@dataclass(frozen=True, slots=True)
class Security:
    """How the line is encrypted: from the beginning (`implicit`), or with STARTTLS, which is a must unless `optional`."""

    context: Callable[[], ssl.SSLContext]
    implicit: bool = False
    optional: bool = False


def prepare(dialogue: Dialogue, letter: Letter, login: Login, security: Security) -> None:
    """Everything before DATA; raises `DeclinedError` and `BrokenLineError`, both of which mean: nothing is out."""
    name = letter.sender.domain
    if security.implicit:
        dialogue.start_tls(security.context())
    _expect(dialogue.read(), 220, login)
    offered = _greet(dialogue, name, login)
    if not security.implicit and ("STARTTLS" in offered or not security.optional):
        offered = _encrypt(dialogue, name, login, security, offered)
    if login.user:
        _sign_in(dialogue, login, offered)
    _envelope(dialogue, letter, login, offered)


def write(dialogue: Dialogue, letter: Letter, login: Login) -> None:
    """DATA and the letter, without its final dot; raises as `prepare` does."""
    _expect(dialogue.ask("DATA"), 354, login)
    dialogue.write(_LINE_START.sub(b"..", letter.data))


def finish(dialogue: Dialogue) -> Reply:
    """The final dot and what the server says to it; a `BrokenLineError` means that nobody knows."""
    dialogue.write(b".\r\n")
    return dialogue.read()


def _greet(dialogue: Dialogue, name: str, login: Login) -> Mapping[str, str]:
    return features(_expect(dialogue.ask(f"EHLO {name}"), 250, login))


def _encrypt(
    dialogue: Dialogue, name: str, login: Login, security: Security, offered: Mapping[str, str]
) -> Mapping[str, str]:
    if "STARTTLS" not in offered:
        raise DeclinedError(
            500,
            _(
                "the mail server offers no encryption (STARTTLS); nothing is sent in the open; if it encrypts from the"
                " beginning, write smtps:// into server"
            ),
        )
    _expect(dialogue.ask("STARTTLS"), 220, login)
    dialogue.start_tls(security.context())
    return _greet(dialogue, name, login)


def _sign_in(dialogue: Dialogue, login: Login, offered: Mapping[str, str]) -> None:
    ways = offered.get("AUTH", "").upper().split()
    if "PLAIN" in ways:
        reply = dialogue.ask("AUTH PLAIN " + _coded(f"\0{login.user}\0{login.password}"))
    elif "LOGIN" in ways:
        _expect(dialogue.ask("AUTH LOGIN"), 334, login)
        _expect(dialogue.ask(_coded(login.user)), 334, login)
        reply = dialogue.ask(_coded(login.password))
    else:
        raise LockedOutError(500, _("the mail server offers no way to sign in with a password"))
    if reply.code != 235:
        words = _("the mail server does not accept the password of {user}: {said}")
        error = LockedOutError if reply.code >= 500 else DeclinedError
        raise error(reply.code, words.format(user=login.user, said=login.hide(said(reply))))


def _envelope(dialogue: Dialogue, letter: Letter, login: Login, offered: Mapping[str, str]) -> None:
    most, size = offered.get("SIZE", ""), len(letter.data)
    if most.isdecimal() and 0 < int(most) < size:
        message = _("the mail has {size} bytes, the mail server takes {limit}; use fewer or smaller pictures")
        raise DeclinedError(552, message.format(size=size, limit=most))
    if letter.needs_utf8 and "SMTPUTF8" not in offered:
        raise DeclinedError(553, _("the mail server takes no addresses with letters beyond ASCII (SMTPUTF8)"))
    extra = (f" SIZE={size}" if "SIZE" in offered else "") + (" SMTPUTF8" if letter.needs_utf8 else "")
    _expect(dialogue.ask(f"MAIL FROM:<{letter.sender.address}>{extra}"), 250, login)
    reply = dialogue.ask(f"RCPT TO:<{letter.recipient.address}>")
    if reply.code not in (250, 251):
        raise DeclinedError(reply.code, login.hide(said(reply)))


def _expect(reply: Reply, code: int, login: Login) -> Reply:
    if reply.code != code:
        raise DeclinedError(reply.code, login.hide(said(reply)))
    return reply


def said(reply: Reply) -> str:
    """The server's own words."""
    return f"{reply.code} {' '.join(reply.text.split())}"


def _coded(words: str) -> str:
    return base64.b64encode(words.encode()).decode()
