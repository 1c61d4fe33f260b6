"""An account's line to its mail server. Class blind: nobody can ask a list what became of a mail.

Sent once, with a Message-ID that is always the same for the same post. What fails before the final dot is refused or
later; a lost answer to the final dot is unknown, and a person decides.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Outcome, Presence, Sighting
from toolkit.networks.answers import BUSY, NotBegunError, locked_out, refused, unreachable
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.mediafile import MediaError, fit_attachment
from toolkit.networks.newsletter.delivery import (
    DeclinedError,
    LockedOutError,
    Login,
    Security,
    finish,
    prepare,
    said,
    write,
)
from toolkit.networks.newsletter.mailbox import MailboxError
from toolkit.networks.newsletter.message import Letter, Picture, write_letter
from toolkit.networks.newsletter.render import PICTURES
from toolkit.networks.newsletter.smtp import BrokenLineError, Dialogue, Place, Reply
from toolkit.settings import Account
from toolkit.web import WebError, host_port

# Seconds for everything before the final dot, and for the answer to it. Together below the ledger's lease.
PREPARE: Final = 120.0
PATIENCE: Final = 120.0
# RFC 4954, 6: authentication is required, or its mechanism is too weak, or what was given is not taken.
NO_LOGIN: Final = frozenset({530, 534, 535})
SCHEMES: Final = ("smtp", "smtps")
# As a token: the server asks for no password.
NONE: Final = "-"


def connect(account: Account, credential: str, surroundings: Surroundings) -> NewsletterConnection:
    """The line of `account`; raises `UsageError` when its server or its token is not usable."""
    if urlsplit(account.server).scheme not in SCHEMES:
        message = _('the account {account} needs its mail server, such as server = "smtps://mail.example.com"')
        raise UsageError(message.format(account=account.name))
    user, _colon, password = credential.partition(":")
    if credential != NONE and not (user and password):
        message = _('the token of {account} must be USER:PASSWORD of its mail server, or "-" where there is none')
        raise UsageError(message.format(account=account.name))
    return NewsletterConnection(account, Login() if credential == NONE else Login(user, password), surroundings)


class NewsletterConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, login: Login, surroundings: Surroundings) -> None:
        self._account = account
        self._login = login
        self._around = surroundings
        self._ends = 0.0

    def send(self, intent: Intent) -> Answer:
        """Hand the mail to the server, once."""
        try:
            letter = self._letter(intent)
            self._ends = self._around.clock.elapsed() + PREPARE
            place = self._place()
            with closing(Dialogue(place, self._left)) as dialogue:
                prepare(dialogue, letter, self._login, self._security(place))
                # The clock once more: who slept until here may have been taken for dead.
                self._around.web.addresses(self._account.server)
                write(dialogue, letter, self._login)
                return self._finish(dialogue, letter)
        except NotBegunError as error:
            return error.answer
        except LockedOutError as error:
            return locked_out(error.words, self._now)
        except DeclinedError as error:
            return self._declined(error.code, error.words)
        except (BrokenLineError, WebError) as error:
            return unreachable(error, self._now)

    def find(self, intent: Intent) -> Sighting:  # noqa: ARG002  # there is nothing to look at
        """Nobody can look into the readers' inboxes."""
        return Sighting(Presence.UNCLEAR, reason=_("a mail cannot be looked for; ask somebody on the list"))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:  # noqa: ARG002  # nothing to ask
        """A mail server counts nothing; openings and clicks come as an export of the list's software."""
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:  # noqa: ARG002  # no mail can be changed
        """A mail that was sent stays as it is."""
        return Answer(Outcome.REFUSED, reason=_("a mail that was sent cannot be changed; send a correction"))

    def delete(self, remote_id: str) -> Answer:  # noqa: ARG002  # no mail can be called back
        """A mail that was sent stays sent."""
        return Answer(Outcome.REFUSED, reason=_("a mail that was sent cannot be taken back; send a correction"))

    @property
    def _now(self) -> datetime:
        return self._around.clock.now()

    def _left(self) -> float:
        return self._ends - self._around.clock.elapsed()

    def _place(self) -> Place:
        host, _colon, port = host_port(self._account.server).rpartition(":")
        return Place(host, int(port), self._around.web.addresses(self._account.server))

    def _security(self, place: Place) -> Security:
        local = all(ip_address(address.partition("%")[0]).is_loopback for address in place.addresses)
        return Security(trusted, implicit=urlsplit(self._account.server).scheme == "smtps", optional=local)

    def _letter(self, intent: Intent) -> Letter:
        """The mail, whole; raises `NotBegunError`."""
        if intent.action is not Action.POST:
            raise refused(_("a mail has no comments"))
        try:
            return write_letter(intent, self._pictures(intent), self._now)
        except (MailboxError, MediaError) as error:
            raise refused(str(error)) from error

    def _pictures(self, intent: Intent) -> list[Picture]:
        media = intent.content.attachments
        other = [medium.file for medium in media if medium.kind not in PICTURES]
        if other:
            message = _("a mail carries pictures only, not {files}; link to them")
            raise refused(message.format(files=", ".join(other)))
        read = self._around.read_media
        return [
            Picture(identity, fit_attachment(medium, read, "newsletter"))
            for identity, medium in zip(_content_ids(intent), media, strict=True)
        ]

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


def trusted() -> ssl.SSLContext:
    """Certificates are checked against SSL_CERT_FILE or SSL_CERT_DIR if set, the system's list, else certifi's."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _content_ids(intent: Intent) -> list[str]:
    """The ids of the pictures, in order, as the rendered HTML names them; raises `NotBegunError`."""
    found = re.findall(r'<img src="cid:([\w.@-]+)"', intent.content.html)
    if len(found) != len(intent.content.attachments):
        raise refused(_("the mail's HTML and its pictures do not belong together; plan the post again"))
    return found


def _hang_up(dialogue: Dialogue) -> None:
    """Say goodbye; the mail is accepted, whatever becomes of this."""
    try:
        dialogue.write(b"QUIT\r\n")
    except BrokenLineError:
        return
