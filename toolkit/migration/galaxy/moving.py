"""From galaxy-social's folder to a workspace: every post, and a word about everything that is not as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime, time
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from toolkit.messages import _, ngettext
from toolkit.migration.base import Change, Delivery, Kind, Migration, Moved
from toolkit.migration.galaxy.accounts import Table, account_tables, settings_text
from toolkit.migration.galaxy.dates import birth_of, date_of_name, publish_dates, publish_times
from toolkit.migration.galaxy.export import RULE, Entry, Export, Outcome, root_name
from toolkit.migration.galaxy.postfile import Head, post_text, title_of
from toolkit.migration.galaxy.texts import Telling, reads_differently, tell
from toolkit.model import Problem, Severity, Span
from toolkit.networks import find_network
from toolkit.networks.base import Network
from toolkit.values import dataclass
from toolkit.workspace import post_folder
from toolkit.workspace.naming import slug


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user decides: the workspace's name, the zone of its wall times, and which pictures were fetched."""

    name: str
    timezone: str
    pictures: Mapping[str, str] = field(default_factory=dict)  # address → file below content/


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all posts share while they are moved."""

    export: Export
    tables: Mapping[str, Table]
    times: Mapping[str, datetime]
    wishes: Wishes


def migrate(export: Export, wishes: Wishes) -> Migration:
    """The workspace that `export` becomes; pure, and the same for the same export."""
    used = dict.fromkeys(channel for entry in export.entries for channel in entry.channels)
    tables, changes = account_tables(export.plugins, used)
    plan = _Plan(export, tables, _times(export, wishes.timezone), wishes)
    good = [entry for entry in export.entries if not _unknown(entry, plan)]
    problems = [_unknown_channel(entry, plan) for entry in export.entries if _unknown(entry, plan)]
    return Migration(
        settings=settings_text(wishes.name, wishes.timezone, tables),
        posts=tuple(_named(_move(entry, plan) for entry in good)),
        deliveries=tuple(delivery for entry in good for delivery in _deliveries(entry, export)),
        changes=(*changes, *_gone(export)),
        problems=(*export.problems, *problems),
    )


def _times(export: Export, timezone: str) -> dict[str, datetime]:
    """Path → wall time of publication: when it was merged, else by order and name; of a draft, the day of its name."""
    there = {entry.path for entry in export.entries}
    days = publish_dates([path for path in export.outcomes if path in there])
    days |= {path: birth_of(path) for path in sorted(there - set(days))}
    here = ZoneInfo(timezone)
    merged = {
        path: moment.astimezone(here).replace(tzinfo=None, second=0, microsecond=0)
        for path, moment in export.arrivals.items()
        if path in there
    }
    return publish_times(days) | merged


def _gone(export: Export) -> Iterator[Change]:
    """Results of files that are not there any more: nothing can be sent of them, and nothing is recorded."""
    there = {entry.path for entry in export.entries} | {problem.path for problem in export.problems}
    for path in export.outcomes:
        if path not in there:
            yield Change(Kind.GONE, _("{path} has results, and is not there any more").format(path=path))


def _unknown(entry: Entry, plan: _Plan) -> list[str]:
    return [channel for channel in entry.channels if channel not in plan.tables]


def _unknown_channel(entry: Entry, plan: _Plan) -> Problem:
    message = _("{names} is no account of plugins.yml").format(names=", ".join(_unknown(entry, plan)))
    return Problem(entry.path, Span(), RULE, Severity.ERROR, message)


def uid_of(path: str) -> str:
    """The ULID of a file: its first part is the date of its name, the rest comes from the path."""
    from ulid import ULID

    born = datetime.combine(birth_of(path), time(), UTC)
    milliseconds = int(born.timestamp() * 1000)
    return str(ULID.from_bytes(milliseconds.to_bytes(6, "big") + hashlib.sha256(path.encode()).digest()[:10]))


def _move(entry: Entry, plan: _Plan) -> Moved:
    tellings = {channel: tell(entry, channel, _network(plan, channel)) for channel in entry.channels}
    uid, publish = uid_of(entry.path), plan.times[entry.path]
    head = Head(
        uid=uid,
        title=title_of(entry.text, PurePosixPath(entry.path).stem),
        publish=publish,
        channels=entry.channels,
        pictures=entry.pictures,
        ready=any(outcome.published for outcome in plan.export.outcomes.get(entry.path, {}).values()),
        retry=root_name(entry.path) != entry.path,
        files=plan.wishes.pictures,
    )
    path = f"{post_folder(f'{publish:%Y-%m}')}/{slug(PurePosixPath(entry.path).stem)}.md"
    text = post_text(head, {channel: telling.parts for channel, telling in tellings.items()})
    changes = (*_date_changes(entry, plan), *_text_changes(entry, tellings), *_past_changes(entry, plan))
    return Moved(entry.path, path, uid, text, changes)


def _network(plan: _Plan, channel: str) -> Network:
    return find_network(str(plan.tables[channel]["network"]))


def _named(posts: Iterator[Moved]) -> Iterator[Moved]:
    """The posts, each with a file of its own: a name that is taken gets a number."""
    taken: set[str] = set()
    for post in posts:
        path, number = post.path, 1
        while path in taken:
            number += 1
            path = f"{post.path.removesuffix('.md')}-{number}.md"
        taken.add(path)
        yield Moved(post.source, path, post.uid, post.text, post.changes)


def _deliveries(entry: Entry, export: Export) -> Iterator[Delivery]:
    for channel, outcome in export.outcomes.get(entry.path, {}).items():
        yield Delivery(uid_of(entry.path), channel, outcome.published, outcome.url)


def _date_changes(entry: Entry, plan: _Plan) -> Iterator[Change]:
    named, day = date_of_name(entry.path), plan.times[entry.path].date()
    if named == day:
        return
    said = _("its name says {named}").format(named=named) if named else _("its name has no date")
    merged = entry.path in plan.export.arrivals
    meant = _("it was merged on {day}") if merged else _("the order of publication says {day}")
    yield Change(Kind.DATE, f"{said}; {meant.format(day=day)}")


def _text_changes(entry: Entry, tellings: Mapping[str, Telling]) -> Iterator[Change]:
    if reads_differently(entry.text):
        yield Change(Kind.MARKUP, _("its Markdown was sent as written; here each network gets its own form of it"))
    for channel, telling in tellings.items():
        parts = len(telling.parts)
        if parts > 1:
            said = ngettext("{count} part", "{count} parts", parts)
            yield Change(Kind.THREAD, _("{channel} gets a thread of {parts}").format(channel=channel, parts=said))
        if not telling.whole:
            yield Change(Kind.TEXT, _("too long for {channel}, and it cannot be split there").format(channel=channel))
    if entry.pictures:
        message = ngettext(
            "{count} picture out of the text and into the media",
            "{count} pictures out of the text and into the media",
            len(entry.pictures),
        )
        yield Change(Kind.PICTURE, message)


def _past_changes(entry: Entry, plan: _Plan) -> Iterator[Change]:
    outcomes = plan.export.outcomes.get(entry.path)
    if outcomes is None:
        yield Change(Kind.DRAFT, _("never published there; a draft here"))
        return
    if not any(outcome.published for outcome in outcomes.values()):
        yield Change(Kind.DRAFT, _("published nowhere; a draft here"))
    original = root_name(entry.path)
    if original != entry.path:
        yield Change(Kind.RETRY, _("a copy of {path}, made to try again").format(path=original))
    for channel in (name for name, outcome in outcomes.items() if not outcome.published):
        later = repaired_by(entry.path, channel, plan.export.outcomes)
        message = (
            _("failed on {channel}; published with {path}") if later else _("failed on {channel}, and never again")
        )
        yield Change(Kind.FAILED, message.format(channel=channel, path=later))


def repaired_by(path: str, channel: str, outcomes: Mapping[str, Mapping[str, Outcome]]) -> str:
    """The copy with which a failed post went out on `channel` after all; "" when none did."""
    order: Sequence[str] = list(outcomes)
    copies = [other for other in order[order.index(path) + 1 :] if root_name(other) == root_name(path)]
    return next((other for other in copies if channel in outcomes[other] and outcomes[other][channel].published), "")
