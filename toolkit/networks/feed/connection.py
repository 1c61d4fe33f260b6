"""The line to the brand's own feed: files below the state directory, always reachable, found by key.

The promise is the strongest there is: an entry's id follows from the intent's key, so a second send of the same
intent finds the first, and a look says for certain whether it is out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from toolkit.messages import _
from toolkit.model import Answer, Attachment, Clock, Outcome, Presence, Sighting
from toolkit.networks.base import Intent, ReadMedia, Surroundings
from toolkit.networks.feed.atom import make_atom
from toolkit.networks.feed.channel import Channel
from toolkit.networks.feed.entries import Enclosure, Entry, Folder
from toolkit.networks.feed.jsonfeed import make_json
from toolkit.networks.mediafile import MediaError, read_attachment
from toolkit.settings import Account

TITLE_LENGTH = 80


def connect(account: Account, credential: str, surroundings: Surroundings) -> FeedConnection:
    """The line of `account`; its `server` is the address at which ``state_dir/feeds`` is published."""
    del credential  # files need none
    channel = Channel(
        name=account.name,
        identity=account.id or account.name,
        title=account.title or account.name,
        language=account.language,
        base=account.server.rstrip("/"),
        started=_stamp(surroundings.clock.now()),
    )
    folder = Folder(Path(surroundings.state_dir) / "feeds", account.name)
    return FeedConnection(channel, folder, surroundings.clock, surroundings.read_media)


class FeedConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, channel: Channel, folder: Folder, clock: Clock, read_media: ReadMedia) -> None:
        self._channel = channel
        self._folder = folder
        self._clock = clock
        self._read_media = read_media

    def send(self, intent: Intent) -> Answer:
        """Store the entry of this key and derive the feeds; the same intent again changes nothing."""
        return self._publish(self._channel.entry_id(intent.key), intent)

    def find(self, intent: Intent) -> Sighting:
        """Look the key up; an entry that a killed process left out of the feeds is shown in them now."""
        entry_id = self._channel.entry_id(intent.key)
        try:
            if self._folder.get(entry_id) is None:
                return Sighting(Presence.ABSENT)
            self._derive()
        except (OSError, ValueError, TypeError, KeyError) as error:
            return Sighting(Presence.UNCLEAR, reason=_("the feed cannot be read: {error}").format(error=error))
        return Sighting(Presence.FOUND, entry_id, self._url())

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Nothing: who reads a file is known to the web server that delivers it."""
        del remote_ids
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the entry's content; its id and its date of publication stay."""
        try:
            if self._folder.get(remote_id) is None:
                return Answer(Outcome.REFUSED, reason=_("the entry is not there any more"))
        except (OSError, ValueError, TypeError, KeyError) as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        return self._publish(remote_id, intent)

    def delete(self, remote_id: str) -> Answer:
        """Take the entry out of the feeds; one that is gone counts as taken out."""
        try:
            self._folder.drop(remote_id)
            self._derive()
        except OSError as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        return Answer(Outcome.ACCEPTED, remote_id)

    def _publish(self, entry_id: str, intent: Intent) -> Answer:
        try:
            enclosures = tuple(self._enclose(medium) for medium in intent.content.attachments)
        except MediaError as error:
            return Answer(Outcome.REFUSED, reason=str(error))
        except OSError as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        try:
            self._store(self._entry(entry_id, intent, enclosures))
            self._derive()
        except (OSError, ValueError, TypeError, KeyError) as error:
            return Answer(Outcome.UNKNOWN, reason=_("the feed could not be written: {error}").format(error=error))
        return Answer(Outcome.ACCEPTED, entry_id, self._url())

    def _store(self, entry: Entry) -> None:
        there = self._folder.get(entry.id)
        if there is None:
            self._folder.put(entry)
        elif not there.same_content(entry):
            self._folder.put(replace(entry, published=there.published))

    def _entry(self, entry_id: str, intent: Intent, enclosures: tuple[Enclosure, ...]) -> Entry:
        part, now = intent.content, _stamp(self._clock.now())
        return Entry(
            id=entry_id,
            title=intent.rendition.title or _first_line(part.text),
            html=part.html,
            text=part.text,
            summary=part.fields.get("summary", ""),
            language=intent.rendition.language,
            published=now,
            updated=now,
            enclosures=enclosures,
        )

    def _enclose(self, attachment: Attachment) -> Enclosure:
        """Copy a medium beside the feeds; raises `MediaError` when it is not what was rendered."""
        file = read_attachment(attachment, self._read_media)
        path = self._folder.add_medium(file.name, file.data)
        return Enclosure(path, file.media_type, len(file.data), attachment.alt)

    def _derive(self) -> None:
        self._folder.write_feeds({"atom": partial(make_atom, self._channel), "json": partial(make_json, self._channel)})

    def _url(self) -> str:
        return self._channel.url("atom") if self._channel.base else ""


def _stamp(moment: datetime) -> str:
    """RFC 3339 in UTC, always as long, so that stamps sort as texts."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _first_line(text: str) -> str:
    """A title for an entry without one, since Atom wants one."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "…")
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"
