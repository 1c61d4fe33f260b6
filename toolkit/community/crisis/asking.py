"""What the inbox says: lately, and about one incident whether it is quiet, and its numbers."""

from __future__ import annotations

from toolkit.community.crisis.curve import Heard
from toolkit.community.crisis.figures import Numbers, count_incident
from toolkit.community.crisis.hearing import hear
from toolkit.community.crisis.house import dangers_of, find_house
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.quiet import Stir, listen
from toolkit.community.crisis.situation import Situation
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.place import find_inbox
from toolkit.workspace import Workspace
from toolkit.workspace.playbook import Playbook


def ask_inbox(
    situation: Situation, workspace: Workspace, playbook: Playbook | None, incident: Incident
) -> tuple[Stir | None, Numbers | None]:
    """Whether it is quiet, and the incident's numbers; None where there is no inbox, or no playbook to look by.

    Raises `LeitstandError` when the inbox cannot be read.
    """
    place = find_inbox(situation.state, situation.settings, situation.environ)
    if not place.exists():
        return None, None
    with open_inbox(place, now=situation.now, read_only=True) as inbox:
        stir = listen(playbook, incident, _hear(situation, workspace, inbox)) if playbook is not None else None
        return stir, count_incident(inbox, playbook, incident, dangers_of(workspace), situation.now)


def heard_by(situation: Situation, workspace: Workspace) -> Heard | None:
    """What the inbox has heard lately; None where there is none. Raises `LeitstandError` when it cannot be read."""
    place = find_inbox(situation.state, situation.settings, situation.environ)
    if not place.exists():
        return None
    with open_inbox(place, now=situation.now, read_only=True) as inbox:
        return _hear(situation, workspace, inbox)


def _hear(situation: Situation, workspace: Workspace, inbox: Inbox) -> Heard:
    return hear(inbox, situation.now, find_house(workspace, inbox, situation.state))
