"""What every verb needs: the workspace, the clock, the console. The command line is the composition root."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from toolkit.messages import speak
from toolkit.model import Clock, SystemClock, read_clock
from toolkit.settings import Settings
from toolkit.source import FolderTree, Tree
from toolkit.values import dataclass
from toolkit.workspace import Workspace, find_root, load_settings, load_workspace, state_dir

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from toolkit.ledger import LedgerPlace

Folder = Annotated[Path, typer.Option("--workspace", "-w", help="A folder in the workspace.", show_default="here")]
Now = Annotated[str, typer.Option("--now", help="Take this as the current time, e.g. 2026-11-21T12:00+01:00.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

HERE = Path()
# Where nobody watches there is no terminal to be as wide as.
PIPE_WIDTH = 140


@dataclass(frozen=True)
class Context:
    """A command's surroundings, opened in the folder it was called in."""

    root: Path
    settings: Settings
    clock: Clock
    environ: Mapping[str, str]

    @property
    def tree(self) -> Tree:
        return FolderTree(self.root)

    @property
    def state(self) -> Path:
        """The workspace's state directory; not created."""
        return state_dir(self.root, self.settings, self.environ)

    @property
    def ledger(self) -> LedgerPlace:
        """Where the workspace's ledger is; not opened."""
        from toolkit.ledger import find_ledger

        return find_ledger(self.state, self.settings, self.environ)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the workspace's wall times; settings name only zones that exist."""
        return ZoneInfo(self.settings.timezone)

    @property
    def local_now(self) -> datetime:
        """The current moment on the workspace's own clock."""
        return self.clock.now().astimezone(self.zone)

    def load(self, tree: Tree | None = None) -> Workspace:
        """The workspace as it lies in the folder, with what was approved elsewhere than in its files.

        That is at the desk, and on the forge as far as the dispatcher here has read it. With a `tree`, its files instead.
        """
        workspace = load_workspace(self.root, tree)
        if self.settings.forge is None and not self.ledger.exists():
            return workspace
        from toolkit.approval import with_approvals

        return with_approvals(workspace, self.ledger, self.settings.forge, self.clock.now())


def open_context(folder: Path, now: str = "") -> Context:
    """The context of a verb; speaks the workspace's language unless the environment names one."""
    root = find_root(folder)
    settings, _problems = load_settings(FolderTree(root))
    if not os.environ.get("LEITSTAND_LANG"):
        speak(settings.interface)
    return Context(root, settings, make_clock(now), os.environ)


def make_clock(now: str) -> Clock:
    """The system's clock, or one that stands at `now`."""
    return read_clock(now, "--now") if now else SystemClock()


def console(*, stderr: bool = False) -> Console:
    """The terminal."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def table_console() -> Console:
    """The terminal, for tables; a pipe is wide enough for each of them."""
    terminal = console()
    if not terminal.is_terminal:
        terminal.width = PIPE_WIDTH
    return terminal


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on stderr, silent when nobody watches."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    terminal = console(stderr=True)
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        yield bar


def print_json(value: object) -> None:
    """One JSON object on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def print_json_lines(values: Iterable[object]) -> None:
    """One JSON object per line on stdout."""
    for value in values:
        print_json(value)
