"""What goes out when, what is wrong with it, and what is going on: `plan`, `check`, `preview`, `status`, `explain`."""

from __future__ import annotations

from typing import Final

from toolkit.mcp.door import Door, Json
from toolkit.mcp.posts import read_post

# A program reads all of it each time: what it needs of a slot, and not a year of them.
_SLOT: Final = (
    "path",
    "title",
    "account",
    "local",
    "status",
    "state",
    "goes_out",
    "count",
    "approval",
    "paused",
    "errors",
)
MOST: Final = 200


def read_plan(door: Door, first: str, last: str) -> dict[str, object]:
    """The slots of these days with what keeps each from going out, collisions, gaps and errors."""
    plan = door.object("plan", **{"from": first, "to": last})
    slots = _list(plan, "slots")
    short = [{key: slot.get(key) for key in _SLOT} for slot in slots[:MOST]]
    rest = {key: plan.get(key) for key in ("now", "timezone", "from", "to", "collisions", "gaps", "errors")}
    return {**rest, "slots": short, "left_off": max(0, len(slots) - MOST)}


def check(door: Door, post: str) -> dict[str, object]:
    """The problems of a post, or of the workspace."""
    path = str(read_post(door, post)["path"]) if post else ""
    found = door.objects("check", *([str(door.root / path)] if path else []))
    return {"problems": found[:MOST], "count": len(found)}


def preview(door: Door, post: str, channel: str) -> dict[str, object]:
    """Exactly what each network would receive, with its length as the network counts."""
    return dict(door.object("preview", str(read_post(door, post)["path"]), channel=channel))


def status(door: Door) -> dict[str, object]:
    """What the ledger knows: sent, waiting, held, and who has to do something."""
    return dict(door.object("status"))


def explain(door: Door, word: str) -> dict[str, object]:
    """What a rule, a state, a key figure or a setting means."""
    return dict(door.object("explain", word))


def _list(found: Json, key: str) -> list[Json]:
    value = found.get(key)
    return value if isinstance(value, list) else []
