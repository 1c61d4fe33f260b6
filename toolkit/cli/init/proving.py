"""The proof that a new workspace works: its first check, what goes out next, and a ledger that knows its first day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.dispatch.publishing import can_send
from toolkit.errors import LeitstandError
from toolkit.ledger import find_ledger, open_ledger
from toolkit.ledger.accounts import check_workspace
from toolkit.ledger.row import account_key
from toolkit.lint import check_workspace as check_posts
from toolkit.model import Problem, Severity
from toolkit.planning import slots
from toolkit.values import dataclass
from toolkit.workspace import Workspace, load_workspace, state_dir

# What is due when the workspace is made is no history yet.
_BEFORE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Proof:
    """What is wrong with the workspace, a line for each post to come, and what could not be prepared outside of it."""

    problems: tuple[Problem, ...]
    plan: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything would keep a post from going out."""
        return any(one.severity is Severity.ERROR for one in self.problems)


def prove(root: Path, now: datetime, environ: Mapping[str, str]) -> Proof:
    """Read the workspace as every other verb will, check it, plan it, and let its ledger begin now."""
    workspace = load_workspace(root)
    zone = ZoneInfo(workspace.settings.timezone)
    lines = [
        f"{slot.due.astimezone(zone):%Y-%m-%d %H:%M}  {slot.account.name}  {slot.post.title}"
        for slot in slots(workspace)
        if slot.due is not None and slot.due > now - _BEFORE
    ]
    return Proof(tuple(check_posts(workspace, now=now)), tuple(lines), tuple(_begin(root, workspace, now, environ)))


def _begin(root: Path, workspace: Workspace, now: datetime, environ: Mapping[str, str]) -> list[str]:
    """Let the ledger meet the accounts, and say what kept it from that.

    What was past when a ledger met an account is history and never sent. It meets those of a new workspace on its first
    day, so that the first post goes out also when somebody reads for an hour before the scheduler runs for the first time.
    """
    settings = workspace.settings
    place = find_ledger(state_dir(root, settings, environ), settings, environ)
    able = [(account_key(one), name, one.network) for name, one in settings.accounts.items() if can_send(one)]
    try:
        with open_ledger(place, now=now) as ledger:
            check_workspace(ledger, settings.id)
            ledger.bind(able, now - _BEFORE)
    except (LeitstandError, OSError) as error:
        return [str(error)]
    return []
