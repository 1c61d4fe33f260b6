"""Reading the theme's folder once a build and not more: half a second that MkDocs spends on what nobody sees.

MkDocs lists every file of the theme, Material's 14,000 drawings with them, and then takes none whose name or folder
begins with a dot. Material's search asks for three small texts and has templates compiled for each. Here hidden
folders are not even entered, and what was compiled is kept.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.theme import Theme


class VisibleLoader(FileSystemLoader):
    """The templates of folders; those that are hidden can be loaded by their names and are not listed."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = os.path.relpath(folder, top).replace(os.sep, "/").removeprefix(".")
                found.update(f"{inside}/{name}".removeprefix("/") for name in names)
        return sorted(found)


def quicken(theme: Theme, cache: Path) -> None:
    """Let the theme's environments list no hidden files and keep compiled templates in the folder `cache`.

    What lies there is run: it has to be a folder of the owner's alone.
    """
    plain = theme.get_env

    def get_env() -> Environment:
        env = plain()
        env.loader = VisibleLoader(theme.dirs)
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            env.bytecode_cache = FileSystemBytecodeCache(str(cache))
        return env

    theme.get_env = get_env  # type: ignore[method-assign]
