"""Hootsuite's messages: one per social profile, joined where they say the same at the same minute."""

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
    "SENT": State.PUBLISHED,
    "SEND_FAILED_PERMANENTLY": State.FAILED,
    "DRAFT": State.DRAFT,
    "PENDING_APPROVAL": State.DRAFT,
    "REJECTED": State.DRAFT,
    "SCHEDULED": State.PLANNED,
}
_CSV: Final = Channel("csv", "")


def read_hootsuite(paths: Sequence[Path], reading: Reading) -> Archive:
    """The messages of JSON answers and CSV files, together."""
    problems: list[Problem] = []
    items: list[Item] = []
    channels: dict[str, Channel] = {}
    for path in paths:
        if path.suffix.lower() in (".csv", ".txt"):
            channels[_CSV.key] = _CSV
            items += _read_csv(path, reading, problems)
        elif (value := read_json(path, problems)) is not None:
            items += _read_answer(value, channels, problems)
    known = {item.sendings[0].channel for item in items}
    named = tuple(channel for key, channel in channels.items() if key in known)
    return Archive(named, join_items(items), problems=tuple(problems))


def _read_answer(value: Values, channels: dict[str, Channel], problems: list[Problem]) -> Iterator[Item]:
    found = tuple(objects(value, "data", "messages"))
    if not found:
        problems.append(problem_in(value.place, _("no messages of Hootsuite: a list data was expected")))
    for one in found:
        if one.text("socialNetworkUsername", "socialNetworkId") and not one.has("text"):
            network = network_of(one.text("type"))
            handle = one.text("socialNetworkUsername", "socialNetworkId")
            channels[one.text("id")] = Channel(one.text("id"), network, handle, "" if network else one.text("type"))
        elif one.has("text"):
            profile = one.text("socialProfile.id") or "profile"
            channels.setdefault(profile, Channel(profile, ""))
            yield _item(one, profile)
        else:
            problems.append(problem_in(one.place, _("a post without a text")))


def _item(one: Values, profile: str) -> Item:
    state = _STATES.get(one.text("state").upper(), State.PLANNED)
    media = tuple(Medium(found.text("url", ""), found.text("altText")) for found in one.listed("mediaUrls"))
    labels = tuple(filter(None, (tag.text("") for tag in one.listed("tags"))))
    at = read_moment(one.text("scheduledSendTime", "createdTime"), utc=True)
    sending = Sending(profile, state, (as_written(one.text("text")),), one.text("postUrl"))
    return Item(one.text("id"), one.place, at, (sending,), media=media, labels=labels)


def _read_csv(path: Path, reading: Reading, problems: list[Problem]) -> Iterator[Item]:
    lines = [
        line for line in read_lines(path, problems, header=False) if line.text("0").lower() not in ("date", "datum")
    ]
    days = reading.days or order_of_days(line.text("0") for line in lines)
    for line in lines:
        written = line.text("0")
        at = read_moment(written) or (read_slashed(written, days) if days else None)
        if at is None:
            message = (
                _("{text!r} is no moment such as 12/01/2026 07:30")
                if days
                else _("{text!r} can be two days; say which with --days day-first or --days month-first")
            )
            problems.append(line.problem(message.format(text=written)))
        else:
            yield _csv_item(line, reading, at)


def _csv_item(line: Line, reading: Reading, at: datetime) -> Item:
    moment = reading.aware(at)
    text = "\n\n".join(filter(None, (line.text("1"), line.text("2"))))
    # Several addresses stand in one cell, or in cells of their own.
    cells = line.row.texts[3:]
    media = tuple(Medium(one) for cell in cells for one in cell.replace(";", " ").replace(",", " ").split())
    sending = Sending(_CSV.key, reading.state_by_time(moment), (as_written(text),))
    return Item(f"{moment}|{text}", line.place, moment, (sending,), media=media)
