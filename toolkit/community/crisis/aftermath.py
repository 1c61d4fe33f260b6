"""The talk afterwards: what can be read from the timeline is filled in, what only people know is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo

from toolkit.community.crisis.deadlines import Deadline, Duty, find_deadlines, say_length
from toolkit.community.crisis.figures import Numbers
from toolkit.community.crisis.incident import Deed, Entry, Incident
from toolkit.community.crisis.keeping import one_line
from toolkit.ledger import Row
from toolkit.messages import _, ngettext
from toolkit.model import Post
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Who invites, until when, and what waits for a decision; `zone` is the workspace's."""

    owner: str
    due: date
    waiting: tuple[Row, ...]
    zone: tzinfo
    numbers: Numbers | None = None  # None: the inbox could not be asked
    paid: tuple[Post, ...] = ()


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
        *_listed(_("Still to be done by hand"), (one.text for one in incident.tasks if not one.done)),
        *_listed(
            _("Paid"), (_("{title} ({path})").format(title=one.title or one.path, path=one.path) for one in after.paid)
        ),
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
        **(_measured(after.numbers, after.zone) if after.numbers is not None else {}),
    }
    yield "| " + " | ".join((_("What"), _("How it was"))) + " |"
    yield "|---|---|"
    yield from (f"| {label} | {value} |" for label, value in facts.items() if value)
    yield ""


def _measured(numbers: Numbers, zone: tzinfo) -> dict[str, str]:
    """What the inbox has counted; nothing where it knows nothing."""
    people = ngettext("{count} person", "{count} people", numbers.people)
    messages = ngettext("{count} message", "{count} messages", numbers.messages)
    peak = _("{count} in the hour from {moment}")
    answered = _("{answered} of {asked}").format(answered=numbers.answered, asked=numbers.asked)
    reach = ngettext("{count} follower", "{count} followers", numbers.reach or 0)
    known = ngettext("of {count} person of whom it is known", "of {count} people of whom it is known", numbers.known)
    return {
        _("Messages"): _("{messages} by {people}").format(messages=messages, people=people)
        if numbers.messages
        else "0",
        _("Loudest hour"): peak.format(count=numbers.peak, moment=_clock(numbers.peak_at, zone))
        if numbers.peak_at
        else "",
        _("Answered"): answered if numbers.asked else "",
        _("Time to our answer (median)"): say_length(numbers.response) if numbers.response is not None else "",
        _("Reach of those who wrote"): "" if numbers.reach is None else f"{reach} {known}",
    }


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
