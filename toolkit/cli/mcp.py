"""`leitstand mcp`: the workspace for assistants and other programs, over the Model Context Protocol."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import execute
from toolkit.cli.context import HERE, Context, Folder, Now, open_context, print_json
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.settings import unknown_name

if TYPE_CHECKING:
    from toolkit.mcp import Answer


def run(
    *,
    by: Annotated[str, typer.Option("--by", help="Whose drafts they are; default: the only person there is.")] = "",
    inbox: Annotated[
        bool, typer.Option("--inbox", help="Also what people write in public, without their names.")
    ] = False,
    config: Annotated[
        bool, typer.Option("--config", help="Print what an assistant's settings need to start this, and end.")
    ] = False,
    workspace: Folder = HERE,
    now: Now = "",
) -> int:
    """Serve assistants over standard input and output: read, draft, check, plan; never approve or publish."""
    context = open_context(workspace, now)
    person = _person(context, by)
    if config:
        print_json(_config(context, by, inbox=inbox))
        return EXIT_CLEAN
    from toolkit.mcp import Door, make_server

    door = Door(context.root, ask, person, now)
    make_server(door, context.state / "reports", hears=inbox).run("stdio")
    return EXIT_CLEAN


_one_at_a_time = Lock()


def ask(args: Sequence[str]) -> Answer:
    """Run one command in this process and catch what it prints; one at a time, as what is printed to is one."""
    from toolkit.mcp import Answer

    with _one_at_a_time, redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = execute(list(args), os.environ)
    return Answer(code, out.getvalue(), err.getvalue())


def _person(context: Context, by: str) -> str:
    people = context.settings.people
    if by and by not in people:
        raise UsageError(unknown_name(_("person"), by, people))
    if not by and len(people) > 1:
        message = _("say whose drafts they are: --by {people}")
        raise UsageError(message.format(people=_(" or ").join(people)))
    return by


def _config(context: Context, by: str, *, inbox: bool) -> dict[str, object]:
    """As Claude Desktop, VS Code, Cursor and others read it; the keys around it differ."""
    words = ["mcp", "--workspace", str(context.root), *(["--by", by] if by else []), *(["--inbox"] if inbox else [])]
    return {"mcpServers": {f"leitstand-{context.settings.id}": {"command": _command(), "args": words}}}


def _command() -> str:
    """This very program: an assistant knows no virtual environment."""
    beside = Path(sys.executable).parent / ("leitstand.exe" if sys.platform == "win32" else "leitstand")
    return str(beside) if beside.is_file() else "leitstand"
