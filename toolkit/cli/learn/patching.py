"""`leitstand learn patch`: what the files would say, as patches for ``git apply`` or on a branch of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, print_json_lines
from toolkit.cli.findings import printable
from toolkit.cli.learn.asking import Asked, ask
from toolkit.errors import EXIT_CLEAN
from toolkit.learning.changes import Change, patch_text
from toolkit.learning.deciding import patch, proposed
from toolkit.learning.question import Answer
from toolkit.learning.sentences import evidence, summary
from toolkit.messages import _
from toolkit.source.writing import READABLE, replace_file
from toolkit.workspace import Workspace


def write_patches(
    idents: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Proposals; default: all.")] = None,
    *,
    into: Annotated[Path | None, typer.Option("--into", help="Write ID.patch into this folder.")] = None,
    branch: Annotated[
        str, typer.Option("--branch", help="Commit each on a new branch NAME/ID; no file here changes.")
    ] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Show proposals as patches, write them into a folder, or commit each on a branch of its own.

    Each patch brings its decision without a name: whoever merges it signs it with `leitstand learn accept ID --by NAME`.
    """
    asked = ask(workspace, now)
    answers = [proposed(asked.learned, ident) for ident in idents] if idents else list(asked.learned.proposed)
    base = asked.at_head() if branch else asked.workspace
    rows = [_row(asked, base, answer, into, branch) for answer in answers]
    if as_json:
        print_json_lines(rows)
    elif not rows:
        typer.echo(_("No reliable difference that nobody has decided about; keep variety."), err=True)
    else:
        for row in rows:
            typer.echo(
                printable(str(row["patch"] if not (into or branch) else row["branch"] or row["file"])),
                nl=bool(into or branch),
            )
    return EXIT_CLEAN


def _row(asked: Asked, base: Workspace, answer: Answer, into: Path | None, branch: str) -> dict[str, object]:
    changes = patch(base, answer, asked.word("", "", "", answer.id), asked.learned.decisions)
    text = _patch(asked, base, answer, changes)
    name = f"{branch}/{answer.id}" if branch else ""
    commit = asked.commit(name, changes, _message(answer)) if branch else ""
    file = into / f"{answer.id}.patch" if into is not None else None
    if file is not None:
        replace_file(file, text.encode(), mode=READABLE)
    return {
        "id": answer.id,
        "files": [one.path for one in changes],
        "file": str(file or ""),
        "branch": name,
        "commit": commit,
        "patch": text,
    }


def _patch(asked: Asked, base: Workspace, answer: Answer, changes: list[Change]) -> str:
    """The evidence stands above the first file, where ``git apply`` does not look."""
    said = "\n".join((summary(answer), evidence(answer), *answer.notes))
    return f"{said}\n\n{patch_text(base.tree, changes, asked.prefix)}"


def _message(answer: Answer) -> str:
    body = "\n".join((evidence(answer), *answer.notes))
    return f"{summary(answer)}\n\n{body}\n"
