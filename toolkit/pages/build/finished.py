"""Pages of the navigation that a build leaves as the last one made them: laying them out is half of what is left to do.

A theme may show anything of the navigation and of the configuration on any page, so a page is known by all of that and
by its own text, title, headings and front matter. What else may change a page (another plugin, a hook, somebody's own
templates) nobody can know by a name: where there is any, every page is laid out anew.

MkDocs lays out each page all the same; one that is left as it is gets a template of one word, which the build does not
take over, and search takes the page's sections from the last build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from toolkit.pages.build.output import Output
from toolkit.pages.build.search.documents import Document
from toolkit.pages.kept import Shelf, digest
from toolkit.pages.said import say

# A template's name and all it says.
TEMPLATE: Final = ("leitstand-as-it-was.html", "as it was")
# Raise it when sections are written differently.
_FORM: Final = "1"
_THEME: Final = "material"
_PLUGINS: Final = frozenset({"material.plugins.search.plugin", "toolkit.pages.build.plugin"})
# Another folder each time, plugins and their hooks for themselves, and the foot, which is the page's own.
_APART: Final = frozenset({"site_dir", "plugins", "hooks", "copyright"})


class Finished:
    """Which pages of one build stay; their sections lie in the file `file`, which may be deleted any time.

    `more` is what all pages depend on beside `config` and `nav`.
    """

    def __init__(self, output: Output, file: Path, config: MkDocsConfig, nav: Navigation, *more: str) -> None:
        self._output = output
        self._shelf = Shelf(file, _FORM)
        self._base = _say_base(config, nav, more)
        self._keys: dict[str, tuple[str, str]] = {}  # path of the page's file in the site → its key, its address
        self._left: dict[str, list[Document]] = {}

    def look(self, page: Page, foot: str) -> None:
        """Leave `page`, with `foot` at its foot, as it is in the site, if this build would make the same of it."""
        key = self._key(page, foot)
        if key:
            path = page.file.dest_uri
            self._keys[path] = key, page.url
            sections = self._shelf.find(key, _read)
            if sections is not None and self._output.leave(path, key):
                self._left[path] = sections
                page.content = ""
                page.meta = {**page.meta, "template": TEMPLATE[0], "search": {"exclude": True}}

    def leaves(self, page: Page) -> bool:
        """Whether `page` stays as it is."""
        return page.file.dest_uri in self._left

    def made(self, page: Page) -> None:
        """Know `page`, which was laid out, in the next build."""
        path = page.file.dest_uri
        if path in self._keys:
            self._output.name(path, self._keys[path][0])

    def complete(self, sections: Iterable[Document]) -> list[Document]:
        """The `sections` of this build together with those of the pages that stay, in the order of the pages."""
        fresh: dict[str, list[Document]] = {}
        for one in sections:
            fresh.setdefault(one.location.partition("#")[0], []).append(one)
        found: list[Document] = []
        for path, (key, address) in self._keys.items():
            own = self._left[path] if path in self._left else fresh.pop(address, [])
            self._shelf.put(key, [astuple(one) for one in own])
            found += own
        self._shelf.save()
        return [*found, *(one for rest in fresh.values() for one in rest)]

    def _key(self, page: Page, foot: str) -> str:
        if not self._base or page.content is None or page.file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
            return ""
        own = [page.file.src_uri, page.url, page.title, page.canonical_url, page.edit_url, page.meta]
        try:
            said = say(own)
        except ValueError:
            return ""
        return digest(self._base, said, say(list(_say_toc(page.toc))), foot, page.content)


def is_ours_alone(config: MkDocsConfig) -> bool:
    """Whether no plugin and no hook that we do not know may change what is built."""
    return not config.hooks and {type(one).__module__ for one in config.plugins.values()} <= _PLUGINS


def _say_base(config: MkDocsConfig, nav: Navigation, more: Sequence[str]) -> str:
    """What every page depends on; "" where something may change pages that nobody knows."""
    if config.theme.name != _THEME or config.theme.custom_dir or not is_ours_alone(config):
        return ""
    options = [(name, dict(one.config)) for name, one in config.plugins.items()]
    try:
        said = say([{name: value for name, value in config.items() if name not in _APART}, options])
        return digest(said, say(list(_say_nav(nav.items))), *more)
    except ValueError:
        return ""


def _say_nav(items: Iterable[Any]) -> Iterator[Sequence[object]]:
    for one in items:
        inside = list(_say_nav(one.children or ()))
        yield one.title, getattr(one, "url", None), getattr(one, "meta", None), inside


def _say_toc(entries: Iterable[AnchorLink]) -> Iterator[Sequence[object]]:
    for one in entries:
        yield one.title, one.id, one.level, list(_say_toc(one.children))


def _read(rows: Any) -> list[Document]:
    return [Document(*map(str, row)) for row in rows]
