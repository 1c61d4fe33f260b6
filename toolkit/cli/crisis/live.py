"""`leitstand crisis detect --live`: the three series of the brand as they stand now, with the evidence for each level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.cli.context import Context, console, print_json
from toolkit.community.crisis.curve import Gap, Heard
from toolkit.community.crisis.hearing import House, hear
from toolkit.community.crisis.house import find_house
from toolkit.community.crisis.live import Standing, read_standings, say_standing
from toolkit.community.crisis.proposing import Proposal, propose
from toolkit.community.crisis.sources import Source
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.place import find_inbox
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _
from toolkit.surprise import Level
from toolkit.workspace.playbooks import read_playbooks


def show_live(context: Context, *, as_json: bool) -> int:
    """How surprising this hour is; exit 1 when a series alarms or a playbook's level is proposed."""
    now, workspace = context.clock.now(), context.load()
    place = find_inbox(context.state, context.settings, context.environ)
    with open_inbox(place, now=now, read_only=True) as inbox:
        house = find_house(workspace, inbox, context.state)
        heard = hear(inbox, now, house)
    standings = list(read_standings(heard))
    proposals = propose(read_playbooks(workspace.handbook)[0], heard)
    if as_json:
        print_json(live_json(heard, house, standings, proposals))
    else:
        for line in live_lines(heard, house, standings, proposals, context):
            console().print(line, markup=False)
    return EXIT_PROBLEMS if proposals or any(one.speaks for one in standings) else EXIT_CLEAN


def live_lines(
    heard: Heard, house: House, standings: list[Standing], proposals: list[Proposal], context: Context
) -> Iterator[str]:
    """For people: a line for each series, for each source that is missing, for each proposal."""
    yield from map(say_standing, standings)
    learning = all(one.reading is None or one.reading.reached is Level.LEARNING for one in standings)
    if learning:
        since = _local(heard.since, context)
        yield _(
            "learning: the inbox knows less than two days, since {moment}; until then only words and people speak"
        ).format(moment=since)
    for source in house.sources:
        yield from _source_lines(source, heard, context)
    for one in proposals:
        yield _("! {playbook}, level {level}: {why}").format(playbook=one.playbook, level=one.level, why=one.why)
        yield f"    {one.command}"


def live_json(heard: Heard, house: House, standings: list[Standing], proposals: list[Proposal]) -> dict[str, object]:
    """For programs, with stable keys."""
    return {
        "now": heard.now.isoformat(),
        "since": heard.since.isoformat(),
        "series": [_standing_json(one) for one in standings],
        "sources": [_source_json(one, heard) for one in house.sources],
        "gaps": [_gap_json(one) for one in heard.gaps],
        "proposals": [
            {"playbook": one.playbook, "level": one.level, "why": one.why, "command": one.command} for one in proposals
        ],
    }


def _source_lines(source: Source, heard: Heard, context: Context) -> Iterator[str]:
    down = source.down(heard.now)
    if down is not None:
        said = _("- {source}: not heard since {moment}; what is missing counts as unknown, not as quiet")
        yield said.format(source=source.label, moment=_local(down.begins, context))
    if source.name in heard.young and source.since is not None:
        said = _("- {source}: heard since {moment} only, and counted from its third day on")
        yield said.format(source=source.label, moment=_local(source.since, context))


def _local(moment: datetime, context: Context) -> str:
    return f"{moment.astimezone(context.zone):%Y-%m-%d %H:%M}"


def _standing_json(one: Standing) -> dict[str, object]:
    reading = one.reading
    return {
        "series": one.series.value,
        "level": reading.reached.value if reading else Level.LEARNING.value,
        "score": round(reading.score, 3) if reading else 0.0,
        "count": reading.count if reading else 0,
        "expected": round(reading.expected, 3) if reading else None,
        "window_minutes": reading.window.total_seconds() / 60 if reading else None,
        "day": one.day,
    }


def _source_json(one: Source, heard: Heard) -> dict[str, object]:
    return {
        "name": one.label,
        "since": one.since.isoformat() if one.since else None,
        "heard_at": one.heard_at.isoformat() if one.heard_at else None,
        "down": one.down(heard.now) is not None,
        "young": one.name in heard.young,
        "gaps": [_gap_json(gap) for gap in one.gaps],
        "reason": one.failure,
    }


def _gap_json(gap: Gap) -> dict[str, str]:
    return {"begins": gap.begins.isoformat(), "ends": gap.ends.isoformat()}
