"""Exports with one row per post and its totals so far.

A layout's columns have these names: `id` or `url` (which post), `published_at`, and what is said about it (`title`,
`description`, `format`, `campaign`, `paid`); `page_id`, `page_name` and `username` tell the account. Every counted
column is a metric under its own name, except `check_…`, which only have to agree with the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.importers.accounts import UnknownAccountError, find_account
from toolkit.importers.base import Document, Extract
from toolkit.importers.clocks import WHO, known_times, prove_zone
from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.layout import Kind, Layout, find_tables
from toolkit.importers.matching import KnownPost
from toolkit.importers.observed import observed_at
from toolkit.importers.records import Reading, Record
from toolkit.messages import _
from toolkit.model import Severity, Subject
from toolkit.values import dataclass

TITLE_LENGTH: Final = 200
_ROUNDED: Final = re.compile(r"\d[.,]?\d*[eE]\+?\d+")  # 1,9E+18 was the id of many posts

# What networks call a post's form, in lower case → ours, as posts of the workspace have it.
FORMATS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("photo", "photos", "image", "ig image", "foto", "fotos", "bild", "bilder", "ig-bild"), "photo"),
    **dict.fromkeys(("ig carousel", "carousel", "album", "ig-karussell", "karussell", "multi image"), "photo"),
    **dict.fromkeys(("video", "videos", "reel", "reels", "ig reel", "ig video", "ig-reel", "live", "short"), "video"),
    **dict.fromkeys(("link", "links", "article", "artikel"), "link"),
    **dict.fromkeys(("text", "status", "texts"), "text"),
    **dict.fromkeys(("document", "dokument", "pdf"), "document"),
}


@dataclass(frozen=True, slots=True)
class PostFile:
    """One kind of such export."""

    name: str  # the importer's
    network: str
    layout: Layout
    # `check_…` column → metrics whose sum it has to be.
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zones: tuple[
        str, ...
    ] = ()  # that its times of day may be in besides the workspace's, where the network does not say


def read_posts(document: Document, kind: PostFile) -> Extract:
    """The posts of all sheets that have the layout."""
    gathering = Gathering(document, kind.name)
    read_posts_into(gathering, kind)
    return gathering.extract(table.columns for table in find_tables(document.export, kind.layout))


def read_posts_into(gathering: Gathering, kind: PostFile) -> None:
    """Add the posts of a layout to what else the file holds."""
    reader = PostReader(kind, gathering, observed_at(gathering.document))
    for table in find_tables(gathering.document.export, kind.layout):
        reading = Reading(table, gathering)
        for record in replace(reading, zone=_zone(reading, kind)).records():
            reader.read(record)
    reader.leave_out_parts()
    if kind.zones and not gathering.document.times and gathering.unmatched:
        _say_zone(gathering)


def _zone(reading: Reading, kind: PostFile) -> str:
    """The zone of a table's times of day, where posts of ours prove it; "" where nothing does."""
    document = reading.gathering.document
    if not kind.zones or document.times:
        return ""
    zone = prove_zone(known_times(reading, kind.network), (document.zone, *kind.zones))
    if zone:
        reading.gathering.zones.add(zone)
    return zone


def _say_zone(gathering: Gathering) -> None:
    """Say which zone posts of others were read in: hours off, they would be of another age and time of day."""
    zone = gathering.document.zone
    if not gathering.zones:
        message = _(
            "the file does not say which zone its times are in, and no post of ours in it proves one; they are read as "
            "{zone}. Compare one with the network, and give the zone with --times if it is another"
        )
        gathering.remark(message.format(zone=zone), Severity.WARNING)
    elif gathering.zones != {zone}:
        message = _("its times are read as {zone}: posts of ours in the file prove it")
        gathering.remark(message.format(zone=", ".join(sorted(gathering.zones))))


