"""An account's mailbox: heard over IMAP, answered over SMTP. Class blind, as every mail.

After an answer is accepted, a copy goes into the folder of sent mails. Some servers put one there themselves; so a copy
that is found proves that an answer is out, and none that is found proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from toolkit.errors import NetworkError, UsageError
from toolkit.messages import _
from toolkit.model import Answer, Message, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError, no_entry, unreachable
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.mail.imap import Box, Safety, enter
from toolkit.networks.mail.letters import sender_of, write_answer
from toolkit.networks.mail.listening import Ear, Ours
from toolkit.networks.mail.render import SENT, SMTP
from toolkit.networks.smtp.delivery import Login
from toolkit.networks.smtp.dialogue import Place
from toolkit.networks.smtp.handing import SCHEMES, Counter, is_local, trusted
from toolkit.networks.smtp.letter import Letter, message_id
from toolkit.networks.smtp.mailbox import MailboxError, read_mailbox
from toolkit.settings import Account
from toolkit.web import WebError, host_port

BOXES: Final = ("imap", "imaps")
LISTEN: Final = 300.0  # seconds for one round
LOOK: Final = 60.0  # for a look at the folder of sent mails


def connect(account: Account, credential: str, surroundings: Surroundings) -> MailConnection:
    """The line of `account`; raises `UsageError` when its servers, its address or its token are not usable."""
    if urlsplit(account.server).scheme not in BOXES:
        message = _('the account {account} needs its mailbox, such as server = "imaps://mail.example.com"')
        raise UsageError(message.format(account=account.name))
    relay = account.options.get(SMTP, "")
    if relay and urlsplit(relay).scheme not in SCHEMES:
        message = _('{account}: smtp needs an address such as "smtps://mail.example.com"')
        raise UsageError(message.format(account=account.name))
    user, _colon, password = credential.partition(":")
    if not (user and password):
        message = _("the token of {account} must be USER:PASSWORD of its mailbox")
        raise UsageError(message.format(account=account.name))
    try:
        domain = read_mailbox(account.options.get("from", "") or account.id, "id").domain
    except MailboxError as error:
        raise UsageError(str(error)) from error
    return MailConnection(account, Login(user, password), Ours(domain, account.options.get(SENT, "")), surroundings)


class MailConnection:
    """See `toolkit.networks.base.Connection`, `Listening` and `Admitting`."""

    def __init__(self, account: Account, login: Login, ours: Ours, surroundings: Surroundings) -> None:
        self._account = account
        self._login = login
        self._ours = ours
        self._around = surroundings
        self._deaf = False

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:  # noqa: ARG002  # no posts
        """The mails since then, and what was answered from anywhere. Raises `WebError`, and `NotToldError` when locked out."""
        with self._box(LISTEN) as box:
            ours = replace(self._ours, sent=self._sent(box))
            self._deaf = not ours.sent
            yield from Ear(box, self._account.name, self._around.notes, self._around.clock, ours).hear(since)

    def unheard(self) -> str:
        """Answers that somebody wrote in a mail program, where nobody knows in which folder they lie."""
        if not self._deaf:
            return ""
        return _('no folder of sent mails is known, so answers from elsewhere are not heard; name it: sent = "…"')

    def send(self, intent: Intent) -> Answer:
        """Hand the answer to the mail server, once, and a copy of it to the mailbox."""
        relay = self._account.options.get(SMTP, "")
        try:
            letter = write_answer(intent, self._around.clock.now())
        except NotBegunError as error:
            return error.answer
        if not relay:
            message = _('{account} cannot answer: its options need smtp = "smtps://mail.example.com"')
            return Answer(Outcome.REFUSED, reason=message.format(account=self._account.name))
        answer = Counter(relay, self._login, self._around).hand_over(letter)
        return self._with_copy(answer, letter) if answer.outcome is Outcome.ACCEPTED else answer

    def find(self, intent: Intent) -> Sighting:
        """Look for a copy in the folder of sent mails: one that is there is proof, none is not."""
        try:
            identity = message_id(intent.key, sender_of(intent).domain)
            with self._box(LOOK) as box:
                folder = self._sent(box)
                if folder and _lies_in(box, folder, identity):
                    return Sighting(Presence.FOUND, identity)
        except (NetworkError, MailboxError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        return Sighting(
            Presence.UNCLEAR, reason=_("no copy among the sent mails, which proves nothing; ask who got it")
        )

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:  # noqa: ARG002  # nothing to ask
        """A mailbox counts nothing."""
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:  # noqa: ARG002  # no mail can be changed
        """A mail that was sent stays as it is."""
        return Answer(Outcome.REFUSED, reason=_("a mail that was sent cannot be changed; answer once more"))

    def delete(self, remote_id: str) -> Answer:  # noqa: ARG002  # no mail can be called back
        """A mail that was sent stays sent."""
        return Answer(Outcome.REFUSED, reason=_("a mail that was sent cannot be taken back; answer once more"))

    def check_identity(self) -> None:
        """Sign in to the mailbox; raises `NotBegunError` where that is not possible, and `WebError`."""
        try:
            with self._box(LOOK):
                return
        except WebError:
            raise
        except NetworkError as error:
            raise no_entry(str(error), self._around.clock.now()) from error

    def explain(self, error: WebError) -> Answer:
        """A mailbox that did not answer is asked again."""
        return unreachable(error, self._around.clock.now())

    def _with_copy(self, answer: Answer, letter: Letter) -> Answer:
        """The mail is out, whatever becomes of its copy; but who looks for it in the mailbox is told."""
        try:
            with self._box(LOOK) as box:
                folder = self._sent(box)
                if folder and not _lies_in(box, folder, letter.message_id):
                    box.append(folder, letter.data, self._around.clock.now())
        except NetworkError as error:
            message = _("sent, but without a copy among the sent mails: {error}")
            return Answer(answer.outcome, answer.remote_id, reason=message.format(error=error))
        return answer

    def _sent(self, box: Box) -> str:
        return self._ours.sent or box.sent_folder()

    @contextmanager
    def _box(self, seconds: float) -> Iterator[Box]:
        clock, server = self._around.clock, self._account.server
        ends = clock.elapsed() + seconds
        host, _colon, port = host_port(server).rpartition(":")
        place = Place(host, int(port), self._around.web.addresses(server))
        safety = Safety(trusted, implicit=urlsplit(server).scheme == "imaps", optional=is_local(place))
        left: Callable[[], float] = lambda: ends - clock.elapsed()  # noqa: E731  # a deadline
        box = enter(place, self._login, safety, left, clock.now())
        try:
            yield box
        finally:
            box.close()


def _lies_in(box: Box, folder: str, identity: str) -> bool:
    box.open(folder)
    return bool(box.uids("HEADER", "Message-ID", f'"{identity}"'))
