"""Rows without a uid: new posts, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from toolkit.messages import _
from toolkit.model import Severity
from toolkit.planning.tables.changing import key_of, unreadable
from toolkit.planning.tables.columns import FRONT, ORDER, Column, read_cells
from toolkit.planning.tables.forms import Kind, split_words
from toolkit.planning.tables.reading import Row
from toolkit.settings import Settings
from toolkit.source import read_frontmatter, read_post
from toolkit.source.entries import flow_entry, scalar
from toolkit.values import dataclass
from toolkit.workspace import post_folder
from toolkit.workspace.naming import Names, slug

# As `leitstand new` and people order them.
_ORDER: Final = ("title", "author", "owner", "due", "status", "publish", "channels", "language", "campaign", "pillar")
_KEYS: Final = (*_ORDER, *(name for name in FRONT if name not in _ORDER))


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new file: where it goes, and its text; or why there is none, by column."""

    path: str
    uid: str
    title: str
    text: str
    objections: tuple[tuple[str, str], ...] = ()


def make_fresh(
    row: Row, columns: Mapping[str, Column], settings: Settings, mint: Callable[[], str], names: Names
) -> Fresh:
    """The post of a row; `mint` makes its uid, `names` are the paths of posts."""
    cells = _with_defaults(row.cells, settings)
    uid, title = mint(), cells.get("title", "")
    objections = list(unreadable({name: (columns[name], cell) for name, cell in row.cells.items()}))
    if not title:
        objections.append(("title", _("a post needs a title")))
    text = _text(uid, cells, columns)
    path = _path(cells, names)
    if not objections:
        objections += _errors(path, text, cells, columns, settings)
    return Fresh(path, uid, title, text, tuple(objections))


def _with_defaults(cells: Mapping[str, str], settings: Settings) -> dict[str, str]:
    only = next(iter(settings.people)) if len(settings.people) == 1 else ""
    usual = {"status": "draft", "language": settings.languages[0], "author": only}
    return {**cells, **{name: cells.get(name) or value for name, value in usual.items()}}


def _text(uid: str, cells: Mapping[str, str], columns: Mapping[str, Column]) -> str:
    lines = ["---", f"uid: {uid}"]
    lines += [f"{key}: {_value(FRONT[key], cells[key])}" for key in _KEYS if cells.get(key)]
    media = [flow_entry(entry) for entry in _media(cells)]
    lines += ["media:", *(f"  - {entry}" for entry in media)] if media else []
    texts = {column.channel: cells[name] for name, column in columns.items() if column.channel is not None}
    parts = [texts.get("", "")]
    parts += [f"## @{name}\n\n{text}" for name, text in texts.items() if name and text]
    return "\n".join([*lines, "---", "\n\n".join(filter(None, parts)), ""])


def _value(kind: Kind, cell: str) -> str:
    if kind is not Kind.WORDS:
        return scalar(cell)
    return "[" + ", ".join(scalar(word, flow=True) for word in split_words(cell)) + "]"


def _media(cells: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for number in range(1, 100):
        file, alt = cells.get(f"media {number}", ""), cells.get(f"alt {number}", "")
        if file:
            named = {"order": file.removeprefix(ORDER)} if file.startswith(ORDER) else {"file": file}
            yield {**named, "alt": alt} if alt else named


def _path(cells: Mapping[str, str], names: Names) -> str:
    month = cells.get("publish", "")[:7]
    folder = post_folder(month if month[:4].isdecimal() else "")
    return names.take(f"{folder}/{slug(cells.get('title', ''))}", ".md")


def _errors(
    path: str, text: str, cells: Mapping[str, str], columns: Mapping[str, Column], settings: Settings
) -> Iterator[tuple[str, str]]:
    post, problems = read_post(path, text.encode(), settings)
    if post is None:
        yield from (("", problem.message) for problem in problems)
        return
    front, _problems = read_frontmatter(post.source)
    for problem in problems:
        if problem.severity is Severity.ERROR:
            yield key_of(front, problem), problem.message
    for name, cell in read_cells(post, columns.values()).items():
        if cell != cells.get(name, ""):
            yield name, _wrong(columns[name])


def _wrong(column: Column) -> str:
    if column.channel is not None:
        return _("a text cannot hold the heading of another channel's; put each into a column such as text @x")
    return _("media stand one after the other, and one without a file has no description")


def is_there(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether a post with these cells is what the row asks for: it was made of it before."""
    asked = {name: cell for name, cell in row.cells.items() if cell}
    return bool(asked) and all(cells.get(name, "") == cell for name, cell in asked.items())
