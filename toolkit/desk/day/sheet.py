"""The first page of the desk: the parts in the order of somebody's role, what is pressing before what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from toolkit.alerts.scene import Proposed
from toolkit.desk.day.mood import find_mood
from toolkit.desk.day.part import Part
from toolkit.desk.day.people import find_crew
from toolkit.desk.day.sending import handed_over, stuck, todays
from toolkit.desk.day.waiting import answers_due, approvals_waiting
from toolkit.desk.endpoint import Page, Visit
from toolkit.dispatch.incidents import find_proposed
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.outlook import Outlook, look_out
from toolkit.workspace import Workspace
from toolkit.workspace.playbooks import read_playbooks

USUAL: Final = ("answers", "approvals", "stuck", "by-hand", "today")
# Role → what comes first; whoever has several is shown the day of the first one that stands here.
ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "manager": ("approvals", "stuck", "answers", "by-hand", "today"),
    "community": ("answers", "by-hand", "stuck", "today", "approvals"),
    "editor": ("today", "stuck", "by-hand", "approvals", "answers"),
    "legal": ("approvals", "answers", "today", "stuck", "by-hand"),
    "analyst": ("today", "answers", "stuck", "by-hand", "approvals"),
    "operator": ("stuck", "by-hand", "today", "answers", "approvals"),
}


def show_day(visit: Visit) -> Page:
    """``/``."""
    outlook, proposed, unknown = _outlook(visit)
    parts = [answers_due(visit, outlook.now), approvals_waiting(visit, outlook)]
    parts += [stuck(outlook), handed_over(outlook), todays(outlook)]
    roles = visit.house.settings.people[visit.person].roles
    values = {
        "parts": in_order(parts, roles),
        "crew": find_crew(visit.house.settings, outlook.now),
        "mood": find_mood(visit),
        "unknown": unknown,
        "proposed": proposed,
        "local": outlook.now,
    }
    return Page("day/day.html", values)


def in_order(parts: list[Part], roles: tuple[str, ...]) -> list[Part]:
    """What is pressing first, then the order of the role."""
    order = next((ORDERS[role] for role in roles if role in ORDERS), USUAL)
    return sorted(parts, key=lambda one: (one.tone != "bad", order.index(one.name)))


def _outlook(visit: Visit) -> tuple[Outlook, list[str], str]:
    """What the ledger knows with the crises it has noted as proposed, or what the files alone say, and why."""
    workspace = visit.house.workspace
    try:
        with visit.house.ledger(read_only=True) as ledger:
            noted = find_proposed(workspace, ledger, visit.now)
            return look_out(workspace, ledger, visit.now), _titles(workspace, noted), ""
    except LeitstandError as error:
        return Outlook(workspace, visit.now.astimezone(visit.house.zone)), [], str(error)


def _titles(workspace: Workspace, noted: Sequence[Proposed]) -> list[str]:
    titles = {one.id: one.title for one in read_playbooks(workspace.handbook)[0]}
    words = _("{title}, level {level}: {why}")
    return [words.format(title=titles.get(one.playbook) or one.playbook, level=one.level, why=one.why) for one in noted]
