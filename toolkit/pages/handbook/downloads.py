"""What people take away: a card for each file with a preview, its format and size, its version and what changed.

A page says which files with a fence of YAML::

    ```downloads
    name: logo                        # of the archive with all of them
    files:
      - file: material/logo.svg       # below guidelines/
        title: Logo
        use: on light grounds
        licence: for partners         # optional, as are `version` and `ground`, the colour behind the preview
    ```

A version is what the entry says, else what the file's name ends in (``-v2.1``), else its last commit.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from toolkit.dates import say_date
from toolkit.messages import _, ngettext
from toolkit.model import find_fenced
from toolkit.pages.handbook.files import FOLDER, handbook_files, handbook_path, is_shown, read_page
from toolkit.pages.handbook.playbooks import is_internal
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, link, para, span, tag
from toolkit.pages.view import Site
from toolkit.source.nodes import Mapping, NodeError, Scalar, Sequence, read_nodes
from toolkit.tokens import TOKENS, parse_hex, say_hex
from toolkit.tokens.exports import export_tokens
from toolkit.values import dataclass

KIND: Final = "downloads"
_BRAND: Final = "assets/brand"
_VERSION: Final = re.compile(r"-v(\d+(?:\.\d+)*)$")
_VIEW_BOX: Final = re.compile(rb"""<svg\b[^>]*?\bviewBox=["']\s*[\d.-]+[\s,]+[\d.-]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")
_PREVIEWED: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
# An archive is the same bytes each time: the first day that its format knows.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN: Final = 0o644 << 16
_CHANGES: Final = 3  # told below a file
_KILO: Final = 1000
_BY: Final = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Download:
    """One file of a block: its path in the workspace and what the block says about it."""

    path: str
    title: str
    use: str = ""
    licence: str = ""
    version: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One block: the name of its archive, its files, and where it stands in the page."""

    name: str
    files: tuple[Download, ...]
    start: int
    end: int


def find_shelves(markdown: str) -> Iterator[Shelf]:
    """Every block of downloads in a page, in order; one that cannot be read is left out, and stays as it is."""
    for block in find_fenced(markdown) if KIND in markdown else ():
        if block.kind == KIND:
            try:
                root = read_nodes(markdown[block.first : block.last])
            except NodeError:
                continue
            if isinstance(root, Mapping) and (files := tuple(_files(root))):
                yield Shelf(re.sub(r"[^\w-]+", "-", _text(root, "name")) or KIND, files, block.start, block.end)


def _files(root: Mapping) -> Iterator[Download]:
    entries = root.values.get("files")
    for one in entries.items if isinstance(entries, Sequence) else ():
        if isinstance(one, Mapping) and (file := _text(one, "file")):
            path = posixpath.normpath(FOLDER + file)
            said = (_text(one, key) for key in ("use", "licence", "version", "ground"))
            yield Download(path, _text(one, "title") or posixpath.basename(path), *said)


def _text(root: Mapping, key: str) -> str:
    node = root.values.get(key)
    return node.text if isinstance(node, Scalar) else ""


def show_downloads(site: Site, path: str, markdown: str) -> str:
    """`markdown` of the page `path` with every block as one line of HTML."""
    for shelf in reversed(list(find_shelves(markdown))):
        cards = [_card(site, path, one) for one in shelf.files]
        shown = div(tag("ul", *cards, class_="ls-downloads"), _all(site, path, shelf), class_="ls")
        markdown = f"{markdown[: shelf.start]}\n{shown}\n{markdown[shelf.end :]}"
    return markdown


# --- a card -----------------------------------------------------------------------------------------------------------


def _card(site: Site, page: str, one: Download) -> Html:
    if not _is_there(site, one):
        missing = _("{file} is not there").format(file=one.path)
        return tag("li", div(para(icon("warning"), missing, class_="ls-note ls-warn")), class_="ls-download")
    data = site.workspace.tree.read(one.path)
    address = site.link(handbook_path(page), handbook_path(one.path))
    name = posixpath.basename(one.path)
    facts = " · ".join(filter(None, (_format(one.path), _sides(one.path, data), say_size(len(data)))))
    return tag(
        "li",
        _preview(one, address),
        div(
            heading(3, one.title),
            para(one.use, class_="ls-download-use") if one.use else None,
            para(facts, class_="ls-download-facts"),
            para(span(_("Version"), " ", _version(site, one)), class_="ls-download-facts"),
            para(span(_("Licence"), ": "), one.licence, class_="ls-download-facts") if one.licence else None,
            _changes(site, one),
            class_="ls-download-said",
        ),
        link(
            address,
            icon("download"),
            _("Download"),
            download=name,
            aria_label=_("Download: {title}").format(title=f"{one.title} ({_format(one.path)})"),
            class_="ls-download-link",
        ),
        class_="ls-download",
    )


def _is_there(site: Site, one: Download) -> bool:
    return is_shown(one.path) and one.path.startswith(FOLDER) and site.workspace.tree.exists(one.path)


def _preview(one: Download, address: str) -> Html:
    colour = parse_hex(one.ground)
    style = f"background:{say_hex(colour)}" if colour else None
    picture: Child = span(_format(one.path), class_="ls-download-format")
    if posixpath.splitext(one.path)[1].lower() in _PREVIEWED:
        picture = tag("img", src=address, alt="", loading="lazy")
    return div(picture, class_="ls-download-preview", style=style)


def _format(path: str) -> str:
    return posixpath.splitext(path)[1].removeprefix(".").upper()


def _sides(path: str, data: bytes) -> str:
    """``1200 by 400 px``, with the sign between, where the file says it; drawings without pixels say their proportions."""
    if path.lower().endswith(".svg"):
        found = _VIEW_BOX.search(data)
        return f"{float(found[1]):g} {_BY} {float(found[2]):g}" if found else ""
    from toolkit.pictures import PictureError, read_facts  # only where something is to be downloaded

    try:
        facts = read_facts(data)
    except PictureError:
        return ""
    return f"{facts.width} {_BY} {facts.height} px" if facts.width else ""


def say_size(size: int) -> str:
    """``830 B``, ``8 kB``, ``1.2 MB``; kilobytes of a thousand, as operating systems and forges say them."""
    if size < _KILO:
        return f"{size} B"
    if size < _KILO * _KILO:
        return f"{round(size / _KILO)} kB"
    whole, tenth = divmod(round(size / (_KILO * _KILO) * 10), 10)
    return _("{whole}.{tenth} MB").format(whole=whole, tenth=tenth)


def _version(site: Site, one: Download) -> Html:
    """What the block or the name says; else the last commit, and its day."""
    named = _VERSION.search(posixpath.splitext(one.path)[0])
    said = one.version or (named[1] if named else "")
    past = site.revisions_of.get(one.path, ())
    day = say_date(past[0].at.astimezone(site.zone).date()) if past else ""
    if said:
        return span(tag("b", said), f" · {day}" if day else None)
    if past:
        return span(tag("code", past[0].commit[:8]), f" · {day}")
    return span(_("not yet in git") if site.given.revisions else _("as it is here"))


def _changes(site: Site, one: Download) -> Html | None:
    """What became of the file since the version before; nothing for one that never changed."""
    past = site.revisions_of.get(one.path, ())
    if len(past) < 2:  # its first and a change
        return None
    items = (
        tag("li", tag("time", say_date(each.at.astimezone(site.zone).date())), " ", each.sentence)
        for each in past[:_CHANGES]
    )
    count = ngettext("{count} version", "{count} versions", len(past))
    return tag("details", tag("summary", count), tag("ul", *items), class_="ls-rule-except")


# --- all at once ------------------------------------------------------------------------------------------------------


def _all(site: Site, page: str, shelf: Shelf) -> Html | None:
    there = _there(site, shelf)
    if len(there) < 2:  # one file needs no archive
        return None
    said = ngettext("Download {count} file", "Download all {count} files", len(there))
    address = site.link(handbook_path(page), _archive_path(page, shelf))
    size = say_size(len(_archive(site, shelf)))
    return para(
        link(address, icon("download"), said, download=True), " ", span(f"ZIP · {size}"), class_="ls-download-all"
    )


def _there(site: Site, shelf: Shelf) -> list[Download]:
    return [one for one in shelf.files if _is_there(site, one)]


def _archive_path(page: str, shelf: Shelf) -> str:
    return f"{handbook_path(page).removesuffix('.md')}-{shelf.name}.zip"


def _archive(site: Site, shelf: Shelf) -> bytes:
    """The files of a block, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for one in _there(site, shelf):
            entry = zipfile.ZipInfo(posixpath.basename(one.path), _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PLAIN
            archive.writestr(entry, site.workspace.tree.read(one.path))
    return stream.getvalue()


def archives(site: Site) -> dict[str, bytes]:
    """Path on the site → archive of each block that has several files."""
    found: dict[str, bytes] = {}
    for path in handbook_files(site):
        if path.endswith(".md"):
            file = read_page(path, site.workspace.tree.read(path))
            if not (site.given.partner and is_internal(path, file.fields)):
                shelves = (one for one in find_shelves(file.text) if len(_there(site, one)) > 1)
                found |= {_archive_path(path, shelf): _archive(site, shelf) for shelf in shelves}
    return found


# --- the tokens -------------------------------------------------------------------------------------------------------


def token_files(site: Site) -> dict[str, bytes]:
    """Path on the site → the tokens as a file of another program; nothing without a token file."""
    if not site.workspace.tree.exists(TOKENS):
        return {}
    made = export_tokens(site.tokens, site.workspace.tree.read(TOKENS), site.settings.name)
    return {f"{_BRAND}/{site.settings.id}.{ending}": data for ending, data in made.items()}


def token_links(site: Site, page: str) -> Html:
    """The token files as a list, each with what reads it."""
    readers = {
        "css": _("Style sheet: custom properties, light and dark"),
        "json": _("W3C design tokens: Figma, Penpot, Style Dictionary"),
        "scss": _("Sass variables and a map of the colours"),
        "tailwind.css": _("Theme for Tailwind CSS 4"),
        "ase": _("Swatches for Photoshop, Illustrator, InDesign, Affinity"),
        "gpl": _("Palette for GIMP, Inkscape, Krita"),
    }
    items = (
        tag(
            "li",
            link(site.link(handbook_path(page), path), icon("download"), posixpath.basename(path), download=True),
            span(readers[path.removeprefix(f"{_BRAND}/{site.settings.id}.")]),
            tag("small", say_size(len(data))),
        )
        for path, data in token_files(site).items()
    )
    return tag("ul", *items, class_="ls-token-files")
