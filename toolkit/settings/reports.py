"""The table ``[reports]``: which files a report has beside its page, who gets it by mail, and which come by themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import time
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import unknown_name
from toolkit.values import dataclass

TABLE: Final = "reports"
KEYS: Final[Mapping[str, str]] = {
    "formats": 'What is made beside the page: "pdf", "xlsx", "csv". Default: none.',
    "mail": 'Who gets a report with --mail, and those that come by themselves: people of [people], or roles such as "manager". Default: nobody.',
    "automatic": 'Reports that leitstand run makes of each month, by their names. Default: ["monthly"].',
    "day": "The day of the month on which they are made of the month before, 1 to 28; the final ones as soon as they can be. Default: 2.",
    "handover": 'The day on which the hand-over of the week before is made and mailed, such as "monday"; default: never.',
    "time": 'At what time of these days, such as "06:00". Default: "06:00".',
}
FORMATS: Final = ("pdf", "xlsx", "csv")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK: Final = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class ReportPolicy:
    """`mail` holds people's keys and names of roles; `day` and `at` are on the workspace's own clock."""

    formats: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    automatic: tuple[str, ...] = ("monthly",)
    day: int = 2  # a night after the month's end: the last day has been counted
    at: time = time(6)
    handover: int | None = None  # weekday, 0 is Monday


def read_reports(reader: Reader, raw: Mapping[str, object], known: Collection[str]) -> ReportPolicy:
    """The policy that the table sets; `known` are the people and roles that there are."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    formats, mail = reader.words(table, TABLE, "formats", ()), reader.words(table, TABLE, "mail", ())
    for name in formats:
        if name not in FORMATS:
            reader.error(TABLE, "formats", unknown_name(_("format"), name, dict.fromkeys(FORMATS)))
    for name in mail:
        if name not in known:
            reader.error(TABLE, "mail", unknown_name(_("person or role"), name, dict.fromkeys(known)))
    usual = ReportPolicy()
    automatic = reader.words(table, TABLE, "automatic", usual.automatic)
    day, at = _day(reader, table, usual.day), _time(reader, table, usual.at)
    return ReportPolicy(formats, mail, automatic, day, at, _weekday(reader, table))


def _day(reader: Reader, table: Mapping[str, object], usual: int) -> int:
    """A day that every month has."""
    day = reader.value(table, TABLE, "day", int, usual)
    if not 1 <= day <= 28:
        reader.error(TABLE, "day", _("{key} must be between 1 and {most}").format(key="day", most=28))
        return usual
    return day


def _time(reader: Reader, table: Mapping[str, object], usual: time) -> time:
    text = reader.value(table, TABLE, "time", str, f"{usual:%H:%M}")
    if not _CLOCK.fullmatch(text):
        reader.error(TABLE, "time", _("{key} must be a time such as {example}").format(key="time", example='"06:00"'))
        return usual
    return time.fromisoformat(text)


def _weekday(reader: Reader, table: Mapping[str, object]) -> int | None:
    """The day of the week, None for none."""
    name = reader.value(table, TABLE, "handover", str, "")
    if not name:
        return None
    if name not in WEEKDAYS:
        reader.error(TABLE, "handover", unknown_name(_("weekday"), name, dict.fromkeys(WEEKDAYS)))
        return None
    return WEEKDAYS.index(name)
