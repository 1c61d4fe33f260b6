"""How a decision ends: written into the files here, committed on a branch, or only shown."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from toolkit.cli.context import print_json
from toolkit.cli.findings import printable
from toolkit.cli.learn.asking import Asked
from toolkit.errors import EXIT_CLEAN
from toolkit.learning.changes import Change, patch_text, write_changes
from toolkit.learning.decisions import Decided
from toolkit.learning.sentences import status_title
from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ending:
    """What is to become of the changes, and who decides so; with a `branch` no file here is touched."""

    by: str
    branch: str
    dry_run: bool
    as_json: bool

    def base(self, asked: Asked) -> Workspace:
        """The files that are to change: those here, or those that the branch begins with."""
        return asked.at_head() if self.branch else asked.workspace

    def finish(
        self, asked: Asked, ident: str, status: Decided, changes: list[Change], notes: Sequence[str] = ()
    ) -> int:
        """Do it, and say so; `notes` is what else there is to know."""
        commit, patch = "", patch_text(self.base(asked).tree, changes, asked.prefix)
        if self.branch and not self.dry_run:
            commit = asked.commit(self.branch, changes, f"{ident}: {status_title(status)}", self.by)
        elif not self.dry_run:
            write_changes(asked.context.root, changes)
        if self.as_json:
            print_json(
                {
                    "id": ident,
                    "status": status.value,
                    "files": [one.path for one in changes],
                    "written": not self.dry_run,
                    "branch": self.branch,
                    "commit": commit,
                    "notes": list(notes),
                    "patch": patch,
                }
            )
            return EXIT_CLEAN
        if self.dry_run:
            typer.echo(printable(patch), nl=False)
        else:
            where = (
                _("branch {name}").format(name=self.branch) if self.branch else ", ".join(one.path for one in changes)
            )
            typer.echo(printable(f"{ident}: {status_title(status)} ({where})"))
        for note in notes:
            typer.echo(printable(note), err=True)
        return EXIT_CLEAN
