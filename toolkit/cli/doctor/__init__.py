"""`leitstand doctor`: whether installation and workspace are as they should be, and `--health` for containers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.doctor.alerts import check_alerts
from toolkit.cli.doctor.checkups import INSTALLATION, WORKSPACE
from toolkit.cli.doctor.formats import check_formats
from toolkit.cli.doctor.hosts import check_media_host
from toolkit.cli.doctor.lines import check_lines
from toolkit.cli.doctor.matomo import check_matomo
from toolkit.cli.health import Finding, Health
from toolkit.cli.origin import check_origin
from toolkit.cli.rows import age
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, SettingsError
from toolkit.ledger import open_ledger
from toolkit.messages import _

MARKS = {Health.FINE: ("✓", "green"), Health.NOTE: ("·", "yellow"), Health.WRONG: ("✗", "red")}


def run(
    *,
    health: Annotated[
        bool, typer.Option("--health", help="Only whether a dispatcher ticks, for health checks of containers.")
    ] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Also ask Matomo whether its token is good.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Check the installation and the workspace; exit 1 when something must be mended."""
    found = list(_pulse(open_context(folder, now)) if health else _everything(folder, now, ask=ask))
    wrong = any(finding.health is Health.WRONG for finding in found)
    if as_json:
        print_json({"ok": not wrong, "checks": [_json(finding) for finding in found]})
    else:
        _print(found)
    return EXIT_PROBLEMS if wrong else EXIT_CLEAN


def _everything(folder: Folder, now: str, *, ask: bool) -> Iterator[Finding]:
    for look in INSTALLATION:
        yield from look()
    yield from check_formats(folder)
    try:
        context = open_context(folder, now)
    except SettingsError as error:
        yield Finding("workspace", Health.WRONG, str(error))
        return
    for checkup in (*WORKSPACE, check_lines, check_origin, check_media_host, check_alerts):
        yield from checkup(context)
    yield from check_matomo(context, ask=ask)


def _pulse(context: Context) -> Iterator[Finding]:
    """Whether a dispatcher ticked lately. Posts that wait for a person do not make it ill: `status` names them."""
    path, moment = context.ledger, context.clock.now()
    if not path.exists():
        yield Finding("tick", Health.WRONG, _("never ticked: there is no ledger yet"))
        return
    with open_ledger(path, now=moment, read_only=True) as ledger:
        last = ledger.summary(moment).last_tick
    if last is None:
        yield Finding("tick", Health.WRONG, _("never ticked"))
        return
    silence = moment - last
    text = _("last tick {age} ago").format(age=age(silence))
    remedy = "" if silence <= context.settings.longest_silence else _("start it: leitstand run")
    yield Finding("tick", Health.FINE if silence <= context.settings.longest_silence else Health.WRONG, text, remedy)


def _json(finding: Finding) -> dict[str, str]:
    return {
        "name": finding.name,
        "health": finding.health.value,
        "text": finding.text,
        "remedy": finding.remedy,
    }


def _print(found: list[Finding]) -> None:
    terminal = console()
    width = max(len(_said(finding.name)) for finding in found)
    for finding in found:
        mark, style = MARKS[finding.health]
        terminal.print(f"{mark} {_said(finding.name):<{width}}  {finding.text}", style=style, markup=False)
        if finding.remedy:
            terminal.print(f"  {'':<{width}}  → {finding.remedy}", markup=False)


def _said(name: str) -> str:
    """What was looked at, in the language spoken; the name that programs read stays English."""
    words = {
        "account": _("account"),
        "alerts": _("alerts"),
        "browser": _("browser"),
        "clock": _("clock"),
        "extra": _("extra"),
        "forge": _("forge"),
        "format": _("format"),
        "ledger": _("ledger"),
        "media host": _("media host"),
        "package": _("package"),
        "publishes": _("publishes"),
        "settings": _("settings"),
        "signatures": _("signatures"),
        "state": _("state"),
        "tick": _("tick"),
        "time zones": _("time zones"),
        "workspace": _("workspace"),
    }
    kind, _space, which = name.partition(" ")
    return words.get(name) or f"{words.get(kind, kind)} {which}".rstrip()
