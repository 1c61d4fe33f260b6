"""The proof that a new workspace works: its first check, and what goes out next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from toolkit.lint import check_workspace
from toolkit.model import Problem, Severity
from toolkit.planning import slots
from toolkit.workspace import load_workspace


@dataclass(frozen=True, slots=True)
class Proof:
    """What is wrong with the workspace, and a line for each post to come."""

    problems: tuple[Problem, ...]
    plan: tuple[str, ...]

    @property
    def failed(self) -> bool:
        """Whether anything would keep a post from going out."""
        return any(one.severity is Severity.ERROR for one in self.problems)


def prove(root: Path, now: datetime) -> Proof:
    """Read the workspace as every other verb will, check it, and plan it."""
    workspace = load_workspace(root)
    zone = ZoneInfo(workspace.settings.timezone)
    lines = [
        f"{slot.due.astimezone(zone):%Y-%m-%d %H:%M}  {slot.account.name}  {slot.post.title}"
        for slot in slots(workspace)
        if slot.due is not None and slot.due > now
    ]
    return Proof(tuple(check_workspace(workspace, now=now)), tuple(lines))
