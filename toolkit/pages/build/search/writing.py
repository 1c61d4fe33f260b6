"""Everything below ``search/`` of a site, and what it is worked out from only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.pages.build.output import Output
from toolkit.pages.build.search.blocks import FORMAT, arrange, known_places, merge
from toolkit.pages.build.search.documents import Document, add_pages, take_sections
from toolkit.pages.build.search.files import FOLDER, pack
from toolkit.pages.kept import Shelf
from toolkit.pages.script import read_asset

_KEPT: Final = "search.json"
# What runs in the reader's browser lies beside what it reads, so that the two are always of one build.
_PROGRAMS: Final = ("engine", "words")


def add_search(
    output: Output,
    documents: Iterable[Document],
    cache: Path,
    *,
    own: bool,
    complete: Callable[[list[Document]], list[Document]] = list,
) -> None:
    """Put the index into `output`, of what the builder indexed and of `documents`, which it never saw.

    What the builder passed over, because it was indexed before, `complete` adds to its sections. A theme whose search is
    not our `own` finds the documents in the builder's index; a site without search has none.
    """
    sections = take_sections(output.draft) if own else None
    if sections is None:
        add_pages(output.draft, documents)
        return
    for path, data in make_index([*complete(sections), *documents], cache).items():
        output.hold(path, data)


def make_index(documents: Iterable[Document], cache: Path) -> dict[str, bytes]:
    """Path → bytes of everything below ``search/``; the same documents give the same bytes, whatever `cache` holds."""
    shelf = Shelf(cache / _KEPT, FORMAT)
    groups = group_titles()
    named = (one if one.group in groups else replace(one, group="") for one in documents)
    blocks = arrange(named, list(groups))
    files = pack(blocks, merge(known_places(block, shelf) for block in blocks), groups)
    shelf.save()
    return files | {f"{FOLDER}/{name}.js": read_asset(f"scripts/search-{name}.js").encode() for name in _PROGRAMS}


def group_titles() -> dict[str, str]:
    """Folder of the site → what its results are called; those with days last, so that a new one moves no other."""
    return {
        "handbook": _("Handbook"),
        "campaigns": _("Campaigns"),
        "ideas": _("Ideas"),
        "channels": _("Channels"),
        "experiments": _("Experiments"),
        "research": _("Research"),
        "reports": _("Reports"),
        "kpis": _("Key figures"),
        "team": _("Team"),
        "incidents": _("Incidents"),
        "calendar": _("Calendar"),
        "kits": _("Kits"),
        "": _("More pages"),
        "posts": _("Posts"),
    }
