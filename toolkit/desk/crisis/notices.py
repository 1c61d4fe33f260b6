"""The line on top of every page while a crisis runs or publishing stands still; `frame.html` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.reading import read_incidents
from toolkit.community.crisis.situation import Situation
from toolkit.desk.crisis.ground import clock_of, name_of
from toolkit.desk.endpoint import Page, Visit
from toolkit.messages import _
from toolkit.settings import Settings
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace.naming import name_scope

if TYPE_CHECKING:
    from toolkit.desk.house import House


@dataclass(frozen=True, slots=True)
class Notice:
    """One line: `tone` is bad or warn, `href` where it is dealt with."""

    tone: str
    title: str
    words: str
    href: str


def find_notices(house: House, now: datetime) -> tuple[Notice, ...]:
    """One for each open incident, one for all pauses, one for each incident that cannot be read."""
    local = now.astimezone(house.zone)
    incidents, problems = read_incidents(FolderTree(house.root))
    broken = (Notice("bad", _("An incident cannot be read"), str(one), "/crisis") for one in problems)
    running = (_running(one, house.settings, local) for one in incidents if one.is_open)
    names = Situation(house.root, house.settings, house.state, house.environ, local).paused()
    return (*broken, *running, *_paused(names, house))


def show_notices(_visit: Visit) -> Page:
    """``/crisis/alarms``: the lines alone, which the frame fills in."""
    return Page("crisis/alarms.html")


def _running(incident: Incident, settings: Settings, now: datetime) -> Notice:
    clock = clock_of(incident, now)
    leads = _("{name} leads").format(name=name_of(settings, incident.owner)) if incident.owner else ""
    owed = _("{what}: {words}").format(what=clock.what, words=clock.words) if clock is not None else ""
    title = _("Crisis, level {level}: {title}").format(level=incident.level, title=incident.title)
    return Notice("bad", title, ", ".join(filter(None, (owed, leads))), f"/crisis/{incident.id}")


def _paused(names: list[str], house: House) -> Iterator[Notice]:
    if names:
        scopes = ", ".join(name_scope(one, house.workspace) for one in names)
        yield Notice("warn", _("Publishing is paused"), scopes, "/pause")
