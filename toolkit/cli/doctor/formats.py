"""Whether the workspace's files are of this version: the format of leitstand.toml, and the version that a forge installs.

A format that is older is told with the way to the present one; nothing is changed by looking.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from toolkit import __version__
from toolkit.cli.health import Finding, Health
from toolkit.errors import SettingsError
from toolkit.messages import _
from toolkit.settings import FILE_NAME
from toolkit.settings.tables import FORMAT
from toolkit.starter import PLACES
from toolkit.workspace import find_root

# The page of the handbook that says for every format what to change.
NOTES: Final = "guidelines/anleitung/aktualisieren.md"
_PINNED: Final = re.compile(r"leitstand(?:\[[\w,]*\])?==(?P<version>[\w.]+)")


def check_formats(folder: Path) -> Iterator[Finding]:
    """The format of the settings, also of settings that cannot be used for another reason; nothing outside of a workspace."""
    try:
        root = find_root(folder)
    except SettingsError:
        return
    yield from _settings(root / FILE_NAME)
    yield from _forges(root)


def _settings(file: Path) -> Iterator[Finding]:
    found = find_format(file)
    if found is None:
        return  # what is wrong with the file is said by those who read it
    if found == FORMAT:
        yield Finding("format", Health.FINE, _("{format}, the present one").format(format=found))
        return
    values = {"found": found, "known": FORMAT}
    if found < FORMAT:
        text = _("{file} has format {found}, which is older; this Leitstand reads format {known}")
        remedy = _("go through {notes}, then write: format = {known}").format(notes=NOTES, known=FORMAT)
    else:
        text = _("{file} has format {found}, which is newer; this Leitstand reads format {known}")
        remedy = "pip install --upgrade leitstand"
    yield Finding("format", Health.WRONG, text.format(file=FILE_NAME, **values), remedy)


def find_format(file: Path) -> int | None:
    """The number behind `format`, None where there is none that can be read."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("format")
    except (OSError, ValueError):
        return None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _forges(root: Path) -> Iterator[Finding]:
    """A forge that checks by another version than the one here finds other things."""
    for path in PLACES.values():
        file = root / path
        pinned = _PINNED.search(file.read_text(encoding="utf-8", errors="replace")) if file.is_file() else None
        if pinned is None:
            continue
        if pinned["version"] == __version__:
            yield Finding("forge", Health.FINE, _("{file} installs this version").format(file=path))
        else:
            text = _("{file} installs {version}, here is {own}")
            remedy = _("write leitstand=={own} there").format(own=__version__)
            yield Finding(
                "forge", Health.NOTE, text.format(file=path, version=pinned["version"], own=__version__), remedy
            )
