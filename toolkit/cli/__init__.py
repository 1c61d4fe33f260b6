"""The command line: one module per verb, loaded only when its verb is called.

`main` is the composition root and the one error boundary: expected errors exit 1 or 2 with one sentence, unexpected
ones 3 with a log to paste, an interrupt 130.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click
import typer
from typer.core import TyperGroup

from toolkit import __version__
from toolkit.errors import EXIT_DEFECT, EXIT_INTERRUPTED, EXIT_PROBLEMS, LeitstandError, missing_extra
from toolkit.messages import _, speak

# verb → what it does, in the order of a post's way. `toolkit/cli/<verb>.py` has the function `run`.
VERBS: Final[Mapping[str, str]] = {
    "init": "Make a minimal workspace in a new folder.",
    "new": "Write a new post file with a fresh uid.",
    "check": "Check posts against the rules.",
    "fix": "Mint missing uids and apply safe fixes.",
    "plan": "Show the calendar: what goes out when, collisions, gaps.",
    "preview": "Show exactly what each network will receive of a post.",
    "approve": "Approve a post as it is now.",
    "publish": "Publish what is due, once (one tick).",
    "run": "Publish what is due until stopped (the daemon).",
    "status": "Show what is planned, sent, held and missed.",
    "log": "Show the ledger's events.",
    "hold": "Stop a post at once, or let it go on.",
    "pause": "Stop publishing, for all or for a scope.",
    "resume": "End a pause.",
    "resolve": "Decide about a held, missed or unknown post.",
    "ledger": "Back up, restore or adopt the ledger.",
    "measure": "Fetch counts from the networks.",
    "import": "Import counts from a file.",
    "kpi": "Compute one KPI per channel.",
    "report": "Run a report notebook and make its HTML.",
    "learn": "Propose changes to the handbook from the results.",
    "stage": "Write the site's pages as plain Markdown.",
    "networks": "List, count and render as the networks do.",
    "rules": "List the rules and show one.",
    "sample": "Write the sample history of this workspace.",
    "lsp": "Serve diagnostics to an editor.",
    "docs": "Write the generated reference pages.",
    "doctor": "Check the installation and the workspace's state.",
}


class VerbGroup(TyperGroup):
    """Imports a verb's module only when the verb is used, so that ``--help`` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [verb for verb in VERBS if _module_exists(verb)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS or not _module_exists(cmd_name):
            return None
        return load_verb(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(verb, _(VERBS[verb])) for verb in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            from toolkit.settings import unknown_name

            raise click.UsageError(unknown_name(_("command"), name, dict.fromkeys(self.list_commands(ctx))), ctx)
        return super().resolve_command(ctx, args)


def _module_exists(verb: str) -> bool:
    return os.path.exists(os.path.join(os.path.dirname(__file__), f"{module_name(verb)}.py"))


def module_name(verb: str) -> str:
    """`import` and the like are Python keywords or standard modules; their modules end in an underscore."""
    return f"{verb}_" if verb == "import" else verb


def load_verb(verb: str) -> click.Command:
    """The command of one verb: the function `run` of its module, or its `app` when it has sub-commands."""
    module = import_module(f"toolkit.cli.{module_name(verb)}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False)
        app.command(help=_(VERBS[verb]))(module.run)
    command = typer.main.get_command(app)
    command.name = verb
    command.help = _(VERBS[verb]) if not command.help else command.help
    return command


def _version(value: bool) -> None:
    if value:
        typer.echo(f"leitstand {__version__}")
        raise typer.Exit


app = typer.Typer(cls=VerbGroup, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Leitstand: social media as code."""


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:], os.environ))


def run(args: list[str], environ: Mapping[str, str]) -> int:
    """Run one command; returns the exit code and never raises."""
    speak(environ.get("LEITSTAND_LANG") or environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG", "en"))
    try:
        result = typer.main.get_command(app)(args, prog_name="leitstand", standalone_mode=False)
    except click.exceptions.Abort:
        return EXIT_INTERRUPTED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except LeitstandError as error:
        click.echo(f"leitstand: {error}", err=True)
        return error.exit_code
    except ModuleNotFoundError as error:
        return _missing(error)
    except BrokenPipeError:
        # The reader (head, less) has enough; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PROBLEMS
    except OSError as error:
        click.echo(f"leitstand: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        return EXIT_PROBLEMS
    except Exception as error:  # noqa: BLE001  # the boundary: whatever is left is a defect of ours
        return _defect(error, args)
    return result if isinstance(result, int) else 0


# top-level import name → the extra that installs it
EXTRAS: Final[Mapping[str, str]] = {
    "httpx": "publish",
    "schedule": "publish",
    "PIL": "publish",
    "duckdb": "metrics",
    "ibis": "metrics",
    "papermill": "reports",
    "nbconvert": "reports",
    "nbformat": "reports",
    "seaborn": "reports",
    "ipykernel": "reports",
    "mkdocs": "site",
    "nh3": "site",
    "holidays": "community",
    "psycopg": "postgres",
    "distributed": "dask",
    "pygls": "editor",
    "lsprotocol": "editor",
}


def _missing(error: ModuleNotFoundError) -> int:
    extra = EXTRAS.get((error.name or "").split(".")[0])
    if extra is None:
        return _defect(error, [])
    usage = missing_extra(extra, error)
    click.echo(f"leitstand: {usage}", err=True)
    return usage.exit_code


def _defect(error: Exception, args: list[str]) -> int:
    """Say that this is our fault and leave everything a bug report needs in a file."""
    import platform
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="leitstand-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"leitstand {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        log.write(f"verb: {args[0] if args else ''}\n\n")
        log.write("".join(traceback.format_exception(error)))
    click.echo(_("leitstand: a defect of ours: {error}").format(error=f"{type(error).__name__}: {error}"), err=True)
    click.echo(_("Nothing you did should cause this. Please report it with the log {log}").format(log=log.name), err=True)
    return EXIT_DEFECT