@dataclass(frozen=True, slots=True)
class PostReader:
    """Takes rows over, one post each."""

    kind: PostFile
    gathering: Gathering
    counted: datetime  # when
    threads: dict[KnownPost, set[str]] = field(default_factory=dict)  # post of several parts → ids that were seen
    channels: dict[tuple[str, ...], str] = field(default_factory=dict)  # what rows call their account → ours

    def read(self, record: Record) -> None:
        """Take one post over, or note why not."""
        remote_id, url = record.text("id"), record.text("url")
        if not remote_id and not url:
            record.problem(record.place("id", "url"), _("the row does not say which post it is about"))
            return
        if _ROUNDED.fullmatch(remote_id):
            message = _("{id} was rounded by a spreadsheet; export the file again and import it without opening it")
            record.problem(record.place("id"), message.format(id=remote_id))
            return
        try:
            channel = self._channel(tuple(record.text(name) for name in WHO))
        except UnknownAccountError as error:
            record.problem(record.place(*WHO), str(error))
            return
        sighting = self._sighting(record, channel, remote_id, url)
        if sighting is not None:
            self._observe(record, sighting)

    def _channel(self, names: tuple[str, ...]) -> str:
        if names not in self.channels:
            self.channels[names] = find_account(self.gathering.document, self.kind.network, names)
        return self.channels[names]

    def _sighting(self, record: Record, channel: str, remote_id: str, url: str) -> Sighting | None:
        known = self.gathering.document.known.find(channel, remote_id, url)
        if known is not None:
            # The ledger's moment, so that the post has one age, whoever counts.
            self.gathering.matched.add(known.uid)
            if known.parts > 1:
                seen = self.threads.setdefault(known, set())
                if (remote_id or url) in seen:
                    return None
                seen.add(remote_id or url)
            return Sighting(known.uid, channel, self.counted, known.published_at)
        published = record.moment("published_at")
        if published is None and record.text("published_at"):
            return None
        if published is not None and published > self.counted:
            if not self._same_day(published):
                message = _("published after the export was made; say when that was with --observed")
                record.problem(record.place("published_at"), message)
                return None
            published = self.counted
        uid = f"{self.kind.network or 'post'}:{remote_id or url}"
        self.gathering.unmatched.add(uid)
        self.gathering.describe(about(record, uid))
        return Sighting(uid, channel, self.counted, published)

    def _same_day(self, published: datetime) -> bool:
        """Whether only the noon that stands for a day without a time makes the post look younger than its export."""
        layout = self.kind.layout
        return layout.column("published_at").kind is not Kind.MOMENT and published - self.counted < timedelta(hours=12)

    def _observe(self, record: Record, sighting: Sighting) -> None:
        values = record.numbers()
        check_sums(record, values, self.kind.sums)
        values = {name: value for name, value in values.items() if not name.startswith("check_")}
        if any(known.uid == sighting.subject for known in self.threads):
            # A part of a thread adds to what the others have.
            for name, value in values.items():
                self.gathering.count(value, sighting, name)
        else:
            self.gathering.observe_row(record.reading.table.sheet, record.place, sighting, values)

    def leave_out_parts(self) -> None:
        """A thread counts when all its parts are there: the sum of some would look like a worse post."""
        for known, seen in self.threads.items():
            if len(seen) < known.parts:
                self.gathering.forget(known.uid)
                message = _("{uid}: {found} of {parts} parts of the thread are in the file; it is left out")
                said = message.format(uid=known.uid, found=len(seen), parts=known.parts)
                self.gathering.remark(said, Severity.WARNING)


def check_sums(
    record: Record, values: Mapping[str, float | None] | Mapping[str, float], sums: Mapping[str, tuple[str, ...]]
) -> None:
    """Warn where a file contradicts itself: a sum and its parts, of which those that are there have to add up to it."""
    for name, parts in sums.items():
        whole, some = values.get(name), [values.get(part) for part in parts]
        given = [value for value in some if value is not None]
        if whole is None or not given or sum(given) == whole:
            continue
        message = _("{whole:g} here, but {parts} add up to {total:g}; both are as the network delivered them")
        said = message.format(whole=whole, parts=", ".join(_headers(record, parts)), total=sum(given))
        record.problem(record.place(name), said, Severity.WARNING)


def _headers(record: Record, parts: tuple[str, ...]) -> list[str]:
    table = record.reading.table
    return [table.header.texts[table.places[part]] for part in parts if part in table.places]


def about(record: Record, uid: str) -> Subject:
    """What a row says about a post that has no file in the workspace."""
    words = " ".join((record.text("title") or record.text("description")).split())
    form = record.text("format")
    return Subject(
        uid,
        title=words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1].rstrip()}…",
        format=FORMATS.get(form.casefold(), form.casefold()),
        campaign=record.text("campaign"),
        url=record.text("url"),
    )
