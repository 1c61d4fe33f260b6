"""`leitstand init`: a minimal workspace that works at once. Asks nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import AsJson, Now, make_clock, print_json
from toolkit.errors import EXIT_CLEAN, LeitstandError, UsageError
from toolkit.messages import _, spoken
from toolkit.model import zone
from toolkit.settings import FILE_NAME, unknown_name, unknown_zone
from toolkit.starter import LANGUAGES, PLACES, Starter, ci_files, starter_files, write_files
from toolkit.workspace import find_root

# What a fresh clone or a file manager leaves in a folder that is empty to people.
INVISIBLE = {".git", ".DS_Store", "desktop.ini", "Thumbs.db"}


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    *,
    name: Annotated[str, typer.Option("--name", help="The brand's name; default: the folder's.")] = "",
    language: Annotated[
        str, typer.Option("--language", help="Language of posts and handbook: de or en; default: the one spoken here.")
    ] = "",
    timezone: Annotated[str, typer.Option("--timezone", help="IANA zone of publish times.")] = "Europe/Berlin",
    forge: Annotated[
        str, typer.Option("--ci", help="Also the file that checks proposals on a forge: github or gitlab.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Also into a folder with files; none is overwritten.")] = False,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Make a workspace with settings, two posts and a handbook of two pages."""
    language = language or spoken()
    if language not in LANGUAGES:
        raise UsageError(unknown_name(_("language"), language, dict.fromkeys(LANGUAGES)))
    if zone(timezone) is None:
        raise UsageError(unknown_zone(timezone))
    if forge and forge not in PLACES:
        raise UsageError(unknown_name(_("forge"), forge, PLACES))
    target = folder.resolve()
    checks = ci_files(forge) if forge else {}
    if checks and (target / FILE_NAME).exists():
        return _add(target, checks, as_json=as_json)
    _refuse_full(target, folder, force=force)
    _warn_inside(target)
    starter = Starter(name.strip() or target.name, language, timezone, make_clock(now).now())
    files = starter_files(starter) | checks
    kept = write_files(target, files)
    if as_json:
        print_json({"folder": str(target), "files": sorted(set(files) - set(kept)), "kept": sorted(kept)})
    else:
        _tell(folder, sorted(files), kept)
    return EXIT_CLEAN


def _add(target: Path, files: dict[str, str], *, as_json: bool) -> int:
    """Write files into a workspace that is there already."""
    kept = write_files(target, files)
    if as_json:
        print_json({"folder": str(target), "files": sorted(set(files) - set(kept)), "kept": sorted(kept)})
    else:
        _list(sorted(files), kept)
    return EXIT_CLEAN


def _refuse_full(target: Path, shown: Path, *, force: bool) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(_("{folder} is a file").format(folder=shown))
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


def _tell(folder: Path, files: list[str], kept: tuple[str, ...]) -> None:
    _list(files, kept)
    typer.echo()
    typer.echo(_("A workspace with a first post that is due in two minutes. Next:"))
    quoted = f'"{folder}"' if " " in str(folder) else str(folder)
    for command in (f"cd {quoted}", "leitstand check && leitstand plan", "leitstand run"):
        typer.echo(f"  {command}")


def _list(files: list[str], kept: tuple[str, ...]) -> None:
    for path in files:
        typer.echo(_("  {path} (was there, left as it is)").format(path=path) if path in kept else f"  {path}")
