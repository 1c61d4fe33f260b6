"""A real mail server (aiosmtpd) on a free loopback port, with TLS by a certificate authority of its own.

It keeps what it accepts and can be told to misbehave at one step: hang up, or answer as the test says.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Final

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.snac import free_port

USER: Final = "leitstand"
PASSWORD: Final = "geheim: ja"
HANG_UP: Final = "hang up"


@dataclass
class MailServer:
    """`mails` holds what was accepted. `answers`: step (EHLO, MAIL, RCPT, DATA, DOT) → a reply, or `HANG_UP`."""

    port: int
    scheme: str
    authority: Path  # the certificate to trust
    mails: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}"

    @property
    def host_port(self) -> str:
        return f"localhost:{self.port}"

    def mail(self) -> EmailMessage:
        """The one mail that was accepted, read by the standard library."""
        (envelope,) = self.mails
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message


class _Handler:
    """aiosmtpd calls these; each one notes its step and may misbehave."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        said = self._step(server, "EHLO", "")
        return [said] if said else responses

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._step(server, "MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self._step(server, "RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        said = self._step(server, "DOT", "250 OK, queued as 42")
        if said.startswith("250") or self._server.answers.get("DOT") == HANG_UP:
            self._server.mails.append(envelope)
            self._server.signed_in.append(bool(session.authenticated))
        return said

    def _step(self, server: SMTP, step: str, usual: str) -> str:
        self._server.steps.append(step)
        said = self._server.answers.get(step, usual)
        if said == HANG_UP:
            _abort(server)
            return "250 nobody hears this"
        return said


class _Server(SMTP):
    """Answers DATA as told, which aiosmtpd has no hook for."""

    told: MailServer

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        said = self.told.answers.get("DATA")
        self.told.steps.append("DATA")
        if said == HANG_UP:
            _abort(self)
        elif said:
            await self.push(said)
        else:
            await super().smtp_DATA(arg)


class _Controller(Controller):
    def __init__(self, server: MailServer, **options: Any) -> None:  # aiosmtpd's own are `Any` as well
        self._told = server
        super().__init__(
            _Handler(server), hostname="127.0.0.1", port=server.port, server_hostname="localhost", **options
        )

    def factory(self) -> SMTP:
        made = _Server(self.handler, **self.SMTP_kwargs)
        made.told = self._told
        return made


def _abort(server: SMTP) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.Transport)
    transport.abort()


def _check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextmanager
def run_smtp(folder: Path, encryption: str = "starttls", **options: object) -> Iterator[MailServer]:
    """A server with `encryption` starttls, tls or none, as long as the block lasts; `options` are aiosmtpd's."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    trusted = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    server = MailServer(free_port(), "smtps" if encryption == "tls" else "smtp", trusted)
    if encryption == "tls":
        options["ssl_context"] = context
    if encryption == "starttls":
        options.update(tls_context=context, require_starttls=True)
    must = encryption == "starttls"
    usual = {
        "enable_SMTPUTF8": True,
        "authenticator": _check,
        "auth_required": must,
        "auth_require_tls": must,
        "ready_timeout": 60,
    }
    controller = _Controller(server, **{**usual, **options})
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
