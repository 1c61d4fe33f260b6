"""The files that an editor has open, and the workspaces they lie in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pygls.uris import to_fs_path

from toolkit.lsp.page import Page
from toolkit.lsp.scene import Scene
from toolkit.messages import speak
from toolkit.model import Clock
from toolkit.settings import FILE_NAME
from toolkit.values import dataclass
from toolkit.workspace import find_root
from toolkit.workspace.keeping import Keeper


@dataclass(frozen=True, slots=True)
class Open:
    """An open file: its text at one version."""

    uri: str
    text: str
    version: int | None


class Session:
    """Makes the scene of an open file; remembers workspaces between changes, and the last scene of each file."""

    def __init__(self, clock: Clock, environ: Mapping[str, str]) -> None:
        self.encoding = "utf-16"
        self._clock = clock
        self._own_language = environ.get("LEITSTAND_LANG", "")
        self._keepers: dict[Path, Keeper] = {}
        self._scenes: dict[str, Scene] = {}

    def scene(self, asked: Open, others: Mapping[str, str]) -> Scene | None:
        """The scene of a file; None for one that is no Markdown or settings file on this machine.

        `others` are the texts of all open files by address. Raises `LeitstandError` where the file lies in no workspace
        or its leitstand.toml cannot be used.
        """
        path = file_path(asked.uri)
        if path is None:
            return None
        root = find_root(path.parent)
        unsaved = dict(self._unsaved(root, {**others, asked.uri: asked.text}))
        keeper = self._keepers.setdefault(root, Keeper(root, self._clock))
        workspace = keeper.workspace(unsaved)
        if not self._own_language:
            speak(workspace.settings.interface)
        known = self._scenes.get(asked.uri)
        if known is None or known.workspace is not workspace:
            known = Scene(workspace, Page(relative(path, root), asked.text, self.encoding), self._clock.now())
            self._scenes[asked.uri] = known
        return known

    def forget(self) -> None:
        """Look at the disk again before the next answer."""
        for keeper in self._keepers.values():
            keeper.forget()

    def _unsaved(self, root: Path, texts: Mapping[str, str]) -> list[tuple[str, str]]:
        paths = ((file_path(uri), text) for uri, text in sorted(texts.items()))
        return [(relative(path, root), text) for path, text in paths if path is not None and path.is_relative_to(root)]


def file_path(uri: str) -> Path | None:
    """The file at an address, with links resolved; None for what is no Markdown and no settings file on this machine."""
    named = to_fs_path(uri) if uri.startswith("file:") else None
    if named is None or "\0" in named or not (named.endswith(".md") or Path(named).name == FILE_NAME):
        return None
    return Path(named).resolve()


def relative(path: Path, root: Path) -> str:
    """The path of a file from the workspace's root, with forward slashes."""
    return path.relative_to(root).as_posix()
