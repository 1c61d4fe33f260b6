"""Writing the editor's page into a folder, to be served as it is: with the site, or on one's own machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from toolkit.editor.config import editor_config
from toolkit.editor.install import PackageError, installed_folder, read_files
from toolkit.editor.packages import ADDRESSES, SCRIPT
from toolkit.editor.page import CONFIG, make_page
from toolkit.messages import _
from toolkit.schema import collect_names
from toolkit.source.writing import replace_file
from toolkit.workspace import Workspace

# The page is for whoever the web server shows it to.
READABLE: Final = 0o644


def build_editor(workspace: Workspace, target: Path, *, trial: bool = False) -> tuple[str, ...]:
    """Write the page into `target`; returns the paths written. Raises `PackageError` when it is not installed."""
    files = editor_files(workspace, trial=trial)
    for path, data in files.items():
        place = target / path
        if not place.is_file() or place.read_bytes() != data:
            place.parent.mkdir(parents=True, exist_ok=True)
            replace_file(place, data, READABLE)
    return tuple(files)


def editor_files(workspace: Workspace, *, trial: bool = False) -> dict[str, bytes]:
    """Path → bytes of every file of the page."""
    settings = workspace.settings
    files = read_files(installed_folder(workspace.root))
    files[SCRIPT] = at_home(files[SCRIPT])
    config = editor_config(settings, collect_names(workspace), trial=trial)
    files[CONFIG] = json.dumps(config, ensure_ascii=False, indent=1).encode()
    files["index.html"] = make_page(settings, settings.interface, trial=trial).encode()
    return files


def at_home(script: bytes) -> bytes:
    """The script with the addresses of others turned into paths of the page's folder; raises `PackageError`."""
    text = script.decode()
    for address, path in ADDRESSES.items():
        if text.count(address) != 1:
            message = _("the editor's script asks for {address} in another way than the one that was checked")
            raise PackageError(message.format(address=address.strip("`")))
        text = text.replace(address, path)
    return text.encode()
