"""Where and when a crisis is acted in, for every front: which incident is meant, who speaks, what the ledger knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.reading import read_incidents
from toolkit.community.pause import pauses_of_rows, read_pauses
from toolkit.errors import LeitstandError, UsageError
from toolkit.ledger import LedgerPlace, Row, find_ledger, open_ledger
from toolkit.messages import _
from toolkit.settings import Settings, unknown_name
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.playbook import Playbook
from toolkit.workspace.playbooks import read_playbooks


@dataclass(frozen=True, slots=True)
class Situation:
    """A workspace's folder, its state and one moment; `now` on the workspace's clock, in whole seconds."""

    root: Path
    settings: Settings
    state: Path
    environ: Mapping[str, str]
    now: datetime

    @property
    def tree(self) -> FolderTree:
        """The working folder: what somebody wrote down a minute ago is in no commit yet."""
        return FolderTree(self.root)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the workspace's wall times; settings name only zones that exist."""
        return ZoneInfo(self.settings.timezone)

    @property
    def ledger(self) -> LedgerPlace:
        """Where the ledger is; not opened."""
        return find_ledger(self.state, self.settings, self.environ)

    def known_person(self, by: str) -> str:
        """`by`, when somebody is called so."""
        people = self.settings.people
        if by not in people:
            raise UsageError(unknown_name(_("person"), by, people) if by else _("say who you are: --by"))
        return by

    def incidents(self) -> tuple[Incident, ...]:
        """Every incident that can be read; raises `LeitstandError` when one cannot: it could be the open one."""
        found, problems = read_incidents(self.tree)
        if problems:
            raise LeitstandError("\n".join(str(problem) for problem in problems))
        return found

    def incident(self, name: str, *, open_only: bool = False) -> Incident:
        """The incident called `name`, or the only open one when nothing is named."""
        found = self.incidents()
        if not name:
            return _only(found)
        known = {one.id: one for one in found}
        if name not in known:
            raise UsageError(unknown_name(_("incident"), name, known))
        if open_only and not known[name].is_open:
            raise UsageError(_("{id} is closed; what comes now is declared anew").format(id=name))
        return known[name]

    def rows(self) -> tuple[Row, ...]:
        """What the ledger knows. Raises `LeitstandError`; a crisis does not wait for that, so callers go on without."""
        with open_ledger(self.ledger, now=self.now, read_only=True) as ledger:
            return tuple(ledger.rows())

    def paused(self) -> list[str]:
        """What is paused by file or ledger, holds of single posts left out; by the file alone without a ledger."""
        pauses = read_pauses(self.tree)
        try:
            if self.ledger.exists():
                with open_ledger(self.ledger, now=self.now, read_only=True) as ledger:
                    rows = [row for row in ledger.pauses(self.now) if row.scope != "post"]
                pauses = pauses.plus(pauses_of_rows(rows))
        except LeitstandError:
            pass  # whoever reads the list is told elsewhere that the ledger cannot be read
        return sorted({one.name for one in pauses.in_force(self.now)})


def _only(found: tuple[Incident, ...]) -> Incident:
    opened = [one for one in found if one.is_open]
    if len(opened) != 1:
        names = ", ".join(one.id for one in opened)
        raise UsageError(_("name the incident: {names}").format(names=names) if opened else _("no incident is open"))
    return opened[0]


def playbook_of(workspace: Workspace, incident: Incident) -> Playbook | None:
    """The plan that an incident follows; None when the page is gone."""
    playbooks, _problems = read_playbooks(workspace.handbook)
    return next((one for one in playbooks if one.id == incident.playbook), None)
