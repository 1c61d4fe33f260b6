"""`leitstand pause`: stop publishing, for all or for a scope. In force at once, and written down for everybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.community import PAUSE_FILE, Pause, add_pause, parse_scope
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.ledger import PauseRow, open_ledger
from toolkit.messages import _, ngettext
from toolkit.model import WallTime, in_range
from toolkit.planning import slots
from toolkit.settings import unknown_name
from toolkit.workspace import Workspace

AHEAD = timedelta(days=7)


def run(
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; shown wherever something is stopped.")],
    by: Annotated[str, typer.Option("--by", help="Who answers for the pause: a person from leitstand.toml.")],
    scope: Annotated[
        str, typer.Option("--scope", help="all, channel:NAME, campaign:NAME, label:NAME or post:UID.")
    ] = "all",
    until: Annotated[str, typer.Option("--until", help='When it ends by itself, e.g. "2026-12-02 08:00".')] = "",
    allow: Annotated[
        list[str] | None, typer.Option("--allow", help="A label or uid that may go out all the same; repeatable.")
    ] = None,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Stop publishing. What falls due during a pause is missed and waits for a decision; nothing is sent in a burst."""
    context = open_context(folder, now)
    workspace = context.load()
    pause = _make(context, workspace, scope=scope, reason=reason, by=by, until=until, allow=tuple(allow or ()))
    # The ledger first: the daemon asks it before every single send, even while the file is broken or uncommitted.
    recorded = _record(context, pause)
    failed = _write(context, pause, recorded=recorded)
    stopped = _stopped(workspace, pause, context.clock.now())
    if as_json:
        said = {"written": not failed, "ledger": recorded, "stopped_next_7_days": stopped, "problem": failed}
        print_json(
            {"scope": pause.name, "reason": reason, "owner": by, "until": pause.until, "allow": pause.allow} | said
        )
    else:
        _tell(context, pause, stopped, recorded=recorded, failed=failed)
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def _make(
    context: Context, workspace: Workspace, *, scope: str, reason: str, by: str, until: str, allow: tuple[str, ...]
) -> Pause:
    if not reason.strip():
        raise UsageError(_("--reason must not be empty: whoever meets the pause wants to know why"))
    people = context.settings.people
    if by not in people:
        raise UsageError(unknown_name(_("person"), by, people))
    try:
        kind, value = parse_scope(scope)
    except ValueError as error:
        raise UsageError(f"--scope: {error}") from None
    refuse_unknown_scope(workspace, kind, value)
    return Pause(kind, value, reason.strip(), by, None, _moment(context, until), allow)


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


def _moment(context: Context, text: str) -> datetime | None:
    """`--until` as a moment; without an offset it is wall time of the workspace."""
    if not text:
        return None
    example = "2026-12-02 08:00"
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or len(text) <= len("2026-12-02") or not in_range(parsed):
        raise UsageError(
            _("--until needs a date and a time such as {example}, not {text!r}").format(example=example, text=text)
        )
    moment = parsed if parsed.tzinfo is not None else WallTime(parsed, context.settings.timezone).instant()
    if moment <= context.clock.now():
        raise UsageError(_("--until {text} is over already").format(text=text))
    return moment


def _record(context: Context, pause: Pause) -> bool:
    """Write the pause into the ledger, where there is one or where a commit is published and not this file."""
    path, now = context.ledger, context.clock.now()
    if not path.exists() and not context.settings.ref:
        return False
    row = PauseRow(0, pause.scope, pause.value, pause.reason, pause.owner, now, pause.until, pause.allow)
    with open_ledger(path, now=now) as ledger:
        ledger.add_pause(row)
    return True


def _write(context: Context, pause: Pause, *, recorded: bool) -> str:
    """Write the pause into the file; what went wrong, when the ledger holds it all the same."""
    try:
        add_pause(context.root, pause, context.zone)
    except LeitstandError as error:
        if not recorded:
            raise
        return str(error)
    return ""


def _stopped(workspace: Workspace, pause: Pause, now: datetime) -> int:
    """How many sends of the coming days the pause stops."""
    end = min(now + AHEAD, pause.until or now + AHEAD)
    coming = (slot for slot in slots(workspace) if slot.due is not None and now <= slot.due < end)
    return sum(pause.covers(slot.post, slot.account.name) for slot in coming)


def _tell(context: Context, pause: Pause, stopped: int, *, recorded: bool, failed: str) -> None:
    terminal = console()
    end = _("until somebody ends it: leitstand resume --scope {scope}").format(scope=pause.name)
    if pause.until is not None:
        local = pause.until.astimezone(context.zone)
        end = _("until {moment}").format(moment=f"{local:%Y-%m-%d %H:%M %Z}")
    terminal.print(_("paused: {scope}, {end}").format(scope=pause.name, end=end), markup=False)
    terminal.print(
        ngettext("stops {count} send of the coming 7 days", "stops {count} sends of the coming 7 days", stopped)
    )
    if recorded:
        terminal.print(_("in force at once, through the ledger"))
    elif context.settings.ref == "":
        terminal.print(_("in force at once, through {file}").format(file=PAUSE_FILE))
    if failed:
        console(stderr=True).print(_("not written down: {problem}").format(problem=failed), markup=False)
    elif context.settings.ref:
        terminal.print(_("commit {file}, so that the others see it too").format(file=PAUSE_FILE), markup=False)
