"""Buffer's posts. It keeps one post per channel; those of one text and one minute are one post of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.migration.archive import Archive, Channel, Item, Medium, Reading, Sending, State, problem_in
from toolkit.migration.assigning import network_of
from toolkit.migration.csvfile import Line, read_lines
from toolkit.migration.joining import join_items
from toolkit.migration.jsonfile import Values, objects, read_json
from toolkit.migration.moments import order_of_days, read_moment, read_slashed
from toolkit.migration.plaintext import as_written
from toolkit.model import Problem

_STATES: Final[Mapping[str, State]] = {
    "sent": State.PUBLISHED,
    "sending": State.PUBLISHED,  # nobody knows, and what may be out is not sent again
    "service": State.PUBLISHED,
    "error": State.FAILED,
    "failed": State.FAILED,
    "draft": State.DRAFT,
    "needs_approval": State.DRAFT,
}
_TEXT: Final = ("text",)
_TIME: Final = ("posting time", "scheduled at", "date")


def read_buffer(paths: Sequence[Path], reading: Reading) -> Archive:
    """The posts of JSON answers and CSV files, together."""
    problems: list[Problem] = []
    items: list[Item] = []
    channels: dict[str, Channel] = {}
    for path in paths:
        if path.suffix.lower() == ".csv":
            items += _read_csv(path, reading, channels, problems)
        elif (value := read_json(path, problems)) is not None:
            items += _read_answer(value, channels, problems)
    known = {item.sendings[0].channel for item in items}
    return Archive(
        tuple(channel for key, channel in channels.items() if key in known),
        join_items(items),
        problems=tuple(problems),
    )


def _read_answer(value: Values, channels: dict[str, Channel], problems: list[Problem]) -> Iterator[Item]:
    edges = tuple(objects(value.inner("data.posts"), "edges"))
    found = tuple(Values(one.inner("node").raw, one.place) for one in edges) or tuple(
        objects(value, "updates", "posts")
    )
    found = tuple(Values(one.raw, f"{value.place}#{number}") for number, one in enumerate(found, 1))
    if not found:
        problems.append(problem_in(value.place, _("no posts of Buffer: neither data.posts.edges nor updates")))
    for one in found:
        if one.has("text"):
            yield _item(one, channels)
        elif one.text("service"):
            _know(one.text("id"), one.text("service"), one.text("formatted_username", "name", "displayName"), channels)
        else:
            problems.append(problem_in(one.place, _("a post without a text")))


def _know(key: str, service: str, handle: str, channels: dict[str, Channel]) -> None:
    """Remember a channel; what says more about it wins."""
    if key not in channels or handle:
        network = network_of(service)
        channels[key] = Channel(key, network, handle, "" if network else service)


def _item(one: Values, channels: dict[str, Channel]) -> Item:
    service = one.text("channelService", "profile_service", "channel.service")
    channel = one.text("channelId", "profile_id", "channel.id") or service
    _know(channel, service, one.text("channel.name", "formatted_username"), channels)
    state = _STATES.get(one.text("status").lower(), State.PLANNED)
    at = read_moment(one.text("sentAt", "sent_at")) if state.over else None
    at = at or read_moment(one.text("dueAt", "due_at", "scheduled_at"))
    text = one.text("text")
    link = one.text("media.link", "metadata.linkAttachment.url")
    if link and link not in text:
        text = "\n\n".join(filter(None, (text, link)))
    sending = Sending(channel, state, (as_written(text),), one.text("externalLink", "service_link"))
    labels = tuple(filter(None, (tag.text("name", "") for tag in one.listed("tags"))))
    return Item(one.text("id"), one.place, at, (sending,), media=tuple(_media(one)), labels=labels)


def _media(one: Values) -> Iterator[Medium]:
    for asset in (*one.listed("assets"), *one.listed("extra_media")):
        address = asset.text("source", "photo", "url", "thumbnail")
        if address:
            yield Medium(address, asset.text("image.altText", "altText", "alt_text"))
    picture = one.text("media.photo", "media.picture")
    if picture and not one.listed("assets"):
        yield Medium(picture, one.text("media.alt_text"))


def _read_csv(path: Path, reading: Reading, channels: dict[str, Channel], problems: list[Problem]) -> Iterator[Item]:
    lines = read_lines(path, problems)
    if lines and not any(name in lines[0].names for name in _TEXT):
        problems.append(problem_in(str(path), _("no bulk upload of Buffer: a column Text was expected")))
        return
    days = reading.days or order_of_days(line.text(*_TIME) for line in lines)
    for line in lines:
        written = line.text(*_TIME)
        at = read_moment(written) or (read_slashed(written, days) if days else None)
        if written and at is None:
            problems.append(line.problem(_("{text!r} is no moment, or could be two; see --days").format(text=written)))
            continue
        yield _csv_item(line, reading, channels, at)


def _csv_item(line: Line, reading: Reading, channels: dict[str, Channel], at: datetime | None) -> Item:
    at = reading.aware(at)
    channel = line.text("profile", "channel") or "csv"
    channels.setdefault(channel, Channel(channel, network_of(channel), "", "" if channel == "csv" else channel))
    text = line.text(*_TEXT)
    media = tuple(Medium(address.strip()) for address in line.text("image url").split(",") if address.strip())
    labels = tuple(filter(None, map(str.strip, line.text("tags").split(","))))
    sending = Sending(channel, reading.state_by_time(at), (as_written(text),))
    return Item(f"{at or ''}|{text}", line.place, at, (sending,), media=media, labels=labels)
