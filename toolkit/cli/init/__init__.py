"""`leitstand init`: a workspace of your own that works at once.

In a terminal it asks: the plan first, then people, channels, colour and hours; Return takes what stands in brackets.
Elsewhere, with ``--yes`` and for whatever a flag says already, it asks nothing. Whoever stops on the way finds nothing
written, and the command that goes on from there.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Now, make_clock, print_json
from toolkit.cli.init.asking import Keyboard, is_watched
from toolkit.cli.init.proving import Proof, prove
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.messages import _, ngettext, spoken
from toolkit.model import Severity
from toolkit.settings import FILE_NAME, unknown_name
from toolkit.starter import LANGUAGES, PLACES, Starter, ci_files, starter_files, write_files
from toolkit.starter.asking import Questioner
from toolkit.starter.flags import command_line
from toolkit.starter.questions import Interview
from toolkit.starter.reading import (
    read_channel,
    read_colour,
    read_member,
    read_quiet,
    read_target,
    read_window,
    read_zone,
)
from toolkit.values import dataclass
from toolkit.workspace import find_root

# What a fresh clone or a file manager leaves in a folder that is empty to people.
INVISIBLE: Final = {".git", ".DS_Store", "desktop.ini", "Thumbs.db"}
ZONE: Final = "Europe/Berlin"


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder; default: this one.")] = HERE,
    *,
    name: Annotated[str, typer.Option("--name", help="The brand's name; default: the folder's.")] = "",
    language: Annotated[
        str, typer.Option("--language", help="Language of posts and handbook: de or en; default: the one spoken here.")
    ] = "",
    timezone: Annotated[
        str, typer.Option("--timezone", help="IANA zone of publish times; default: Europe/Berlin.")
    ] = "",
    audience: Annotated[
        list[str] | None, typer.Option("--audience", help="Whom to reach, in a few words; repeatable.")
    ] = None,
    goal: Annotated[
        str, typer.Option("--goal", help='A key figure and a number a month, such as "interactions 500".')
    ] = "",
    pillar: Annotated[
        list[str] | None, typer.Option("--pillar", help="A subject that posts return to; repeatable.")
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option("--person", help='Such as "Jule Hansen <jule@example.com>: editor, manager"; repeatable.'),
    ] = None,
    approvals: Annotated[int, typer.Option("--approvals", min=-1, help="How many a post needs.")] = -1,
    channel: Annotated[
        list[str] | None,
        typer.Option(
            "--channel", help="NETWORK:NAME=PURPOSE, such as 'mastodon:@name@server=where we answer'; repeatable."
        ),
    ] = None,
    colour: Annotated[str, typer.Option("--colour", help="The brand's colour, such as #0b5563.")] = "",
    quiet: Annotated[
        str, typer.Option("--quiet", help="When nothing goes out, such as 21:30-07:00; - for never.")
    ] = "",
    hours: Annotated[str, typer.Option("--hours", help='When channels may post, such as "mon-fri 08:00-18:00".')] = "",
    forge: Annotated[
        str, typer.Option("--ci", help="Also the file that checks proposals on a forge: github or gitlab.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also into a folder with files; none is overwritten.")] = False,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Make a workspace: plan, people, channels, colours, hours, two posts, a handbook; asks in a terminal."""
    flags = Flags(
        name=name.strip(),
        language=language,
        timezone=timezone,
        audiences=tuple(audience or ()),
        target=goal,
        pillars=tuple(pillar or ()),
        team=tuple(person or ()),
        approvals=approvals,
        channels=tuple(channel or ()),
        colour=colour,
        quiet=quiet,
        hours=hours,
        forge=forge,
    )
    flags.refuse_unknown()
    target = folder.resolve()
    folder = target if folder == HERE else folder  # as it is shown
    if forge and (target / FILE_NAME).exists():
        return _add(target, ci_files(forge), as_json=as_json)
    _refuse_full(target, folder, force=force)
    _warn_inside(target)
    starter = flags.starter(target.name, now)
    if yes or as_json or not is_watched():
        files = starter_files(starter)
        kept = write_files(target, files)
    else:
        talk = Interview(starter, Questioner(keyboard := Keyboard()), flags.said())
        with _nothing_lost(folder, talk):
            starter = talk.run()
            if not keyboard.agrees(_("Write all this into {folder}?").format(folder=folder)):
                raise typer.Exit(EXIT_CLEAN)
            files = starter_files(starter)
            kept = write_files(target, files)
    proof = prove(target, starter.now, os.environ)
    if as_json:
        made = {"folder": str(target), "files": sorted(set(files) - set(kept)), "kept": sorted(kept)}
        print_json(made | {"problems": [str(one) for one in proof.problems], "notes": list(proof.notes)})
    else:
        _tell(folder, sorted(files), kept, proof)
    return EXIT_PROBLEMS if proof.failed else EXIT_CLEAN


