"""`leitstand demo`: send a workspace's posts all the way, on state of its own that is made anew each time.

It runs the verbs that people run every day and shows each of them, so that reading along is a first lesson.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import typer

import toolkit.cli
from toolkit.cli.context import HERE, Context, Folder, Now, open_context
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger.place import ACCOUNTS_VARIABLE
from toolkit.ledger.place import VARIABLE as LEDGER_VARIABLE
from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.workspace import STATE_VARIABLE

STATE = Path(".leitstand") / "demo"


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the demo and why it is run."""

    title: str
    args: tuple[str, ...]


def run(workspace: Folder = HERE, now: Now = "") -> int:
    """Show the way of a post on this workspace, with the state in .leitstand/demo."""
    context = open_context(workspace, now)
    state = context.root / STATE
    shutil.rmtree(state, ignore_errors=True)
    os.environ[STATE_VARIABLE] = str(state)
    # The demo's ledger binds no account of this machine.
    os.environ[ACCOUNTS_VARIABLE] = str(state / "accounts")
    os.environ.pop(LEDGER_VARIABLE, None)
    os.environ["LEITSTAND_NOW"] = context.clock.now().isoformat()
    steps = _steps(context, state)
    for number, step in enumerate(steps, start=1):
        _heading(number, len(steps) + 1, step.title, ["leitstand", *step.args])
        code = toolkit.cli.execute([*step.args, "--workspace", str(context.root)], os.environ)
        if code != EXIT_CLEAN:
            typer.echo(
                _("The demo stops here: {verb} ended with {code}.").format(verb=step.args[0], code=code), err=True
            )
            return code
    _heading(len(steps) + 1, len(steps) + 1, _("Build the site"), ["mkdocs", "build", "--strict"])
    if _build_site(context) != EXIT_CLEAN:
        return EXIT_PROBLEMS
    _summary(context, state)
    return EXIT_CLEAN


def _steps(context: Context, state: Path) -> list[Step]:
    now = context.local_now
    last_month = (now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    moment, before = (when.isoformat(timespec="minutes") for when in (now, now - timedelta(hours=1)))
    exports, zone = state.relative_to(context.root) / "exports", context.settings.timezone
    return [
        Step(_("Check every post against the rules"), ("check", "--now", moment)),
        Step(_("What goes out in the next days"), ("plan", "--to", _day(now + timedelta(days=7)), "--now", moment)),
        Step(_("First run: what is past is taken over, never sent"), ("publish", "--now", before)),
        Step(_("An hour later: publish what is due"), ("publish", "--now", moment)),
        Step(_("What people write, and what the team did with it"), ("sample", "inbox", "--now", moment)),
        Step(_("What others publish, and what comes up"), ("sample", "research", "--now", moment)),
        Step(_("Write a year of believable exports"), ("sample", "history", str(exports), "--now", moment)),
        Step(_("Import them"), ("import", str(exports), "--times", zone, "--now", moment)),
        Step(_("The monthly report"), ("report", "monthly", "--month", last_month, "--now", moment)),
    ]


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _heading(number: int, total: int, title: str, command: Sequence[str]) -> None:
    typer.secho(f"\n[{number}/{total}] {title}", bold=True)
    typer.secho(f"$ {' '.join(command)}", dim=True)


def _build_site(context: Context) -> int:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(context.root / "mkdocs.yml")]
    # The theme's notice about its end of life stands in the README; here it would hide the result.
    return subprocess.run(command, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}).returncode


def _summary(context: Context, state: Path) -> None:
    reports = sorted((state / "reports").rglob("*.html"))
    typer.secho("\n" + _("Done. Where to look:"), bold=True)
    places = [
        (_("the feed"), state / "feeds"),
        (_("the report"), reports[-1] if reports else state / "reports"),
        (_("the ledger"), state / "ledger.sqlite"),
    ]
    for name, path in places:
        typer.echo(f"  {name:<12} {path.relative_to(context.root)}")
    typer.echo("  " + _("make serve shows the site at http://127.0.0.1:8000"))
    typer.echo("  " + _("make desk shows the inbox, approvals and the crisis board in the browser"))
