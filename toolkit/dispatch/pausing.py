"""Pausing and resuming for people: what stops publishing is written into the ledger and the file, and ends in both."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community import Pause, add_pause, parse_scope, pauses_of_rows, read_pauses, remove_pauses
from toolkit.community.pauserows import add_rows, end_rows, is_wanted
from toolkit.errors import LeitstandError, UsageError
from toolkit.ledger import Ledger, LedgerPlace, open_ledger
from toolkit.messages import _
from toolkit.model import WallTime, in_range
from toolkit.planning import Slot, slots
from toolkit.settings import unknown_name
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import Workspace

AHEAD: Final = timedelta(days=7)
EXAMPLE: Final = "2026-12-02 08:00"


@dataclass(frozen=True, slots=True)
class Asked:
    """A pause as somebody asks for it. `until` is wall time of the workspace, or has an offset; "" for no end."""

    scope: str  # as `parse_scope` reads it
    reason: str
    by: str  # a person of leitstand.toml
    until: str = ""
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """Where a pause stands now: in the ledger, and in the file unless `failed` says why not."""

    recorded: bool
    failed: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How many entries of the file and rows of the ledger ended, and which scopes are paused still."""

    in_file: int
    in_ledger: int
    left: tuple[str, ...]


def read_pause(workspace: Workspace, asked: Asked, now: datetime) -> Pause:
    """The pause that is asked for; raises `UsageError` for one that would not be what its person means."""
    if not asked.reason.strip():
        raise UsageError(_("a pause needs a reason: whoever meets it wants to know why"))
    people = workspace.settings.people
    if asked.by not in people:
        raise UsageError(unknown_name(_("person"), asked.by, people))
    try:
        kind, value = parse_scope(asked.scope)
    except ValueError as error:
        raise UsageError(str(error)) from None
    refuse_unknown_scope(workspace, kind, value)
    until = read_end(asked.until, workspace.settings.timezone, now)
    return Pause(kind, value, asked.reason.strip(), asked.by, None, until, asked.allow)


def refuse_unknown_scope(workspace: Workspace, kind: str, value: str) -> None:
    """A pause of a name that does not exist would stop nothing and look as if it did."""
    known = {
        "channel": (_("channel"), list(workspace.settings.accounts)),
        "campaign": (_("campaign"), [*workspace.campaigns, *(post.campaign for post in workspace.posts)]),
        "label": (_("label"), [label for post in workspace.posts for label in post.labels]),
        "post": (_("post"), [post.uid for post in workspace.posts]),
    }
    if kind in known and value not in known[kind][1]:
        what, names = known[kind]
        raise UsageError(unknown_name(what, value, dict.fromkeys(filter(None, names))))


def read_end(text: str, zone: str, now: datetime) -> datetime | None:
    """When a pause ends by itself; without an offset it is wall time in `zone`. None for ""."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or len(text) <= len("2026-12-02") or not in_range(parsed):
        message = _("the end of a pause is a date and a time such as {example}, not {text!r}")
        raise UsageError(message.format(example=EXAMPLE, text=text))
    moment = parsed if parsed.tzinfo is not None else WallTime(parsed, zone).instant()
    if moment <= now:
        raise UsageError(_("{text} is over already").format(text=text))
    return moment


def begin_pause(workspace: Workspace, place: LedgerPlace, pause: Pause, now: datetime) -> Begun:
    """Put the pause into force; raises `LeitstandError` when it could be written nowhere."""
    # The ledger first: the daemon asks it before every single send, even while the file is broken or uncommitted.
    recorded = _record(workspace, place, pause, now)
    try:
        add_pause(workspace.root, pause, ZoneInfo(workspace.settings.timezone))
    except LeitstandError as error:
        if not recorded:
            raise
        return Begun(recorded, str(error))
    return Begun(recorded, "")


def _record(workspace: Workspace, place: LedgerPlace, pause: Pause, now: datetime) -> bool:
    if not is_wanted(place, workspace.settings.ref):
        return False
    with open_ledger(place, now=now) as ledger:
        add_rows(ledger, [pause], now)
    return True


def end_pause(root: Path, place: LedgerPlace, name: str, now: datetime) -> Ended:
    """End the pauses of the scope `name`; raises `UsageError` when there is none."""
    # The file first: while it stands there, ending the ledger's row would change nothing.
    from_file = remove_pauses(root, name)
    from_ledger = end_rows(place, name, now)
    left = tuple(paused_names(root, place, now))
    if not from_file and not from_ledger:
        known = ", ".join(left) or _("nothing")
        raise UsageError(_("no pause has the scope {name}; paused: {known}").format(name=name, known=known))
    return Ended(len(from_file), from_ledger, left)


def paused_names(root: Path, place: LedgerPlace, now: datetime) -> list[str]:
    """The scopes that are paused now, by file or ledger; holds of single posts are not among them."""
    if not place.exists():
        found = standing_pauses(root, None, now)
    else:
        with open_ledger(place, now=now, read_only=True) as ledger:
            found = standing_pauses(root, ledger, now)
    return sorted({pause.name for pause in found})


def standing_pauses(root: Path, ledger: Ledger | None, now: datetime) -> list[Pause]:
    """The pauses in force and to come, of file and ledger; of the same scope each once, unless it is told differently."""
    # A hold of a single post is `leitstand hold`'s; a pause of it has a file entry too.
    rows = [row for row in ledger.pauses(now) if row.scope != "post"] if ledger is not None else []
    pauses = read_pauses(FolderTree(root)).plus(pauses_of_rows(rows)).entries
    open_ones = [pause for pause in pauses if pause.until is None or now < pause.until]
    return list({(one.name, one.owner, one.reason): one for one in open_ones}.values())


def stopped_slots(workspace: Workspace, pause: Pause, now: datetime) -> list[Slot]:
    """The sends of the coming seven days that the pause stops."""
    end = min(now + AHEAD, pause.until or now + AHEAD)
    coming = (slot for slot in slots(workspace) if slot.due is not None and now <= slot.due < end)
    return [slot for slot in coming if pause.covers(slot.post, slot.account.name)]
