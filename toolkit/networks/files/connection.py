"""The line to a folder: found by key, so that a repeated intent finds what the first one wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from toolkit.messages import _
from toolkit.model import Answer, Clock, Outcome, Presence, Sighting
from toolkit.networks.answers import unreachable
from toolkit.networks.base import Intent, ReadMedia, Surroundings
from toolkit.networks.files.document import contents, make_document
from toolkit.networks.files.shelf import Shelf, open_shelf
from toolkit.networks.mediafile import MediaError, MediaFile, read_attachment
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> FilesConnection:
    """The line of `account`; raises `UsageError` when its folder cannot be used."""
    del credential  # a folder needs none
    shelf = open_shelf(account, surroundings.state_dir)
    return FilesConnection(shelf, surroundings.clock, surroundings.read_media)


class FilesConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, shelf: Shelf, clock: Clock, read_media: ReadMedia) -> None:
        self._shelf = shelf
        self._clock = clock
        self._read_media = read_media

    def send(self, intent: Intent) -> Answer:
        """Write the post's folder; the same intent again changes nothing."""
        name, now = self._name(intent), self._clock.now()
        try:
            self._shelf.check()
            if self._shelf.published(name) is None:
                files = self._read(intent)
                stamp = _stamp(now)
                self._shelf.put(name, contents(make_document(intent, files, stamp, stamp), files))
        except MediaError as error:
            return Answer(Outcome.REFUSED, reason=str(error))
        except (OSError, ValueError) as error:
            return self._failed(name, error)
        return Answer(Outcome.ACCEPTED, name, self._url(name))

    def find(self, intent: Intent) -> Sighting:
        """Look the key up; a folder that cannot be read proves nothing."""
        name = self._name(intent)
        try:
            self._shelf.check()
            there = self._shelf.published(name) is not None
        except (OSError, ValueError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        return Sighting(Presence.FOUND, name, self._url(name)) if there else Sighting(Presence.ABSENT)

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Nothing: nobody knows who reads a file."""
        del remote_ids
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace text and media; the folder's name and the day of publication stay."""
        try:
            self._shelf.check()
            published = self._shelf.published(remote_id)
            if published is None:
                return Answer(Outcome.REFUSED, reason=_("the post is not there any more"))
            files = self._read(intent)
            document = make_document(intent, files, published, _stamp(self._clock.now()))
            self._shelf.replace(remote_id, contents(document, files))
        except MediaError as error:
            return Answer(Outcome.REFUSED, reason=str(error))
        except (OSError, ValueError) as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        return Answer(Outcome.ACCEPTED, remote_id, self._url(remote_id))

    def delete(self, remote_id: str) -> Answer:
        """Take the post's folder away; one that is gone counts as taken away."""
        try:
            self._shelf.check()
            self._shelf.drop(remote_id)
        except OSError as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        return Answer(Outcome.ACCEPTED, remote_id)

    def _failed(self, name: str, error: Exception) -> Answer:
        """What a failure means: the folder is there, or certainly not, or nobody can tell."""
        try:
            there = self._shelf.published(name) is not None
        except (OSError, ValueError):
            return Answer(Outcome.UNKNOWN, reason=str(error))
        return Answer(Outcome.ACCEPTED, name, self._url(name)) if there else unreachable(error, self._clock.now())

    def _read(self, intent: Intent) -> list[MediaFile]:
        return [read_attachment(attachment, self._read_media) for attachment in intent.content.attachments]

    def _name(self, intent: Intent) -> str:
        return self._shelf.name(intent.rendition.title, intent.key)

    def _url(self, name: str) -> str:
        return (self._shelf.root / name).absolute().as_uri()


def _stamp(moment: datetime) -> str:
    """RFC 3339 in UTC, always as long, so that stamps sort as texts."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
