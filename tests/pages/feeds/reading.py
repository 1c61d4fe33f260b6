"""Reads iCalendar files by the letter of RFC 5545, knowing nothing of what wrote them and nothing of the zones of the machine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_PROPERTY = re.compile(r'([A-Z0-9-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_KEEPS = ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "UID", "TZNAME")


@dataclass
class Component:
    """A component: its properties as (parameters, value), its own components."""

    name: str
    properties: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    inside: list[Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The value of a property, a text without its escapes."""
        value = self.properties[name][1]
        return unescape(value) if name in _KEEPS else value

    def all(self, name: str) -> list[Component]:
        """The components called so."""
        return [one for one in self.inside if one.name == name]


def read_calendar(data: bytes) -> Component:
    """The one calendar of a file; every line of it must be allowed."""
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in lines), "no line is longer than 75 octets"
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    # Each physical line is UTF-8 by itself: no character was cut.
    texts = [line.decode() for line in lines]
    whole: list[str] = []
    for text in texts:
        if text[:1] in {" ", "\t"}:
            whole[-1] += text[1:]
        else:
            whole.append(text)
    open_ones = [Component("")]
    for line in whole:
        found = _PROPERTY.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            open_ones.append(Component(value))
        elif name == "END":
            done = open_ones.pop()
            assert done.name == value
            open_ones[-1].inside.append(done)
        else:
            known = dict(one.split("=", 1) for one in parameters.split(";")[1:])
            assert name not in open_ones[-1].properties, f"{name} comes once"
            open_ones[-1].properties[name] = (known, value)
    (outer,) = open_ones
    (calendar,) = outer.inside
    assert calendar.name == "VCALENDAR"
    assert calendar.inside, "a calendar has at least one component"
    return calendar


def unescape(value: str) -> str:
    """A text's value (§3.3.11); nothing that has a meaning may stand there unescaped."""
    assert re.fullmatch(r"(?:[^\\;,\n]|\\[\\;,nN])*", value), value
    return re.sub(r"\\([\\;,nN])", lambda one: "\n" if one[1] in "nN" else one[1], value)


def instant(calendar: Component, event: Component, name: str = "DTSTART") -> datetime:
    """When a time is, in UTC: by the zone as the file itself describes it (§3.6.5), the first time of an hour that comes twice."""
    parameters, value = event.properties[name]
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    (zone,) = [one for one in calendar.all("VTIMEZONE") if one.value("TZID") == parameters["TZID"]]
    wall = datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007  # a wall time has no zone
    onsets = [(datetime.strptime(one.value("DTSTART"), "%Y%m%dT%H%M%S"), one) for one in zone.inside]  # noqa: DTZ007
    begun = [one for onset, one in onsets if onset <= wall]
    assert begun, "the zone is described from before the first event on"
    latest = max(begun, key=lambda one: datetime.strptime(one.value("DTSTART"), "%Y%m%dT%H%M%S"))  # noqa: DTZ007
    return (wall - _offset(latest.value("TZOFFSETTO"))).replace(tzinfo=UTC)


def _offset(value: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", value)
    assert found, value
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    assert value == "+0000" or found[1] == "+" or size, "-0000 is not allowed"
    return size if found[1] == "+" else -size
