"""WXR as its elements: a blog and its entries, read one after the other, so that a large blog needs little memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from toolkit.messages import _
from toolkit.migration.archive import problem_in
from toolkit.model import Problem
from toolkit.values import dataclass

_WP: Final = "http://wordpress.org/export/"
_TAG: Final = re.compile(r"</?[A-Za-z][^>]{0,4000}+>")
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, page or attachment; moments as written, the second one in UTC."""

    id: str
    kind: str
    status: str
    title: str
    link: str
    guid: str
    moment: str
    moment_utc: str
    content: str
    password: str
    attachment: str
    labels: tuple[str, ...]
    meta: Mapping[str, str]
    comments: int


@dataclass(frozen=True, slots=True)
class Blog:
    """A file: where it lies, the blog's title and address."""

    path: str
    title: str
    link: str
    entries: tuple[Entry, ...]


def read_wxr(path: Path, problems: list[Problem]) -> Blog | None:
    """The blog in a file; None, with a problem, when it is no such file.

    A document type is refused: WordPress writes none, and entities are how XML files grow in memory.
    """
    data = path.read_bytes()
    if _declares_type(data):
        problems.append(
            problem_in(str(path), _("a document type stands in it, which WordPress never writes; it is not read"))
        )
        return None
    try:
        return _blog(path, data)
    except ET.ParseError as error:
        line, col = error.position
        message = _("not valid XML at {line}:{col}; the export was cut, make it again").format(line=line, col=col + 1)
        problems.append(problem_in(str(path), message))
    except (LookupError, ValueError) as error:
        message = _("not valid XML: {what}; the export was cut, make it again").format(what=error)
        problems.append(problem_in(str(path), message))
    return None


class _AtRootError(Exception):
    """The first element begins: nothing is declared any more."""


def _declares_type(data: bytes) -> bool:
    """Whether a document type stands before the first element, in whatever encoding the file is."""
    declared = False

    def declare(*_said: object) -> None:
        nonlocal declared
        declared = True
        raise _AtRootError

    def begin(*_said: object) -> None:
        raise _AtRootError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = declare, begin
    # What is wrong with the file is told when it is read.
    with suppress(_AtRootError, expat.ExpatError, LookupError, ValueError):
        parser.Parse(data, True)
    return declared


def _blog(path: Path, data: bytes) -> Blog:
    title = link = ""
    entries = []
    parents: list[str] = []
    for event, element in ET.iterparse(BytesIO(data), events=("start", "end")):  # noqa: S314  # no document type, see above
        if event == "start":
            parents.append(element.tag)
            continue
        parents.pop()
        if element.tag == "item":
            entries.append(_entry(element))
            element.clear()
        elif parents[-1:] == ["channel"] and element.tag == "title":
            title = (element.text or "").strip()
        elif parents[-1:] == ["channel"] and (element.tag == "link" or _local(element.tag) == "base_blog_url"):
            link = (element.text or "").strip().rstrip("/") or link
    return Blog(str(path), title, link or path.stem, tuple(entries))


def _local(tag: str) -> str:
    """The name of one of WordPress' own elements, whatever version its namespace names; "" for others."""
    return tag.partition("}")[2] if tag.startswith("{" + _WP) and "/excerpt/" not in tag else ""


def _entry(item: ET.Element) -> Entry:
    own = {_local(child.tag): (child.text or "") for child in item if _local(child.tag)}
    plain = {child.tag: (child.text or "") for child in item}
    return Entry(
        id=own.get("post_id", "").strip(),
        kind=own.get("post_type", "").strip(),
        status=own.get("status", "").strip(),
        title=_words(plain.get("title", "")),
        link=plain.get("link", "").strip(),
        guid=plain.get("guid", "").strip(),
        moment=own.get("post_date", "").strip(),
        moment_utc=own.get("post_date_gmt", "").strip(),
        content=plain.get(_CONTENT, ""),
        password=own.get("post_password", "").strip(),
        attachment=own.get("attachment_url", "").strip(),
        labels=tuple(dict.fromkeys(_labels(item))),
        meta=dict(_meta(item)),
        comments=sum(_local(child.tag) == "comment" for child in item),
    )


def _words(text: str) -> str:
    """A title or name: WordPress keeps them as HTML, ``Tee &amp; <em>mehr</em>``."""
    return " ".join(unescape(_TAG.sub("", text)).split())


def _labels(item: ET.Element) -> Iterator[str]:
    for child in item:
        # Every post has a category, and this one says nothing.
        if child.tag == "category" and child.get("nicename") != "uncategorized" and (child.text or "").strip():
            yield _words(child.text or "")


def _meta(item: ET.Element) -> Iterator[tuple[str, str]]:
    for child in item:
        if _local(child.tag) == "postmeta":
            pair = {_local(one.tag): (one.text or "") for one in child}
            yield pair.get("meta_key", ""), pair.get("meta_value", "")
