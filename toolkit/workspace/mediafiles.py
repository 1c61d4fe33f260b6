"""Media files as the rules see them: where they may lie and what their first bytes say they are."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

from toolkit.messages import _
from toolkit.model import Media, MediaKind
from toolkit.pictures import Facts, PictureError, find_probe, look_inside, probe_film, read_facts
from toolkit.source import FolderTree, Tree
from toolkit.source.tree import read_head

FOLDER: Final = "content"
_POINTER: Final = b"version https://git-lfs"

_IMAGES: Final = frozenset({"JPEG", "PNG", "GIF", "WebP", "AVIF", "HEIC"})
_VIDEOS: Final = frozenset({"MP4", "QuickTime", "WebM"})
# What each kind may be made of.
KINDS: Final[Mapping[MediaKind, frozenset[str]]] = {
    MediaKind.PHOTO: _IMAGES,
    MediaKind.GRAPHIC: _IMAGES,
    MediaKind.VIDEO: _VIDEOS | {"GIF"},
    MediaKind.DOCUMENT: frozenset({"PDF"}),
}
SUFFIXES: Final[Mapping[str, str]] = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".gif": "GIF",
    ".webp": "WebP",
    ".avif": "AVIF",
    ".heic": "HEIC",
    ".svg": "SVG",
    ".mp4": "MP4",
    ".m4v": "MP4",
    ".mov": "QuickTime",
    ".webm": "WebM",
    ".pdf": "PDF",
}
_BRANDS: Final[Mapping[bytes, str]] = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"mif1": "HEIC",
}


class Files:
    """The files below `content/`, each looked at once however many posts show it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._heads: dict[str, bytes | None] = {}
        self._facts: dict[str, Facts | PictureError] = {}

    def head(self, file: str) -> bytes | None:
        """The first bytes of ``content/<file>``; None when there is no such regular file."""
        if file not in self._heads:
            path = f"{FOLDER}/{file}"
            self._heads[file] = read_head(self.tree, path, 512) if self.tree.exists(path) else None
        return self._heads[file]

    def read(self, file: str) -> bytes:
        """The bytes of ``content/<file>``; raises `OSError`."""
        return self.tree.read(f"{FOLDER}/{file}")

    def facts(self, file: str) -> Facts | PictureError:
        """What the bytes of a file that `complaint` has nothing against say of themselves, or why they say nothing."""
        if file not in self._facts:
            try:
                self._facts[file] = self._look(self.read(file))
            except OSError as error:
                self._facts[file] = PictureError(_("cannot be read: {error}").format(error=error.strerror or error))
            except PictureError as error:
                self._facts[file] = error
        return self._facts[file]

    def _look(self, data: bytes) -> Facts:
        facts = read_facts(data)
        if facts.media_type.startswith("video/"):
            known = facts.seconds and facts.codec
            return facts if known or not self._probe else probe_film(data, facts, self._probe)
        try:
            return facts if facts.width else look_inside(data)
        except ImportError:  # without Pillow nobody sends pictures from here either
            return facts

    @cached_property
    def _probe(self) -> str:
        return find_probe()

    def is_link(self, file: str) -> bool:
        """Whether a link stands somewhere on the way to the file."""
        if not isinstance(self.tree, FolderTree):
            return False
        at = self.tree.root / FOLDER
        steps = [at := at / step for step in Path(file).parts]
        return any(step.is_symlink() for step in (self.tree.root / FOLDER, *steps))

    @cached_property
    def known(self) -> list[str]:
        """All files that a post could show."""
        paths = (path.removeprefix(f"{FOLDER}/") for path in self.tree.paths(FOLDER))
        return [path for path in paths if PurePosixPath(path).suffix.lower() in SUFFIXES]


def complaint(medium: Media, files: Files) -> str:
    """Why the file of `medium` cannot be sent; "" when it can."""
    file = medium.file
    path = PurePosixPath(file)
    if "://" in file:
        return _("media are files of the workspace; save it below {folder}/media/").format(folder=FOLDER)
    if path.is_absolute() or ".." in path.parts or "\\" in file or file[1:2] == ":":
        message = _("lies outside {folder}/; put the file there and write its path with /, such as media/picture.jpg")
        return message.format(folder=FOLDER)
    head = files.head(file)
    if head is None:
        return _why_absent(file, files)
    if head.startswith(_POINTER):
        return _("a Git LFS pointer, not the file itself; run: git lfs pull")
    return _wrong_type(medium, head)


def _why_absent(file: str, files: Files) -> str:
    if files.is_link(file):
        return _("is a link or lies behind one; put the file itself there")
    if file.removeprefix(f"{FOLDER}/") in files.known:
        return _("paths are relative to {folder}/; write {file}").format(
            folder=FOLDER, file=file.removeprefix(f"{FOLDER}/")
        )
    close = get_close_matches(file, files.known, n=1, cutoff=0.85)
    same_name = [known for known in files.known if PurePosixPath(known).name == PurePosixPath(file).name]
    if near := (same_name or close):
        return _("there is no {folder}/{file}; did you mean {near}?").format(folder=FOLDER, file=file, near=near[0])
    return _("there is no {folder}/{file}; add it, or order it with order: …").format(folder=FOLDER, file=file)


def _wrong_type(medium: Media, head: bytes) -> str:
    found = file_type(head)
    named = SUFFIXES.get(PurePosixPath(medium.file).suffix.lower(), "")
    if not head:
        return _("the file is empty")
    if not found:
        return _("the bytes are no picture, video or PDF that a network takes")
    if found != named:
        return _("the bytes are {found}, the name says otherwise; rename or convert the file").format(found=found)
    if found == "SVG":
        return _("an SVG may hold scripts, and no network takes it; export it as PNG")
    if found not in KINDS[medium.kind]:
        return _("{found} is no {kind}; correct kind").format(found=found, kind=medium.kind.value)
    return ""


def file_type(head: bytes) -> str:  # noqa: PLR0911  # one line per family of formats
    """The type that the first bytes of a file say it is; "" for anything unknown."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "QuickTime" if head[8:12] == b"qt  " else "MP4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "WebM"
    if head.startswith(b"%PDF-"):
        return "PDF"
    return "SVG" if b"<svg" in head else ""
