"""The rows of a table to be written: one a post, by time, each with what it looked like."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.model import Post
from toolkit.planning.tables.columns import MARKS, PATH, UID, Column, has_front_matter, read_cells, table_columns
from toolkit.planning.tables.marks import make_marks
from toolkit.settings import Settings
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns, and of each post its cells and the three that tell which post it is and what it looked like."""

    columns: tuple[Column, ...]
    rows: tuple[dict[str, str], ...]
    left_out: tuple[str, ...]  # paths of posts without readable front matter

    @property
    def header(self) -> tuple[str, ...]:
        return (*(column.name for column in self.columns), PATH, UID, MARKS)


def make_plan(posts: Iterable[Post], settings: Settings) -> Plan:
    """The table of `posts`; those without a time come last."""
    found = sorted(posts, key=_order)
    good = [post for post in found if has_front_matter(post)]
    columns = table_columns(good, settings)
    rows = tuple(_row(post, columns) for post in good)
    return Plan(columns, rows, tuple(post.path for post in found if not has_front_matter(post)))


def _row(post: Post, columns: tuple[Column, ...]) -> dict[str, str]:
    cells = read_cells(post, columns)
    return {**cells, PATH: post.path, UID: post.uid, MARKS: make_marks(cells)}


def _order(post: Post) -> tuple[bool, str, str]:
    return post.publish is None, f"{post.publish.instant():%Y%m%d%H%M%S}" if post.publish else "", post.path
