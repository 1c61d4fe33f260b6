"""An account's line to its mail server. Class blind: nobody can ask a list what became of a mail.

Sent once, with a Message-ID that is always the same for the same post. What fails before the final dot is refused or
later; a lost answer to the final dot is unknown, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError, refused
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.mediafile import MediaError, fit_attachment
from toolkit.networks.newsletter.message import Picture, write_letter
from toolkit.networks.newsletter.render import PICTURES
from toolkit.networks.smtp.delivery import Login
from toolkit.networks.smtp.handing import SCHEMES, Counter, read_login
from toolkit.networks.smtp.letter import Letter
from toolkit.networks.smtp.mailbox import MailboxError
from toolkit.settings import Account

# As a token: the server asks for no password.
NONE: Final = "-"


def connect(account: Account, credential: str, surroundings: Surroundings) -> NewsletterConnection:
    """The line of `account`; raises `UsageError` when its server or its token is not usable."""
    if urlsplit(account.server).scheme not in SCHEMES:
        message = _('the account {account} needs its mail server, such as server = "smtps://mail.example.com"')
        raise UsageError(message.format(account=account.name))
    login = Login() if credential == NONE else read_login(account, credential)
    return NewsletterConnection(account, Counter(account.server, login, surroundings), surroundings)


class NewsletterConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, counter: Counter, surroundings: Surroundings) -> None:
        self._account = account
        self._counter = counter
        self._around = surroundings

    def send(self, intent: Intent) -> Answer:
        """Hand the mail to the server, once."""
        try:
            letter = self._letter(intent)
        except NotBegunError as error:
            return error.answer
        return self._counter.hand_over(letter)

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

    def _letter(self, intent: Intent) -> Letter:
        """The mail, whole; raises `NotBegunError`."""
        if intent.action is not Action.POST:
            raise refused(_("a mail has no comments"))
        try:
            return write_letter(intent, self._pictures(intent), self._around.clock.now())
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


def _content_ids(intent: Intent) -> list[str]:
    """The ids of the pictures, in order, as the rendered HTML names them; raises `NotBegunError`."""
    found = re.findall(r'<img src="cid:([\w.@-]+)"', intent.content.html)
    if len(found) != len(intent.content.attachments):
        raise refused(_("the mail's HTML and its pictures do not belong together; plan the post again"))
    return found
