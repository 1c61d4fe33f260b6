"""`leitstand new --strategy`: the page of the social media plan, with a sample behind # for each list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.source.entries import scalar
from toolkit.strategy import REVIEW
from toolkit.strategy.keys import SHAPES, STRATEGY_KEYS
from toolkit.workspace import STRATEGY, Workspace
from toolkit.workspace.campaigns import GOAL_SHAPE

_LISTS: Final = ("goals", "audiences", "pillars", "channels", "products", "values", "competitors", "budget")


def write_strategy(root: Path, workspace: Workspace, title: str, owner: str, today: date) -> Path:
    """Write it and return where it is. Raises `UsageError` for an unknown person, no title, and a plan that is there."""
    people = workspace.settings.people
    if not title.strip():
        raise UsageError(_("the plan needs a title"))
    owner = owner or (next(iter(people)) if len(people) == 1 else "")
    if owner and owner not in people:
        raise UsageError(unknown_name(_("person"), owner, people))
    path = root / STRATEGY
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(_text(title.strip(), owner, today))
    except FileExistsError:
        raise UsageError(
            _("{path} is there already; the plan is written once and then changed").format(path=STRATEGY)
        ) from None
    return path


def _text(title: str, owner: str, today: date) -> str:
    lines = ["---", f"title: {scalar(title)}", *([f"owner: {scalar(owner)}"] if owner else [])]
    lines += [f"reviewed: {today}", f"next_review: {today + REVIEW}"]
    lines.append("# " + _("Take the # away where you know what to write; leitstand check says what is still missing."))
    for name in _LISTS:
        lines += [f"# {_(STRATEGY_KEYS[name])}", f"# {name}:", f"#   - {SHAPES.get(name, GOAL_SHAPE)}"]
    sections = (
        _("What we want to reach, and why"),
        _("For whom"),
        _("What we may claim"),
        _("What each channel is for"),
    )
    return "\n".join([*lines, "---", f"# {title}", *(f"\n## {one}" for one in sections), ""])
