"""Whether it may end: since when it is quiet and how that is known, who decides, and what the talk afterwards begins with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from toolkit.community.crisis.acting import Ending, draft_aftermath
from toolkit.community.crisis.asking import ask_inbox
from toolkit.community.crisis.checklist import fell_due
from toolkit.community.crisis.deadlines import say_length
from toolkit.community.crisis.ending import last_news, objections
from toolkit.community.crisis.figures import Numbers
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.quiet import Stir
from toolkit.community.crisis.situation import Situation
from toolkit.desk.crisis.ground import name_of, rows_of
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.playbook import AllClear, Playbook

# What the inbox says, or why it says nothing.
Asked = tuple[Stir | None, Numbers | None, str]


@dataclass(frozen=True, slots=True)
class AllClearView:
    """What stands between now and the all-clear."""

    quiet_since: datetime
    quiet: str
    wanted: str
    until: datetime | None  # when it would have been quiet long enough
    decides: str
    facts: tuple[tuple[str, str], ...]
    objections: tuple[str, ...]
    deaf: str  # why the inbox could not be asked


def view_ending(
    situation: Situation, incident: Incident, playbook: Playbook | None, person: str, asked: Asked
) -> AllClearView:
    """Measured from the timeline, the inbox and the detector."""
    clear = playbook.all_clear if playbook is not None else AllClear()
    stir, _numbers, deaf = asked
    heard = stir.moments if stir is not None else ()
    since = last_news(incident, heard).astimezone(situation.zone)
    until = since + clear.quiet_for if clear.quiet_for is not None else None
    return AllClearView(
        since,
        say_length(max(situation.now - since, timedelta())),
        say_length(clear.quiet_for) if clear.quiet_for is not None else "",
        until if until is not None and until > situation.now else None,
        name_of(situation.settings, clear.decided_by),
        tuple(_facts(stir, situation)) if stir is not None else (),
        why_not(incident, clear, person, situation, heard),
        deaf,
    )


def why_not(
    incident: Incident, clear: AllClear, person: str, situation: Situation, heard: Iterable[datetime]
) -> tuple[str, ...]:
    """What speaks against an end now; whoever decides is called by name."""
    decides = "" if clear.decided_by == person else name_of(situation.settings, clear.decided_by)
    return tuple(objections(incident, replace(clear, decided_by=decides), person, situation.now, heard))


def ask(situation: Situation, workspace: Workspace, incident: Incident, playbook: Playbook | None) -> Asked:
    """What the inbox says, or why it says nothing."""
    try:
        stir, numbers = ask_inbox(situation, workspace, playbook, incident)
    except LeitstandError as error:
        return None, None, str(error)
    return stir, numbers, ""


def draft_of(situation: Situation, workspace: Workspace, incident: Incident, numbers: Numbers | None) -> str:
    """The section that would be written below the incident if it ended now."""
    waiting = fell_due(rows_of(situation)[0], incident.declared, situation.now)
    return draft_aftermath(situation, workspace, incident, Ending("", "", waiting, numbers))


def _facts(stir: Stir, situation: Situation) -> list[tuple[str, str]]:
    def said(moment: datetime | None) -> str:
        return f"{moment.astimezone(situation.zone):%d.%m. %H:%M}" if moment is not None else _("none")

    usual = _("such messages come on any day; only unusual hours count") if stir.usual else ""
    return [
        (_("Messages about it"), str(stir.messages)),
        (_("Last message about it"), f"{said(stir.last_message)} {usual}".strip()),
        (_("Last unusual hour"), said(stir.last_unusual)),
    ]
