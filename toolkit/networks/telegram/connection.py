"""A bot's line to one chat. A lost answer stays lost: no bot can read what it wrote, so a person looks.

Before the first message the bot is asked who it is and which chat it sees there; what is wrong with either is found
while nothing is out. Uploading is part of the publishing request: there is nothing to keep for a retry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Clock, Outcome, Part, Presence, Sighting
from toolkit.networks.answers import NotBegunError, NotToldError, broken_off, no_entry, refused, unreachable
from toolkit.networks.base import Intent, ReadMedia, Surroundings
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment
from toolkit.networks.telegram.api import Bot, Said
from toolkit.networks.telegram.message import (
    SEPARATOR,
    Request,
    caption_wishes,
    chat_id,
    make_message,
    message_ids,
    refuse_part,
    text_wishes,
)
from toolkit.settings import Account
from toolkit.web import WebError

_TOKEN: Final = re.compile(r"(?a:\d+:[\w-]+)")
# The Bot API has words, not codes, for these two.
SAME: Final = "message is not modified"
GONE: Final = "message to delete not found"


def connect(account: Account, credential: str, surroundings: Surroundings) -> TelegramConnection:
    """The line of `account`; raises `UsageError` when its credential is no bot's token or its id is no chat."""
    if _TOKEN.fullmatch(credential) is None:
        message = _("the credential of {account} is no bot's token; @BotFather shows it: 123456:ABC…")
        raise UsageError(message.format(account=account.name))
    if not (account.id.startswith("@") or account.id.removeprefix("-").isdecimal()):
        message = _('the account {account} needs its chat, such as id = "@channel" or id = "-1001234567890"')
        raise UsageError(message.format(account=account.name))
    bot = Bot(account.server, credential, surroundings.web)
    return TelegramConnection(account, bot, surroundings.clock, surroundings.read_media)


class TelegramConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, bot: Bot, clock: Clock, read_media: ReadMedia) -> None:
        self._account = account
        self._bot = bot
        self._clock = clock
        self._read_media = read_media
        self._chat: Mapping[str, object] | None = None

    def send(self, intent: Intent) -> Answer:
        """Publish one part; what precedes the publishing request can only refuse or postpone."""
        try:
            request = self._prepare(intent)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return unreachable(error, self._clock.now())
        return self._publish(request)

    def find(self, intent: Intent) -> Sighting:
        """A bot cannot read a channel."""
        del intent
        return Sighting(Presence.UNCLEAR, reason=_("a bot cannot read what it wrote"))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Nothing: the Bot API tells no views."""
        del remote_ids
        return {}

    def audience(self) -> Mapping[str, float]:
        """Members of the channel or group. Raises `WebError`, and `NotToldError` when the bot may not ask."""
        said = self._bot.call("getChatMemberCount", {"chat_id": chat_id(self._account.id)})
        if not said.ok:
            raise NotToldError(said.declined(self._clock.now(), begun=False))
        members = number({"count": said.result}, "count")
        return {} if members is None else {"followers": members}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace text or caption; the media stay. The same edit again changes nothing."""
        part = intent.content
        ids = message_ids(remote_id)
        if not ids:
            return Answer(Outcome.REFUSED, reason=_("{id!r} is no message of Telegram").format(id=remote_id))
        try:
            self.check_identity()
            self._must_fit(part)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return unreachable(error, self._clock.now())
        method, wishes = ("Caption", caption_wishes(part)) if part.attachments else ("Text", text_wishes(part))
        place = {"chat_id": chat_id(self._account.id), "message_id": ids[0]}
        answer = self._change(f"editMessage{method}", {**place, **wishes}, SAME)
        return replace(answer, remote_id=remote_id, url=self._url(ids))

    def delete(self, remote_id: str) -> Answer:
        """Take every message of the part back; those that are gone count as taken back."""
        place = {"chat_id": chat_id(self._account.id)}
        for number_ in message_ids(remote_id):
            answer = self._change("deleteMessage", {**place, "message_id": number_}, GONE)
            if answer.outcome is not Outcome.ACCEPTED:
                return answer
        return Answer(Outcome.ACCEPTED, remote_id)

    def check_identity(self) -> None:
        """Refuse to publish as another bot or into another chat; asked once per line."""
        if self._chat is not None:
            return
        bot, expected = text(self._ask("getMe", {}), "username"), self._account.options.get("bot", "").lstrip("@")
        if expected and bot.casefold() != expected.casefold():
            message = _("the token of {account} belongs to {name!r}, not to {expected!r}")
            words = message.format(account=self._account.name, name=bot, expected=expected)
            raise no_entry(words, self._clock.now())
        chat = fields(self._ask("getChat", {"chat_id": chat_id(self._account.id)}))
        if self._account.id.casefold() not in _names(chat):
            message = _("{expected} is another chat now: {names}")
            names = ", ".join(sorted(_names(chat)))
            raise no_entry(message.format(expected=self._account.id, names=names), self._clock.now())
        self._chat = chat

    def _prepare(self, intent: Intent) -> Request:
        """Everything that can fail before the publishing request."""
        part = intent.content
        files = self._read(part)
        reason = refuse_part(part, files)
        if reason:
            raise refused(reason)
        self.check_identity()
        return make_message(self._account.id, part, intent.previous, files)

    def _read(self, part: Part) -> list[MediaFile]:
        try:
            return [fit_attachment(attachment, self._read_media, "telegram") for attachment in part.attachments]
        except MediaError as error:
            raise refused(str(error)) from error

    def _must_fit(self, part: Part) -> None:
        if not part.count.valid:
            raise refused(refuse_part(part, ()))

    def _publish(self, request: Request) -> Answer:
        now = self._clock.now()
        try:
            said = self._bot.call(request.method, request.wishes, request.files)
        except WebError as error:
            return broken_off(error, now)
        if not said.ok:
            return said.declined(self._clock.now(), begun=True)
        ids = _ids(said.result)
        if not ids:
            return Answer(Outcome.UNKNOWN, reason=_("there is no message in the answer"))
        return Answer(Outcome.ACCEPTED, SEPARATOR.join(map(str, ids)), self._url(ids))

    def _change(self, method: str, wishes: Mapping[str, object], done: str) -> Answer:
        """An edit or a deletion; the words `done` say that it was made before."""
        now = self._clock.now()
        try:
            said = self._bot.call(method, wishes)
        except WebError as error:
            return broken_off(error, now)
        if said.ok or done in said.words:
            return Answer(Outcome.ACCEPTED)
        return said.declined(self._clock.now(), begun=True)

    def _ask(self, method: str, wishes: Mapping[str, object]) -> object:
        """Something about the bot or its chat: who is refused that cannot publish anything."""
        said: Said = self._bot.call(method, wishes)
        if not said.ok:
            answer = said.declined(self._clock.now(), begun=False)
            refusal = answer.outcome is Outcome.REFUSED
            raise no_entry(answer.reason, self._clock.now()) if refusal else NotBegunError(answer)
        return said.result

    def _url(self, ids: list[int]) -> str:
        """Where a message can be seen; only channels and supergroups have addresses."""
        chat = self._chat or {}
        if text(chat, "username"):
            return f"https://t.me/{text(chat, 'username')}/{ids[0]}"
        written = self._account.id
        return f"https://t.me/c/{written.removeprefix('-100')}/{ids[0]}" if written.startswith("-100") else ""


def _names(chat: Mapping[str, object]) -> set[str]:
    """What a chat may be called in the settings."""
    identity, name = number(chat, "id"), text(chat, "username")
    named = {f"@{name.casefold()}"} if name else set()
    return named | ({str(int(identity))} if identity is not None else set())


def _ids(result: object) -> list[int]:
    """The ids of the messages that were sent: one, or those of an album."""
    found = [number(one, "message_id") for one in (items(result) or [result])]
    return [int(one) for one in found if one is not None]
