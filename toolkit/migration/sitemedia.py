"""Pictures in the Markdown of static sites: out of the text into the media, and to the file where the site has it."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from toolkit.migration.archive import Medium
from toolkit.migration.plaintext import mark_code

# ``![alt](address "title")``, and the same inside a link; the numbers keep a hostile page from taking hours.
_PICTURE: Final = re.compile(
    r"!\[(?P<alt>[^\]]{0,2000}+)\]\(\s*<?(?P<address>[^)\s>]+)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_LINKED: Final = re.compile(r"\[\s*+\]\([^)]{0,4000}+\)")
# ``[text](/page)`` and ``[name]: /page``.
_INSIDE: Final = re.compile(r"(\]\(<?|^ {0,3}\[[^\]\n]+\]:[ \t]+<?)/(?!/)", re.MULTILINE)
_TAG: Final = re.compile(r"<img\b[^>]{0,4000}+>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"(src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def take_media(text: str, site: str = "") -> tuple[str, tuple[Medium, ...]]:
    """The text without its pictures, and the pictures in their order; those in fences are code and stay.

    Links to other pages of the `site` (its address, where it is known) get the whole address.
    """
    found: list[Medium] = []
    pieces = []
    for code, lines in groupby(mark_code(text), key=lambda line: line[1]):
        piece = "\n".join(line for line, _code in lines)
        pieces.append(piece if code else _without_media(piece, site, found))
    return "\n".join(pieces).strip(), tuple(medium for medium in found if medium.address)


def _without_media(text: str, site: str, found: list[Medium]) -> str:
    piece = _PICTURE.sub(lambda match: _keep(found, match["address"], match["alt"]), text)
    piece = _TAG.sub(lambda match: _keep_tag(found, match[0]), piece)
    piece = _INSIDE.sub(lambda match: f"{match[1]}{site}/", piece) if site else piece
    return re.sub(r"\n{3,}", "\n\n", _LINKED.sub("", piece)) if piece != text else piece


def _keep(found: list[Medium], address: str, alt: str) -> str:
    found.append(Medium(address, " ".join(alt.split())))
    return ""


def _keep_tag(found: list[Medium], tag: str) -> str:
    values = {match[1].lower(): match[2] or match[3] or "" for match in _ATTRIBUTE.finditer(tag)}
    return _keep(found, values.get("src", ""), values.get("alt", ""))


def local_medium(medium: Medium, root: Path, roots: tuple[Path, ...], beside: Path) -> Medium:
    """The medium as a file inside `root`, found beside the page or below one of `roots`; as it is where there is none."""
    if medium.address.startswith(("http://", "https://", "data:", "//")):
        return medium
    name = unquote(medium.address.partition("?")[0].partition("#")[0])
    for place in (*((beside,) if not name.startswith("/") else ()), *roots):
        path = _file(place / name.lstrip("/"), root)
        if path is not None:
            return Medium(str(path), medium.alt, local=True)
    return medium


def _file(path: Path, root: Path) -> Path | None:
    """Where the file really is, if it is inside `root`; None for what no file can be called (``%00``, thousands of letters)."""
    try:
        found = path.resolve()
        return found if found.is_relative_to(root.resolve()) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):  # the last is a link that leads to itself
        return None
