"""Export files of networks, shops and web statistics → observations and problems.

An importer is a module with `TITLE`, `identify(head)` and `extract(document)`; see `toolkit.importers.base`.
Further ones are found through the entry points ``leitstand.importers``. The built-in format is documented in
`toolkit.importers.table`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Final

from toolkit.importers import table
from toolkit.importers.base import Document, Extract, Importer

IMPORTERS: Final[Mapping[str, Importer]] = {"csv": table}
GROUP: Final = "leitstand.importers"
HEAD: Final = 4096  # bytes that `identify` sees


def all_importers() -> dict[str, Importer]:
    """Name → importer: installed ones first, because they know their format better than the general one."""
    installed = {entry.name: entry.load() for entry in entry_points(group=GROUP)}
    return {**installed, **IMPORTERS}


def find_importer(data: bytes) -> tuple[str, Importer] | None:
    """The first importer that recognises the file, with its name."""
    head = data[:HEAD]
    return next(((name, one) for name, one in all_importers().items() if one.identify(head)), None)


__all__ = ["IMPORTERS", "Document", "Extract", "Importer", "all_importers", "find_importer"]
