"""Calling somebody: what cannot wait is told to whoever is on duty, then to the next, until one of them takes it.

A conversation is called for when its risk class is at least that of ``[oncall]`` for the night or for service hours. Each
person hears of it once. It is called for anew only when something has changed: its class has risen, or they wrote again
after we had answered. What was seen, and who took it, is remembered like pauses are, so that restarts and several
dispatchers change nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.memory import Memory
from toolkit.alerts.scene import Call, Scene, one_line
from toolkit.alerts.team import Team, call_order
from toolkit.database import to_moment, to_text
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import OncallPolicy
from toolkit.values import dataclass

CALLS: Final = "calls"
# How long it is still known who took what is over.
AFTERWARDS: Final = timedelta(days=7)
# Who hears of it only then has slept through it.
TOLD_LATE: Final = timedelta(hours=12)
_SHOWN: Final = 10  # letters of an id that people have to write
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Ring:
    """Something that somebody is called for. Moments as the ledger writes them, "" where there is none."""

    id: str  # the conversation
    since: str  # when they began to wait
    risk: int
    raised: str  # when it was first seen
    by: str = ""  # who takes it
    at: str = ""
    ended: str = ""  # when it was no longer there, or no longer pressing


def follow_calls(remembered: str, scene: Scene) -> str:
    """What is remembered after this look, as text; unchanged when nothing began, rose, ended or was forgotten."""
    policy = scene.workspace.settings.oncall
    rings, now, forgotten = read_rings(remembered), to_text(scene.now), to_text(scene.now - AFTERWARDS)
    known = {key: ring for key, ring in rings.items() if not ring.ended or ring.ended > forgotten}
    here = {_key(call): call for call in scene.calls if policy is not None and _presses(call, policy)}
    for key, ring in known.items():
        if key not in here and not ring.ended:
            known[key] = replace(ring, ended=now)
    for key, call in here.items():
        known[key] = _follow(known.get(key), call, scene.now)
    return json.dumps({key: asdict(ring) for key, ring in known.items()}, sort_keys=True) if known else ""


def read_rings(remembered: str) -> Mapping[str, Ring]:
    """What somebody was called for, as `follow_calls` wrote it."""
    raw = json.loads(remembered or "{}")
    return {key: Ring(**ring) for key, ring in raw.items()}


def call_alerts(remembered: str, scene: Scene) -> Iterator[Alert]:
    """One alert for each person whose turn it is by now, of all that nobody has taken."""
    policy, calls = scene.workspace.settings.oncall, {_key(call): call for call in scene.calls}
    for key, ring in read_rings(remembered).items():
        if policy is not None and key in calls and not ring.ended and not ring.by:
            yield from _alerts(ring, calls[key], policy, scene)


def taken_alerts(remembered: str, scene: Scene) -> Iterator[Alert]:
    """Who has taken it, for everybody else who was called: they may go back to sleep."""
    for ring in read_rings(remembered).values():
        at = to_moment(ring.at)
        if ring.by and at is not None and scene.now - at < TOLD_LATE:
            known = scene.workspace.settings.people.get(ring.by)
            name = known.name if known is not None and known.name else ring.by
            yield Alert(
                key=f"taken:{ring.id}:{ring.since}:{ring.risk}:{ring.at}",
                kind=Kind.TAKEN,
                subject=_("{person} has taken it").format(person=name),
                since=at,
                to=tuple(
                    one for one in scene.workspace.settings.people if one in scene.team.reachable and one != ring.by
                ),
                where=scene.clock_time(at),
                remedy=_("nothing more to do; it is: leitstand inbox show {id}").format(id=ring.id[-_SHOWN:]),
                follows=_key_of(ring),
            )


def take_call(name: str, person: str, memory: Memory, now: datetime) -> Ring:
    """Note that a person takes what the conversation called `name` (or its first or last letters) is about.

    Returns how it stood before: with `by` when somebody was faster. Raises `UsageError` when nobody is called for it,
    or for several.
    """
    for _attempt in range(_TRIES):
        before = memory.read(CALLS)
        rings = dict(read_rings(before))
        key = _find(name, rings)
        found = rings[key]
        if found.by:
            return found
        rings[key] = replace(found, by=person, at=to_text(now))
        after = json.dumps({key: asdict(ring) for key, ring in rings.items()}, sort_keys=True)
        if memory.swap(CALLS, before, after):
            return found
    raise UsageError(_("others keep changing the list of calls; try again"))


def _find(name: str, rings: Mapping[str, Ring]) -> str:
    wanted = name.upper()
    found = [
        key
        for key, ring in sorted(rings.items(), key=lambda item: item[1].raised)
        if not ring.ended and (ring.id.startswith(wanted) or ring.id.endswith(wanted))
    ]
    if len({rings[key].id for key in found}) > 1:
        raise UsageError(_("{name} may be several; write more of the id").format(name=name))
    if not found or not wanted:
        raise UsageError(_("nobody is called for {name}; see: leitstand alerts list").format(name=name))
    return found[-1]  # the newest, of one conversation


def _key(call: Call) -> str:
    return f"{call.id} {to_text(call.since)}"


def _presses(call: Call, policy: OncallPolicy) -> bool:
    return call.risk >= (policy.day if call.open else policy.night)


def _follow(ring: Ring | None, call: Call, now: datetime) -> Ring:
    """What becomes of something that presses: new, risen, back, or as it was."""
    if ring is None or call.risk > ring.risk:
        return Ring(call.id, to_text(call.since), call.risk, to_text(now))
    if not ring.ended:
        return ring
    # Back after a while in which it did not press: nobody was called meanwhile, so that time does not count.
    raised, ended = to_moment(ring.raised) or now, to_moment(ring.ended) or now
    return replace(ring, raised=to_text(raised + (now - ended)), ended="")


def _alerts(ring: Ring, call: Call, policy: OncallPolicy, scene: Scene) -> Iterator[Alert]:
    raised = to_moment(ring.raised) or scene.now
    chain = _chain(policy, raised, scene)
    told = Alert(
        key=_key_of(ring),
        kind=Kind.CALL,
        subject=one_line(call.why),
        since=call.since,
        where=f"{scene.account_title(call.channel)}, {scene.clock_time(call.since)}",
    )
    if not chain:
        yield replace(told, remedy=_remedy(ring, ""))
    for stage, person in enumerate(chain[: 1 + (scene.now - raised) // policy.within]):
        key, remedy = f"{told.key}:{stage}", _remedy(ring, person)
        yield replace(told, key=key, to=(person,), remedy=remedy, overdue=stage > 0)


def _key_of(ring: Ring) -> str:
    """How the keys of all alerts about a call begin."""
    return f"call:{ring.id}:{ring.since}:{ring.risk}"


def _remedy(ring: Ring, person: str) -> str:
    return _("leitstand alerts ack {id} --by {person}").format(id=ring.id[-_SHOWN:], person=person or "…")


def _chain(policy: OncallPolicy, raised: datetime, scene: Scene) -> tuple[str, ...]:
    """Who is called as it was when it began, so that a change of duty calls nobody twice."""
    local = raised.astimezone(ZoneInfo(scene.workspace.settings.timezone))
    return call_order(policy, Team(scene.team.settings, local.date(), scene.team.reachable), local)
