"""The line to a Discord channel. A lost answer stays lost: a webhook reads only messages whose ids it knows.

Before the first message the webhook is asked which channel it belongs to, so that a wrong one is found while nothing
is out. Uploading is part of the publishing request: there is nothing to keep for a retry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Clock, Outcome, Part, Presence, Sighting
from toolkit.networks.answers import NotBegunError, NotToldError, broken_off, no_entry, refused, unreachable
from toolkit.networks.base import Intent, ReadMedia, Surroundings
from toolkit.networks.discord.api import UNKNOWN_MESSAGE, Webhook, code, open_webhook, turned_down
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.limits import limit
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment
from toolkit.settings import Account
from toolkit.web import BadReply, Reply, WebError

# https://discord.com/developers/docs/resources/message#message-object-message-flags
NO_PREVIEWS: Final = 1 << 2
SILENT: Final = 1 << 12
MENTIONS: Final = ("everyone", "roles", "users")
IN_THREAD: Final = "/"  # between thread and message in a remote id


def connect(account: Account, credential: str, surroundings: Surroundings) -> DiscordConnection:
    """The line of `account`; raises `UsageError` when its credential is no webhook."""
    webhook = open_webhook(account, credential, surroundings.web)
    return DiscordConnection(account, webhook, surroundings.clock, surroundings.read_media)


class DiscordConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, webhook: Webhook, clock: Clock, read_media: ReadMedia) -> None:
        self._account = account
        self._webhook = webhook
        self._clock = clock
        self._read_media = read_media
        self._guild: str | None = None

    def send(self, intent: Intent) -> Answer:
        """Publish one part; what precedes the publishing request can only refuse or postpone."""
        part, now = intent.content, self._clock.now()
        try:
            files = self._prepare(part)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return unreachable(error, now)
        uploads = {f"files[{at}]": (file.name, file.data, file.media_type) for at, file in enumerate(files)}
        body = _body(part) | _described(part, files)
        try:
            return self._published(self._webhook.publish(body, uploads, part.fields.get("thread", "")), part)
        except WebError as error:
            return broken_off(error, now)

    def find(self, intent: Intent) -> Sighting:
        """A webhook cannot list messages."""
        del intent
        return Sighting(Presence.UNCLEAR, reason=_("a webhook cannot list what it wrote"))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Reactions, all kinds together, as likes; a message that is gone is left out. Raises `NetworkError`."""
        found: dict[str, Mapping[str, float]] = {}
        for remote_id in remote_ids:
            thread, message = _split(remote_id)
            reply = self._webhook.read(f"/messages/{message}", thread)
            if reply.status != 200 and code(reply) != UNKNOWN_MESSAGE:
                raise NotToldError(turned_down(reply, self._clock.now(), begun=False))
            if reply.status == 200:
                reactions = items(fields(reply.json()).get("reactions"))
                found[remote_id] = {"likes": sum(number(one, "count") or 0 for one in reactions)}
        return found

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the text; the files stay. The same edit again changes nothing."""
        part, now = intent.content, self._clock.now()
        try:
            _must_be_message(remote_id)
            self._must_fit(part, ())
            self.check_identity()
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return unreachable(error, now)
        thread, message = _split(remote_id)
        body = {name: value for name, value in _body(part).items() if name in ("content", "allowed_mentions")}
        try:
            reply = self._webhook.change("PATCH", message, thread, body)
        except WebError as error:
            return broken_off(error, now)
        if reply.status == 200:
            return Answer(Outcome.ACCEPTED, remote_id, self._url(thread or _channel(reply), message))
        return turned_down(reply, self._clock.now(), begun=True)

    def delete(self, remote_id: str) -> Answer:
        """Take the message back; one that is gone counts as taken back."""
        thread, message = _split(remote_id)
        now = self._clock.now()
        try:
            _must_be_message(remote_id)
            reply = self._webhook.change("DELETE", message, thread)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return broken_off(error, now)
        if reply.status == 204 or (reply.status == 404 and code(reply) == UNKNOWN_MESSAGE):
            return Answer(Outcome.ACCEPTED, remote_id)
        return turned_down(reply, self._clock.now(), begun=True)

    def check_identity(self) -> None:
        """Refuse to publish into another channel; asked once per line."""
        if self._guild is not None:
            return
        reply = self._webhook.read()
        if reply.status != 200:
            raise NotBegunError(turned_down(reply, self._clock.now(), begun=False))
        webhook = reply.json()
        channel = text(webhook, "channel_id")
        if self._account.id not in (channel, text(webhook, "id")):
            message = _('the webhook of {account} belongs to the channel {channel}; if that is meant: id = "{channel}"')
            raise no_entry(message.format(account=self._account.name, channel=channel), self._clock.now())
        self._guild = text(webhook, "guild_id")

    def _prepare(self, part: Part) -> list[MediaFile]:
        """Everything that can fail before the publishing request; returns the files."""
        try:
            files = [fit_attachment(attachment, self._read_media, "discord") for attachment in part.attachments]
        except MediaError as error:
            raise _refusal(str(error)) from error
        self._must_fit(part, files)
        self.check_identity()
        return files

    def _must_fit(self, part: Part, files: Sequence[MediaFile]) -> None:
        reason = _why_not(part, files)
        if reason:
            raise _refusal(reason)

    def _published(self, reply: Reply, part: Part) -> Answer:
        if reply.status != 200:
            return turned_down(reply, self._clock.now(), begun=True)
        try:
            message = text(reply.json(), "id")
        except BadReply as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        if not message:
            return Answer(Outcome.UNKNOWN, reason=_("there is no message in the answer"))
        thread = part.fields.get("thread", "")
        remote_id = f"{thread}{IN_THREAD}{message}" if thread else message
        return Answer(Outcome.ACCEPTED, remote_id, self._url(thread or _channel(reply), message))

    def _url(self, channel: str, message: str) -> str:
        return f"https://discord.com/channels/{self._guild}/{channel}/{message}" if self._guild and channel else ""


def _refusal(reason: str) -> NotBegunError:
    return refused(reason)


def _why_not(part: Part, files: Sequence[MediaFile]) -> str:
    """Why Discord would refuse `part`, "" if it would not."""
    if not part.count.valid:
        message = _("{length} characters, Discord takes {limit}")
        return message.format(length=part.count.length, limit=part.count.limit)
    if not part.text.strip() and not files:
        return _("a message needs a text or a medium")
    unknown = set(_mentions(part)) - set(MENTIONS)
    if unknown:
        message = _("mentions are some of {known}, not {names}")
        return message.format(known=", ".join(MENTIONS), names=", ".join(sorted(unknown)))
    for attachment in part.attachments:
        if len(attachment.alt) > limit("discord", "alt"):
            message = _("the alt text of {file} has {length} characters, Discord takes {limit}")
            return message.format(file=attachment.file, length=len(attachment.alt), limit=limit("discord", "alt"))
    return ""


def _body(part: Part) -> dict[str, object]:
    wishes: dict[str, object] = {
        "content": part.text,
        "username": part.fields.get("username"),
        "avatar_url": part.fields.get("avatar_url"),
        "flags": _flags(part),
    }
    return {name: value for name, value in wishes.items() if value} | {"allowed_mentions": {"parse": _mentions(part)}}


def _described(part: Part, files: Sequence[MediaFile]) -> dict[str, object]:
    """Names and alt texts of the files, which go along under their numbers."""
    described = [
        {"id": str(at), "filename": file.name} | ({"description": medium.alt} if medium.alt else {})
        for at, (medium, file) in enumerate(zip(part.attachments, files, strict=True))
    ]
    return {"attachments": described} if described else {}


def _mentions(part: Part) -> list[str]:
    return sorted({name.strip() for name in part.fields.get("mentions", "").split(",") if name.strip()})


def _flags(part: Part) -> int:
    previews, silent = part.fields.get("previews", ""), part.fields.get("silent", "")
    return NO_PREVIEWS * (previews.lower() in {"no", "false"}) | SILENT * (silent.lower() in {"yes", "true"})


def _split(remote_id: str) -> tuple[str, str]:
    """Thread, "" for none, and message."""
    thread, _slash, message = remote_id.rpartition(IN_THREAD)
    return thread, message


def _must_be_message(remote_id: str) -> None:
    """The id becomes part of an address, in which anything but a number might mean the webhook itself."""
    if not _split(remote_id)[1].isdecimal():
        raise _refusal(_("{id!r} is no message of Discord").format(id=remote_id))


def _channel(reply: Reply) -> str:
    return text(reply.json(), "channel_id")
