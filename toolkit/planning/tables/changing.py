"""A post's file with other cells: the new text, read again and compared cell by cell before anybody writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.planning.tables.bodies import text_edit
from toolkit.planning.tables.columns import FRONT, Column, front_of, read_cells
from toolkit.planning.tables.forms import is_readable
from toolkit.planning.tables.heads import head_edits
from toolkit.settings import Settings
from toolkit.source import Edit, FrontMatter, apply_edits, read_post
from toolkit.values import dataclass

Changes = Mapping[str, tuple[Column, str]]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The new text of a file; or why there is none, by column ("" for the row as a whole)."""

    text: str
    objections: tuple[tuple[str, str], ...] = ()


def rewrite(post: Post, changes: Changes, columns: Mapping[str, Column], settings: Settings) -> Rewritten:
    """`post` with the cells of `changes`. Whatever else its file says is the same afterwards, or nothing is changed."""
    objections = tuple(unreadable(changes))
    if objections:
        return Rewritten(post.source.text, objections)
    text = apply_edits(post.source.text, _edits(post, changes))
    again, problems = read_post(post.path, text.encode("utf-8", "surrogatepass"), settings)
    if again is None:
        return Rewritten(post.source.text, tuple(("", problem.message) for problem in problems))
    wanted = {**read_cells(post, columns.values()), **{name: cell for name, (_column, cell) in changes.items()}}
    found = (*_new_errors(post, again, problems, settings), *_differences(again, wanted, columns, changes))
    objections = tuple((_column_of(key, changes), message) for key, message in found)
    if not objections and _others(post, columns) != _others(again, columns):
        objections = (("", _("the file is written in a way that cannot be changed from here; change it in the file")),)
    return Rewritten(text, tuple(dict.fromkeys(objections)))


def _column_of(key: str, changes: Changes) -> str:
    """The changed column that is about a key: a medium's for the media, the first one where no other cell can be meant."""
    media = (name for name, (column, _cell) in changes.items() if column.medium is not None)
    if key in changes:
        return key
    return next(media, next(iter(changes))) if key == "media" else next(iter(changes))


def unreadable(changes: Changes) -> Iterator[tuple[str, str]]:
    """Days and moments that could mean two things, or nothing."""
    for name, (column, cell) in changes.items():
        if not is_readable(column.kind, cell):
            message = _("{text!r} is no time such as 2026-12-01 07:30 or 01.12.2026 07:30")
            yield name, message.format(text=cell)


def _edits(post: Post, changes: Changes) -> list[Edit]:
    front = front_of(post)
    heads = {name: change for name, change in changes.items() if change[0].channel is None}
    texts = [(column.channel, cell) for column, cell in changes.values() if column.channel is not None]
    return [*head_edits(front, heads), *(text_edit(post, channel, cell) for channel, cell in texts)]


def _new_errors(post: Post, again: Post, problems: list[Problem], settings: Settings) -> Iterator[tuple[str, str]]:
    """What is wrong with the new file and was not with the old one, and the column that it is about."""
    _same, before = read_post(post.path, post.source.text.encode("utf-8", "surrogatepass"), settings)
    known = {problem.message for problem in before}
    front = front_of(again)
    for problem in problems:
        if problem.severity is Severity.ERROR and problem.message not in known:
            yield key_of(front, problem), problem.message


def key_of(front: FrontMatter, problem: Problem) -> str:
    """The column of the front matter's value at which a problem stands; "" when it is none's."""
    at = front.source.offset(problem.span.line, problem.span.col)
    for key, node in front.root.values.items() if front.root is not None else ():
        if front.key_offsets(key)[0] <= at <= front.start + node.end:
            return key
    return ""


def _differences(
    again: Post, wanted: Mapping[str, str], columns: Mapping[str, Column], changes: Changes
) -> Iterator[tuple[str, str]]:
    found = read_cells(again, columns.values())
    for name, column in columns.items():
        if found[name] == wanted[name]:
            continue
        if column.channel is not None:
            message = _("a text cannot hold the heading of another channel's; put each into a column such as text @x")
        elif column.medium is not None:
            message = _("media stand one after the other, and one without a file has no description")
        else:
            message = _("{text!r} cannot be written here").format(text=wanted[name])
        yield (name if name in changes else next(iter(changes)), message)


def _others(post: Post, columns: Mapping[str, Column]) -> dict[str, str]:
    """Every value of the front matter that is not in the table, as it is written."""
    front = front_of(post)
    if front.root is None:
        return {}
    shown = {name for name in columns if name in FRONT} | {"media"}
    text = front.source.text
    return {
        key: text[front.start + node.start : front.start + node.end].rstrip()
        for key, node in front.root.values.items()
        if key not in shown
    }
