"""The command line: a module for each verb, a package where it has much to say, loaded only when its verb is called.

What lies beside the verbs is shared by several of them: the workspace and the console (`context`), what is named on
the line (`places`, `posts`, `wishes`), and how a thing is told (`findings`, `figures`, `health`, `rows`, `signins`).

`main` is the composition root and the one error boundary: expected errors exit 1 or 2 with one sentence, unexpected
ones 3 with a log to paste, an interrupt 130.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from io import TextIOWrapper
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from toolkit import __version__
from toolkit.cli.usage import UnreadableLine, every_verb, say_unreadable, speak_help
from toolkit.errors import (
    EXIT_CLEAN,
    EXIT_DEFECT,
    EXIT_INTERRUPTED,
    EXIT_PROBLEMS,
    EXIT_USAGE,
    LeitstandError,
    missing_extra,
)
from toolkit.garbage import leave
from toolkit.messages import _, speak, surroundings

# verb → what it does, in the order of a post's way. `toolkit/cli/<verb>` has the function `run`, or `app`.
VERBS: Final[Mapping[str, str]] = {
    "demo": "Show the way of a post on this workspace, with the state in .leitstand/demo.",
    "init": "Make a workspace of your own; in a terminal it asks, the plan first.",
    "explain": "Explain a rule, a state, a key figure, a setting, a command or a network.",
    "new": "Write a new post file with a fresh uid.",
    "idea": "Write ideas down, decide about them, make posts of them.",
    "occasions": "Show which occasions are near, and who has an idea.",
    "check": "Check posts against the rules.",
    "fix": "Mint missing uids and apply safe fixes.",
    "plan": "Show the calendar: what goes out when, collisions, gaps.",
    "calendar": "Show a month of one brand or several: posts, holidays, occasions, free slots.",
    "simulate": "Live through a month of the plan on simulated networks.",
    "preview": "Show exactly what each network will receive of a post.",
    "kit": "Write what a person needs to publish a post by hand.",
    "export": "Write a newsletter for Listmonk or Mailchimp.",
    "approve": "Approve a post as it is now.",
    "publish": "Publish what is due, once (one tick).",
    "run": "Publish what is due until stopped (the daemon).",
    "status": "Show what is planned, sent, held and missed.",
    "log": "Show the ledger's events.",
    "alerts": "Show what the team is told, and try it.",
    "hold": "Stop a post at once, or let it go on.",
    "pause": "Stop publishing, for all or for a scope.",
    "resume": "End a pause.",
    "crisis": "See a crisis coming, declare it, and end it.",
    "resolve": "Decide about a held, missed or unknown post.",
    "correct": "Replace what is published by what the file says now.",
    "retract": "Take back what is published.",
    "confirm": "Say where a post is that was published by hand.",
    "ledger": "Back up, restore or adopt the ledger.",
    "handover": "Hand a week of the community over to whoever decides by it.",
    "inbox": "Hear what people write, and sort it.",
    "desk": "Work in the browser: inbox, replies, approvals, crisis board.",
    "measure": "Fetch counts from the networks.",
    "competitors": "List the competitors, and make a table for their counts.",
    "research": "See what others publish, what comes up, and how we stand beside competitors.",
    "import": "Import counts from a file.",
    "importer": "See which export files are understood, and try one.",
    "import-posts": "Take posts and their history over from another tool.",
    "metrics": "Check, count and tidy the numbers.",
    "kpi": "Compute one KPI per channel.",
    "report": "Run a report notebook and make its HTML.",
    "reviews": "Show what somebody has to look at again, and by when.",
    "experiment": "Plan, register and read experiments with posts.",
    "learn": "Propose changes to the handbook from the results.",
    "serve": "Show the site on this machine, as new as its files.",
    "handbook": "Write the whole handbook as one PDF, or as one page.",
    "stage": "Write the site's pages as plain Markdown.",
    "login": "Sign in for an account, and see how the tokens are.",
    "logout": "Forget an account's token.",
    "networks": "List, count and render as the networks do.",
    "rules": "List the rules and show one.",
    "tokens": "Check the brand's colours and hand them to other programs.",
    "sentiment": "Tell how messages sound: JSON lines in, JSON lines out.",
    "sample": "Write the sample history of this workspace.",
    "editor": "Give people a page to write on in the browser.",
    "schema": "Print what files may say, as JSON Schema.",
    "lsp": "Serve an editor: problems, explanations, proposals, counts.",
    "mcp": "Serve assistants: read, draft, check, plan; never approve or publish.",
    "completion": "Complete commands at the Tab key, in bash, zsh, fish and PowerShell.",
    "man": "Print the manual page.",
    "docs": "Write the generated reference pages.",
    "doctor": "Check the installation and the workspace's state.",
}


class LazyVerb(TyperCommand):
    """A verb's name and help; its module is imported when the verb is called, so that ``--help`` stays fast."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return load_verb(self.name or "").make_context(info_name, args, parent=parent, **extra)


def module_name(verb: str) -> str:
    """The module of a verb; one named like a Python keyword or a module of Python's own ends in an underscore."""
    return f"{verb}_" if verb in ("import", "calendar") else verb.replace("-", "_")