@contextmanager
def _nothing_lost(folder: Path, talk: Interview) -> Iterator[None]:
    """However it ends before all files are there, none is, and the command that goes on from there is shown."""
    try:
        yield
    except BaseException:
        typer.echo("\n" + _("Nothing was written. To go on from here:"))
        typer.echo("  " + command_line(str(folder), talk.starter, talk.answered))
        raise


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line said, as it was written; "" and empty for what it did not say, approvals -1."""

    name: str = ""
    language: str = ""
    timezone: str = ""
    audiences: tuple[str, ...] = ()
    target: str = ""
    pillars: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    approvals: int = -1
    channels: tuple[str, ...] = ()
    colour: str = ""
    quiet: str = ""
    hours: str = ""
    forge: str = ""

    def said(self) -> frozenset[str]:
        """The fields that nobody has to be asked about any more."""
        return frozenset(name for name in self.__slots__ if getattr(self, name) not in ("", (), -1))

    def refuse_unknown(self) -> None:
        """What is no language or forge is refused before anything else."""
        if self.language and self.language not in LANGUAGES:
            raise UsageError(unknown_name(_("language"), self.language, dict.fromkeys(LANGUAGES)))
        if self.forge and self.forge not in PLACES:
            raise UsageError(unknown_name(_("forge"), self.forge, PLACES))

    def starter(self, folder: str, now: str) -> Starter:
        """The workspace as the flags alone would have it."""
        plain = Starter(
            self.name or folder,
            self.language or spoken(),
            read_zone(self.timezone) if self.timezone else ZONE,
            make_clock(now).now(),
            audiences=self.audiences,
            target=read_target(self.target) if self.target else None,
            pillars=self.pillars,
            approvals=max(0, self.approvals),
            colour=read_colour(self.colour) if self.colour else None,
            quiet=read_quiet(self.quiet),
            hours=read_window(self.hours) if self.hours else "",
            forge=self.forge,
        )
        for one in self.team:
            plain = replace(plain, team=(*plain.team, read_member(one, plain.team)))
        for one in self.channels:
            plain = replace(plain, channels=(*plain.channels, read_channel(one, plain.channels)))
        return plain


def _add(target: Path, files: dict[str, str], *, as_json: bool) -> int:
    """Write files into a workspace that is there already."""
    kept = write_files(target, files)
    if as_json:
        print_json({"folder": str(target), "files": sorted(set(files) - set(kept)), "kept": sorted(kept)})
    else:
        _list(sorted(files), kept)
    return EXIT_CLEAN


def _refuse_full(target: Path, shown: Path, *, force: bool) -> None:
    there = next(path for path in (target, *target.parents) if path.exists())
    if not there.is_dir():
        raise UsageError(_("{folder} is a file").format(folder=there))
    if not os.access(there, os.W_OK):
        raise UsageError(_("nothing can be written into {folder}; take another folder").format(folder=there))
    if (target / FILE_NAME).exists():
        raise UsageError(_("{folder} is a workspace already; leitstand plan shows it").format(folder=shown))
    if not force and target.is_dir() and any(path.name not in INVISIBLE for path in target.iterdir()):
        message = _("{folder} is not empty; take a new folder, or add --force (no file is overwritten)")
        raise UsageError(message.format(folder=shown))


def _warn_inside(target: Path) -> None:
    """A workspace in a workspace works, but is seldom meant."""
    try:
        outer = find_root(target.parent)
    except LeitstandError:
        return
    message = _("note: this lies inside the workspace {outer}; the new one is a workspace, and a brand, of its own")
    typer.echo(message.format(outer=outer), err=True)


def _tell(folder: Path, files: list[str], kept: tuple[str, ...], proof: Proof) -> None:
    _list(files, kept)
    typer.echo()
    for problem in proof.problems:
        typer.echo(str(problem))
    count = len([one for one in proof.problems if one.severity is not Severity.HINT])
    found = ngettext("{count} problem", "{count} problems", count) if count else _("no problems")
    typer.echo(_("First check: {problems}.").format(problems=found))
    for line in proof.plan:
        typer.echo(f"  {line}")
    for note in proof.notes:
        typer.echo(_("note: {text}").format(text=note))
    typer.echo(_("Next:"))
    # A line each: not every shell knows &&.
    for command in (*_way(folder), "leitstand plan", "leitstand publish"):
        typer.echo(f"  {command}")


def _way(folder: Path) -> list[str]:
    """How to get there, for whoever is not there already."""
    if folder.resolve() == Path.cwd():
        return []
    # Windows' shells know double quotes, all others both.
    shown = str(folder)
    return [f'cd "{shown}"' if os.name == "nt" and " " in shown else f"cd {shlex.quote(shown)}"]


def _list(files: list[str], kept: tuple[str, ...]) -> None:
    for path in files:
        typer.echo(_("  {path} (was there, left as it is)").format(path=path) if path in kept else f"  {path}")
