"""Files that lie beside exports and are none: what computers and office programs leave behind, and notes of people.

They are told by their names alone, so that nothing of them is opened, and whoever drops a folder is told how many there
were.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Leftover(StrEnum):
    """Why a file is no export."""

    COMPUTER = "computer"  # .DS_Store, Thumbs.db, ~$Report.xlsx: nobody made it
    NOTE = "note"  # README, SOURCE.txt, LICENSE: for people to read
    UNFINISHED = "unfinished"  # a browser is still writing it
    LINK = "link"  # it points elsewhere, and what is there was not dropped
    OTHER = "other"  # a picture, a PDF, a program: no table


_COMPUTER: Final = re.compile(r"\..*|~\$.*|.*~|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|\.~lock\..*#", re.IGNORECASE)
_NOTE: Final = re.compile(
    r"(?:readme|read me|liesmich|source|quelle|licen[cs]e|lizenz|copying|notice|changelog)(?:[ ._-].*)?", re.IGNORECASE
)
_PLAIN: Final = frozenset({"", "txt", "md", "rst", "html", "htm", "pdf"})  # what notes are written in
_UNFINISHED: Final = re.compile(r".*\.(?:crdownload|part|partial|download|opdownload|tmp)", re.IGNORECASE)


def leftover(name: str) -> Leftover | None:
    """What a file of this name is, if it is no export; None where only its content can tell.

    >>> leftover("~$Bericht.xlsx"), leftover("SOURCE.txt"), leftover("source.csv"), leftover("a.csv.crdownload")
    (<Leftover.COMPUTER: 'computer'>, <Leftover.NOTE: 'note'>, None, <Leftover.UNFINISHED: 'unfinished'>)
    """
    if _UNFINISHED.fullmatch(name):
        return Leftover.UNFINISHED
    if _COMPUTER.fullmatch(name):
        return Leftover.COMPUTER
    stem, dot, suffix = name.rpartition(".")
    if _NOTE.fullmatch(stem if dot else name) and (suffix.casefold() if dot else "") in _PLAIN:
        return Leftover.NOTE
    return None
