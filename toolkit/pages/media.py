"""Which files of `content/` the site publishes: media of posts that browsers can show, and no others."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from toolkit.source import Tree
from toolkit.workspace import Draft

# No SVG: opened by itself it is a document of the site's origin, and its scripts run.
_IMAGES: Final = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"})
# A picture that Git LFS has not fetched is a text of less than this many bytes.
_POINTER: Final = 1024
_LFS: Final = b"version https://git-lfs.github.com/spec/"


def is_image(file: str) -> bool:
    """Whether a browser shows this file as a picture."""
    return posixpath.splitext(file)[1].lower() in _IMAGES


def asset_path(file: str) -> str:
    """Where the site keeps a medium, from its path relative to ``content/``."""
    return posixpath.normpath("media/" + file.removeprefix("media/"))


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that the site publishes as it lies in the workspace; a year of pictures does not fit into memory."""

    path: Path


def used_media(root: Path, tree: Tree, drafts: Iterable[Draft]) -> Mapping[str, Copied]:
    """Path on the site → every picture that a post uses and that exists."""
    files = {medium.file for draft in drafts for medium in draft.media if is_image(medium.file)}
    found = {}
    for file in sorted(files):
        path = posixpath.normpath(f"content/{file}")
        # `normpath` on both sides: ``../`` in a post must not put a file elsewhere on the site.
        if path.startswith("content/") and asset_path(file).startswith("media/") and tree.exists(path):
            full = root / path
            if full.stat().st_size > _POINTER or not full.read_bytes().startswith(_LFS):
                found[asset_path(file)] = Copied(full)
    return found
