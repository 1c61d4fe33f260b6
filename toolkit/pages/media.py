"""Which files of `content/` the site publishes: media of posts that browsers can show, and no others."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from toolkit.source import Tree
from toolkit.values import dataclass
from toolkit.workspace import Draft

# No SVG: opened by itself it is a document of the site's origin, and its scripts run.
_IMAGES: Final = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"})
# Of a picture of more bytes the site has a smaller one: photographs as cameras make them would stand on every card, and
# fill the site with gigabytes. An animation would stand still.
LARGE: Final = 200_000
_LONGEST: Final = 1200  # pixels: a card on a dense screen
_SHRINKING: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif"})
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
    """A file that the site publishes as it lies in the workspace; a year of pictures does not fit into memory.

    With `longest` it is a picture, and so many pixels are the most that its longer side has on the site.
    """

    path: Path
    longest: int = 0

    def read(self) -> bytes:
        """What the site publishes; a picture that cannot be made smaller is published as it is."""
        data = self.path.read_bytes()
        if not self.longest:
            return data
        from toolkit.pictures import PictureError, fit_picture  # few sites are built with a new large picture

        try:
            fitted = fit_picture(data, self.longest, LARGE).data
        except PictureError:
            return data
        return min(fitted, data, key=len)


def used_media(root: Path, tree: Tree, drafts: Iterable[Draft]) -> Mapping[str, Copied]:
    """Path on the site → every picture that a post uses and that exists."""
    files = {medium.file for draft in drafts for medium in draft.media if is_image(medium.file)}
    found = {}
    for file in sorted(files):
        path = posixpath.normpath(f"content/{file}")
        # `normpath` on both sides: ``../`` in a post must not put a file elsewhere on the site.
        if path.startswith("content/") and asset_path(file).startswith("media/") and tree.exists(path):
            full = root / path
            size = full.stat().st_size
            if size > _POINTER or not full.read_bytes().startswith(_LFS):
                shrinks = size > LARGE and full.suffix.lower() in _SHRINKING
                found[asset_path(file)] = Copied(full, _LONGEST if shrinks else 0)
    return found