def load_verb(verb: str) -> TyperCommand | TyperGroup:
    """The command of one verb: its module's function `run`, or its `app` when it has verbs of its own."""
    module = import_module(f"toolkit.cli.{module_name(verb)}")
    verb_app = getattr(module, "app", None)
    if verb_app is None:
        verb_app = typer.Typer(add_completion=False, rich_markup_mode=None)
        verb_app.command(help=_(VERBS[verb]))(module.run)
    command = typer.main.get_command(verb_app)
    command.name = verb
    found = [one for _name, one in every_verb(verb, command)]
    for described in (*found, *(parameter for one in found for parameter in one.params)):
        if getattr(described, "help", None):
            described.help = _(described.help)
    speak_help(command)
    return command  # type: ignore[return-value]  # typer's own classes are all there is


def _version(value: bool) -> None:
    if value:
        typer.echo(f"leitstand {__version__}")
        raise typer.Exit


def _finish(code: int | None, **_options: object) -> None:
    raise typer.Exit(code or 0)


def make_app() -> typer.Typer:
    """An app for verbs below a verb; what they return becomes the exit code."""
    return typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, result_callback=_finish)


app = make_app()


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Leitstand: social media as code."""


def make_command() -> TyperGroup:
    """The whole command line; the verbs are filled in as `LazyVerb`s."""
    group = typer.main.get_command(app)
    if not isinstance(group, TyperGroup):
        raise TypeError("an app with a callback is a group")
    group.help = _("Leitstand: social media as code.")
    group.commands = {verb: LazyVerb(verb, help=_(text)) for verb, text in VERBS.items()}
    for option in group.params:
        if isinstance(option, TyperOption) and option.help:
            option.help = _(option.help)
    speak_help(group)
    return group


def main() -> None:
    """Run the command line and exit."""
    _write_what_can_be_written()
    code = execute(sys.argv[1:], os.environ)
    leave()
    sys.exit(code)


def _write_what_can_be_written() -> None:
    """Where output goes into another encoding than UTF-8, as into a file on Windows, a letter it lacks is a ``?``."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
        sys.stdout.reconfigure(errors="replace")


def execute(args: list[str], environ: Mapping[str, str]) -> int:  # noqa: PLR0911  # one line per kind of ending
    """Run one command; returns the exit code and never raises."""
    speak(surroundings(environ))
    try:
        code = make_command()(args, prog_name="leitstand", standalone_mode=False)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except UnreadableLine as error:
        typer.echo(say_unreadable(error), err=True)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except LeitstandError as error:
        typer.echo(f"leitstand: {error}", err=True)
        return error.exit_code
    except ModuleNotFoundError as error:
        return _missing(error, args)
    except BrokenPipeError:
        # The reader (head, less) has enough; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PROBLEMS
    except OSError as error:
        typer.echo(f"leitstand: {_system_error(error)}", err=True)
        return EXIT_PROBLEMS
    except Exception as error:  # noqa: BLE001  # the boundary: whatever is left is a defect of ours
        return _defect(error, args)
    return code if isinstance(code, int) else EXIT_CLEAN


def _system_error(error: OSError) -> str:
    said = {
        errno.ENOENT: _("{path} does not exist"),
        errno.EACCES: _("no permission to use {path}"),
        errno.EPERM: _("no permission to use {path}"),
        errno.EROFS: _("{path} lies on a disk that can only be read"),
        errno.ENOSPC: _("the disk of {path} is full"),
        errno.EISDIR: _("{path} is a folder, not a file"),
        errno.ENOTDIR: _("{path} is not a folder"),
    }
    if error.filename and error.errno in said:
        return said[error.errno].format(path=os.fspath(error.filename))
    return f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")


# top-level import name → the extra that installs it
EXTRAS: Final[Mapping[str, str]] = {
    "httpx": "publish",
    "schedule": "publish",
    "apprise": "alerts",
    "PIL": "publish",
    "duckdb": "metrics",
    "ibis": "metrics",
    "pyarrow": "metrics",
    "numpy": "metrics",
    "scipy": "train",
    "openpyxl": "tables",
    "papermill": "reports",
    "nbconvert": "reports",
    "nbformat": "reports",
    "seaborn": "reports",
    "ipykernel": "reports",
    "matplotlib": "reports",
    "traitlets": "reports",
    "mkdocs": "site",
    "nh3": "site",
    "enchant": "language",
    "boto3": "s3",
    "psycopg": "postgres",
    "distributed": "dask",
    "feedparser": "community",
    "py3langid": "community",
    "vaderSentiment": "community",
    "pygls": "editor",
    "lsprotocol": "editor",
    "starlette": "desk",
    "uvicorn": "desk",
    "jinja2": "desk",
    "js_lib_htmx": "desk",
    "mcp": "mcp",
    "mcp_types": "mcp",
    "pydantic": "mcp",
}


def _missing(error: ModuleNotFoundError, args: list[str]) -> int:
    extra = EXTRAS.get((error.name or "").split(".")[0])
    if extra is None:
        return _defect(error, args)
    usage = missing_extra(extra, error)
    typer.echo(f"leitstand: {usage}", err=True)
    return usage.exit_code


def _defect(error: Exception, args: list[str]) -> int:
    """Say that this is our fault and leave everything a bug report needs in a file."""
    log = leave_log(error, args[0] if args else "")
    typer.echo(_("leitstand: a defect of ours: {error}").format(error=f"{type(error).__name__}: {error}"), err=True)
    typer.echo(_("Nothing you did should cause this. Please report it with the log {log}").format(log=log), err=True)
    return EXIT_DEFECT


def leave_log(error: Exception, verb: str) -> str:
    """Write what a bug report needs into a file that only its owner reads; where it is."""
    import platform
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="leitstand-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"leitstand {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        log.write(f"verb: {verb}\n\n")
        log.write("".join(traceback.format_exception(error)))
    return log.name
