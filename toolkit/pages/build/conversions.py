"""What Markdown becomes, kept between builds: of a site with a handbook, converting is most of what a build does.

MkDocs converts in `Page.render`; each page gets, in the event that MkDocs has for it, one that looks whether the same
text was converted before. What comes out depends on the text, on the extensions with their options, on the program and
on the files that the page leads to: their addresses are asked for again, one by one, so that a new picture elsewhere
lets everything be. A page of which MkDocs has something to say is converted each time, so that it is said each time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, TypedDict, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from toolkit.pages.kept import Shelf, digest
from toolkit.pages.said import say
from toolkit.values import dataclass

# Raise it when an answer is written differently.
_FORM: Final = "1"
# What conversion sets on a page. A MkDocs that sets more is one that we do not know.
_TITLE: Final = "_title_from_render"
_SET: Final = frozenset({"content", "toc", _TITLE, "present_anchor_ids", "links_to_anchors"})
# Extensions that make HTML of the text and their options, and of nothing else: none that reads files or asks others.
_PURE: Final = frozenset(
    f"{family}.{name}"
    for family, names in {
        "markdown.extensions": "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs"
        " legacy_em md_in_html meta nl2br sane_lists smarty tables toc wikilinks",
        "pymdownx": "arithmatex betterem caret critic details escapeall extra highlight inlinehilite keys magiclink"
        " mark progressbar saneheaders smartsymbols superfences tabbed tasklist tilde",
        "pymdownx.blocks": "admonition caption definition details html tab",
    }.items()
    for name in names.split()
)


class Token(TypedDict):
    """An entry of a page's table of contents, as MkDocs takes it."""

    name: str
    id: str
    level: int
    children: list[Token]


@dataclass(frozen=True, slots=True)
class Converted:
    """What a page became: its HTML, its headings, its first heading's words, its anchors, and whose anchors it leads to.

    `asked` are the paths of files that MkDocs looked for, each with what it found.
    """

    content: str
    headings: list[Token]
    title: str | None
    anchors: list[str]
    links: Mapping[str, Mapping[str, str]]
    asked: Mapping[str, Sequence[object]]


class Conversions:
    """The conversions of one site, in the file `file`, which may be deleted any time; `program` names what does them."""

    def __init__(self, file: Path, program: str, config: MkDocsConfig) -> None:
        self._shelf = Shelf(file, _FORM)
        self._base = _say_base(program, config)

    def attend(self, page: Page) -> Page:
        """`page`, which will look here before it converts its text."""
        if self._base and type(page).render is Page.render and not _LOGGER.isEnabledFor(logging.DEBUG):
            page.render = partial(self._render, page)  # type: ignore[method-assign]
        return page

    def save(self) -> None:
        """Keep the conversions of this build for the next one."""
        self._shelf.save()

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        key = digest(self._base, page.file.src_uri, page.file.url, page.markdown or "")
        found = self._shelf.find(key, partial(_read, files=files))
        if found is not None:
            _fill(page, found, files)
            return
        before, asked = {**vars(page)}, Asked(files)
        with _overheard() as heard:
            Page.render(page, config, cast("Files", asked))
        unknown = {name for name, value in vars(page).items() if before.get(name) is not value} - _SET
        if not heard and not unknown and not asked.otherwise:
            self._shelf.put(key, _plain(page, asked))


class Asked:
    """The files of a site, and which of them somebody asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.paths: dict[str, Sequence[object]] = {}
        self.otherwise = False  # whether somebody asked for something that we do not know

    def get_file_from_path(self, path: str) -> File | None:
        """The file with this path, as `Files` has it."""
        found = self._files.get_file_from_path(path)
        self.paths[path] = _say_file(found)
        return found

    def __getattr__(self, name: str) -> object:
        self.otherwise = True
        return getattr(self._files, name)


def _say_base(program: str, config: MkDocsConfig) -> str:
    """What all pages depend on; "" where there may be something that nobody knows."""
    names = {f"markdown.extensions.{name}" if "." not in name else name for name in config.markdown_extensions}
    if not program or not names <= _PURE:
        return ""
    try:
        said = say([config.markdown_extensions, config.mdx_configs, config.validation, config.use_directory_urls])
    except ValueError:
        return ""
    return digest(program, said)


def _say_file(file: File | None) -> Sequence[object]:
    return [] if file is None else [file.src_uri, file.url, file.inclusion.is_excluded()]  # type: ignore[no-untyped-call]


def _fill(page: Page, found: Converted, files: Files) -> None:
    """Set on `page` what conversion would."""
    page.content = found.content
    page.toc = get_toc(found.headings)
    vars(page)[_TITLE] = found.title
    page.present_anchor_ids = set(found.anchors)
    targets = ((files.get_file_from_path(path), dict(links)) for path, links in found.links.items())
    page.links_to_anchors = {file: links for file, links in targets if file is not None}


def _plain(page: Page, asked: Asked) -> object:
    links = {file.src_uri: held for file, held in (page.links_to_anchors or {}).items()}
    headings = [_token(one) for one in page.toc]
    return [
        page.content,
        headings,
        vars(page)[_TITLE],
        sorted(page.present_anchor_ids or ()),
        links,
        asked.paths,
    ]


def _token(one: AnchorLink) -> Token:
    return Token(name=one.title, id=one.id, level=one.level, children=[_token(child) for child in one.children])


def _read(raw: Any, files: Files) -> Converted:
    """What JSON said. Raises `LookupError` where one of the files is not what it was."""
    content, headings, title, anchors, links, asked = raw
    for path, found in asked.items():
        if _say_file(files.get_file_from_path(path)) != found:
            raise LookupError(path)
    known = {str(path): {str(anchor): str(link) for anchor, link in held.items()} for path, held in links.items()}
    name = None if title is None else str(title)
    return Converted(str(content), [_read_token(one) for one in headings], name, [*map(str, anchors)], known, asked)


def _read_token(raw: Any) -> Token:
    inside = [_read_token(one) for one in raw["children"]]
    return Token(name=str(raw["name"]), id=str(raw["id"]), level=int(raw["level"]), children=inside)


_LOGGER: Final = logging.getLogger("mkdocs.structure.pages")


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """Whatever MkDocs would tell people about a page, also where they asked it to be quiet."""
    heard: list[str] = []
    level, told = _LOGGER.level, _LOGGER.getEffectiveLevel()

    def listen(record: logging.LogRecord) -> bool:
        heard.append(record.getMessage())
        return record.levelno >= told

    _LOGGER.addFilter(listen)
    _LOGGER.setLevel(min(told, logging.INFO))
    try:
        yield heard
    finally:
        _LOGGER.removeFilter(listen)
        _LOGGER.setLevel(level)
