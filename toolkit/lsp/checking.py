"""Checking an open file: the problems to show, of it and of a leitstand.toml that cannot be used, and what to say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types

from toolkit.errors import LeitstandError, SettingsError
from toolkit.lsp.diagnostics import bare_diagnostic, diagnostics
from toolkit.lsp.page import Page
from toolkit.lsp.scene import Kind, Scene
from toolkit.lsp.session import Open, Session, file_path
from toolkit.messages import _
from toolkit.settings import FILE_NAME, read_settings
from toolkit.values import dataclass
from toolkit.workspace import POSTS, find_root


@dataclass(frozen=True, slots=True)
class Checked:
    """What to show of each file by its address, and a sentence for the person; `loud` when it stops the work."""

    shown: Mapping[str, list[types.Diagnostic]]
    said: str = ""
    loud: bool = False


def check(session: Session, asked: Open, others: Mapping[str, str]) -> Checked:
    """The problems of an open file. Never raises for what people or programs put into files."""
    path = file_path(asked.uri)
    if path is None:
        return Checked({})
    try:
        root = find_root(path.parent)
    except LeitstandError as error:
        return Checked({asked.uri: []}, str(error))
    settings = _address(root / FILE_NAME, others)
    try:
        scene = session.scene(asked, others)
        own = diagnostics(scene) if scene is not None else []
    except SettingsError as error:
        found = _settings_problems(root, others.get(settings), session.encoding)
        said = _("{file} cannot be used, so nothing here is checked: {error}").format(file=FILE_NAME, error=error)
        return Checked({asked.uri: [], settings: found}, said, loud=True)
    except LeitstandError as error:
        return Checked({asked.uri: []}, str(error), loud=True)
    if scene is None:
        return Checked({})
    # A leitstand.toml that was broken a moment ago and is not open is clean now; an open one is asked about itself.
    cleared: dict[str, list[types.Diagnostic]] = {} if settings in others else {settings: []}
    said, loud = _advice(scene)
    return Checked({**cleared, asked.uri: own}, said, loud)


def _address(file: Path, others: Mapping[str, str]) -> str:
    """The editor's own address of a file that it has open: two of them may spell one differently."""
    return next((uri for uri in others if file_path(uri) == file), file.as_uri())


def _settings_problems(root: Path, unsaved: str | None, encoding: str) -> list[types.Diagnostic]:
    try:
        text = (root / FILE_NAME).read_text(encoding="utf-8-sig") if unsaved is None else unsaved
    except (OSError, UnicodeDecodeError):
        return []  # the sentence says it
    page = Page(FILE_NAME, text, encoding)
    _settings, problems = read_settings(page.text.replace("\r\n", "\n"))
    return [bare_diagnostic(problem, page) for problem in problems]


def _advice(scene: Scene) -> tuple[str, bool]:
    """Why nothing is found in a file that is not checked; "" for the others."""
    if scene.kind is not Kind.OTHER:
        return "", False
    if not (scene.workspace.root / POSTS).is_dir():
        message = _("there is no {folder} in {root}; the first post makes it: leitstand new TITLE")
        return message.format(folder=POSTS, root=scene.workspace.root), True
    return _("{path} is not checked: posts lie in {folder}").format(path=scene.page.path, folder=POSTS), False
