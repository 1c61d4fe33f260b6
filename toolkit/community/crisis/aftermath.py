"""The talk afterwards: what can be read from the timeline is filled in, what only people know is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from toolkit.community.crisis.deadlines import Deadline, Duty, find_deadlines
from toolkit.community.crisis.incident import Deed, Entry, Incident
from toolkit.community.crisis.keeping import one_line
from toolkit.ledger import Row
from toolkit.messages import _, ngettext


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Who invites, until when, and what waits for a decision; `zone` is the workspace's."""

    owner: str
    due: date
    waiting: tuple[Row, ...]
    zone: tzinfo


def write_aftermath(incident: Incident, after: Aftermath) -> str:
    """The section that stands below a closed incident."""
    lines = [
        "## " + _("Afterwards"),
        "",
        _("{owner} invites to talk about it, by {day}.").format(owner=after.owner or _("somebody"), day=after.due),
        "",
        *_facts(incident, after),
        *_listed(
            _("Decisions"), (f"{_clock(one.at, after.zone)}, {one.by}: {one.text}" for one in _decisions(incident))
        ),
        *_listed(_("What waits for a decision"), (_row(row, after.zone) for row in after.waiting)),
        "### " + _("To be answered together"),
        "",
        *(f"- {question}\n" for question in _questions()),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _facts(incident: Incident, after: Aftermath) -> Iterator[str]:
    deadlines = find_deadlines(incident)
    updates = [one for one in deadlines if one.duty is Duty.UPDATE]
    kept = sum(one.kept for one in updates)
    facts = {
        _("Lasted"): say_length((incident.closed or incident.declared) - incident.declared),
        _("First response"): _first(deadlines, incident),
        _("Updates in time"): _("{kept} of {count}").format(kept=kept, count=len(updates)) if updates else "",
        _("Level at the end"): str(incident.level),
        _("Changes of level"): str(sum(one.deed is Deed.LEVEL for one in incident.entries)),
        _("Paused"): ", ".join(incident.paused),
        _("Waits for a decision"): ngettext("{count} send", "{count} sends", len(after.waiting)),
    }
    yield "| " + " | ".join((_("What"), _("How it was"))) + " |"
    yield "|---|---|"
    yield from (f"| {label} | {value} |" for label, value in facts.items() if value)
    yield ""


def _first(deadlines: Iterable[Deadline], incident: Incident) -> str:
    first = next((one for one in deadlines if one.duty is Duty.FIRST), None)
    spoken = incident.spoken
    if not spoken:
        return _("nothing was said in public")
    length = say_length(spoken[0] - incident.declared)
    if first is None:
        return _("after {length}").format(length=length)
    if first.kept:
        return _("after {length}, in time").format(length=length)
    return _("after {length}, {late} too late").format(length=length, late=say_length(first.late(spoken[0])))


def _decisions(incident: Incident) -> Iterator[Entry]:
    return (one for one in incident.entries if one.deed is Deed.DECISION)


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if found:
        yield from (f"### {title}", "", *(f"- {one_line(item)}" for item in found), "")


def _row(row: Row, zone: tzinfo) -> str:
    return f"{_clock(row.due, zone)}, {row.account}: {row.path} ({row.state})"


def _clock(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _questions() -> tuple[str, ...]:
    return (
        _("What did we know when?"),
        _("What was too slow?"),
        _("What helped?"),
        _("What do we change in the playbook?"),
    )


def say_length(length: timedelta) -> str:
    """``25 h 30 min``, ``2 h``, ``45 min``."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    if not minutes:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
