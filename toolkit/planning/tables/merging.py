"""A table that came back against the files as they are now, cell by cell: edits, new posts, conflicts.

A cell that says what the file says is no edit. One that differs is an edit when it is not what was written into the table,
and a change of the file since when it is; when both moved, people decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Final

from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.planning.tables.changing import rewrite
from toolkit.planning.tables.columns import MARKS, PATH, UID, Column, has_front_matter, read_cells
from toolkit.planning.tables.forms import Kind, split_words
from toolkit.planning.tables.fresh import Fresh, is_there, make_fresh
from toolkit.planning.tables.marks import Marks, read_marks
from toolkit.planning.tables.reading import Row, Table
from toolkit.settings import unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.naming import Names

_TELLING: Final = ("title", "text")  # columns by which one post is told from the others


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell before and after."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A post's file with the table's edits in it; nothing is written yet."""

    post: Post
    text: str
    differences: tuple[Difference, ...]


@dataclass
class Merge:
    """What the import would do. With an error among the problems it does nothing at all."""

    changed: list[Changed] = field(default_factory=list)
    fresh: list[Fresh] = field(default_factory=list)
    same: int = 0  # rows that say what their files say
    unlisted: int = 0  # posts without a row in a table that has rows of others; they stay as they are
    newer: list[tuple[str, str]] = field(default_factory=list)  # path and column: the file's change stays
    problems: list[Problem] = field(default_factory=list)

    @property
    def possible(self) -> bool:
        """Whether it can be written: no cell that cannot be read, no conflict."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def merge_table(workspace: Workspace, table: Table, mint: Callable[[], str]) -> Merge:
    """Compare `table` with the posts of `workspace`; `mint` makes uids for new posts."""
    merge = Merge(problems=list(table.problems))
    merger = _Merger(workspace, table, mint, merge)
    for row in table.rows:
        if any(row.cells.values()) or row.uid or row.path or row.faults:
            merger.take(row)
    merge.unlisted = len({post.path for post in workspace.posts} - merger.seen.keys()) if merger.seen else 0
    return merge


@dataclass
class _Merger:
    workspace: Workspace
    table: Table
    mint: Callable[[], str]
    merge: Merge
    seen: dict[str, Row] = field(default_factory=dict)
    doubted: bool = False

    def take(self, row: Row) -> None:
        """Sort one row into what it comes to."""
        if own := [name for name in (UID, PATH, MARKS) if name in row.faults]:
            self._tell_faults(row, own)
        elif row.uid or row.path:
            post = self._find(row)
            if post is not None and self._is_first(post, row) and self._has_values(post, row):
                # A text that looks like an error and is the post's own is none.
                own = [name for name, text in row.faults.items() if text != self._cells[post.path].get(name, text)]
                if own:
                    self._tell_faults(row, own)
                else:
                    self._compare(post, row)
        elif own := [name for name in row.faults if name in row.cells]:
            self._tell_faults(row, own)
        elif any(is_there(row, cells) for cells in self._alike(row)):
            self.merge.same += 1
        else:
            self._add(row)

    def _tell_faults(self, row: Row, names: Iterable[str]) -> None:
        """Name the cells that the spreadsheet program could not keep; what they were meant to say is not in the table."""
        for name in names:
            fault = row.faults[name]
            if fault.startswith("="):
                message = _(
                    "{fault} is a formula without a result; write here what it was to say, with the cell's format Text"
                )
            elif fault.startswith("##"):
                message = _("{fault} is a column too narrow to show its day; widen the column and save the table again")
            else:
                message = _(
                    "{fault}: the program took a text that begins with =, +, - or @ for a formula and did not keep it; "
                    "give the cell the format Text and write the text again"
                )
            self._problem(row, name, message.format(fault=_short(fault)))

    def _find(self, row: Row) -> Post | None:
        """The post by its uid, wherever its file is now; by its path as long as it has none."""
        if row.uid:
            found = self._by_uid.get(row.uid, [])
            found = [post for post in found if post.path == row.path] or found
        else:
            found = [post for post in self._by_uid.get("", []) if post.path == row.path]
        if len(found) == 1:
            return found[0]
        if found:
            message = _("more than one post has the uid {uid}; mend that first, see: leitstand check")
            self._problem(row, UID, message.format(uid=row.uid))
        else:
            message = _("there is no post {name}; for a new one leave uid and path empty")
            self._problem(row, UID if row.uid else PATH, message.format(name=row.uid or row.path))
        return None

    def _is_first(self, post: Post, row: Row) -> bool:
        first = self.seen.setdefault(post.path, row)
        if first is row:
            return True
        message = _("row {row} is the same post; to make a new one of a copy, empty its uid, path and “as written”")
        self._problem(row, UID, message.format(row=first.number))
        return False

    def _has_values(self, post: Post, row: Row) -> bool:
        if not has_front_matter(post):
            self._problem(row, PATH, _("{path} has no front matter that can be read").format(path=post.path))
        return has_front_matter(post)

    def _compare(self, post: Post, row: Row) -> None:
        marks, now = read_marks(row.marks), self._cells[post.path]
        edits: dict[str, tuple[Column, str]] = {}
        for name, cell in row.cells.items():
            if cell == now[name] or self._is_newer(post, name, marks, cell) or self._is_narrowed(row, name, now[name]):
                continue
            if marks.known and not marks.same(name, now[name]):
                message = _("changed here and, since the export, in {path}: there it says {text!r}; export again")
                self._problem(row, name, message.format(path=post.path, text=_short(now[name])))
            edits[name] = self.table.columns[name], cell
        if edits:
            self._doubt(row, marks)
            self._change(post, row, edits)
        else:
            self.merge.same += 1

    def _doubt(self, row: Row, marks: Marks) -> None:
        """Say once that nobody can tell whose change is the later one."""
        if not marks.known and not self.doubted:
            self.doubted = True
            message = _("without the column “{column}” a change of the files since the export is written over")
            self.merge.problems.append(
                self.table.problem(row, MARKS, message.format(column=MARKS), severity=Severity.WARNING)
            )

    def _is_newer(self, post: Post, name: str, marks: Marks, cell: str) -> bool:
        """Whether the cell is as it was written, so that what differs is a change of the file; that stays."""
        newer = marks.known and marks.same(name, cell)
        if newer:
            self.merge.newer.append((post.path, name))
        return newer

    def _is_narrowed(self, row: Row, name: str, now: str) -> bool:
        """Whether the cell only lost what Windows-1252 lacks. An edit beside such a loss would lose it in the file."""
        kept = now.encode("cp1252", "replace").decode("cp1252")
        if not self.table.narrow or kept == now:
            return False
        if row.cells[name] != kept:
            message = _("saved as Windows-1252, which has no sign for all of this text; save as “CSV UTF-8” or XLSX")
            self._problem(row, name, message)
        return True

    def _change(self, post: Post, row: Row, edits: Mapping[str, tuple[Column, str]]) -> None:
        before = len(self.merge.problems)
        self._check_names(row, edits)
        found = rewrite(post, edits, self.table.columns, self.workspace.settings)
        for name, message in found.objections:
            self._problem(row, name, message)
        if len(self.merge.problems) == before and found.text != post.source.text:
            now = self._cells[post.path]
            differences = tuple(Difference(name, now[name], cell) for name, (_column, cell) in edits.items())
            self.merge.changed.append(Changed(post, found.text, differences))

    def _add(self, row: Row) -> None:
        before = len(self.merge.problems)
        columns = self.table.columns
        self._check_names(row, {name: (columns[name], cell) for name, cell in row.cells.items()})
        fresh = make_fresh(row, columns, self.workspace.settings, self.mint, self._names)
        for name, message in fresh.objections:
            self._problem(row, name, message)
        if len(self.merge.problems) == before:
            self.merge.fresh.append(fresh)

    def _check_names(self, row: Row, edits: Mapping[str, tuple[Column, str]]) -> None:
        """A mistyped account or person would only be found by `check`; here its cell is known."""
        settings = self.workspace.settings
        known: Mapping[str, tuple[str, Mapping[str, object]]] = {
            "channels": (_("channel"), settings.accounts),
            "campaign": (_("campaign"), self.workspace.campaigns),
            "author": (_("person"), settings.people),
            "owner": (_("person"), settings.people),
        }
        for name, (column, cell) in edits.items():
            what, names = known.get(name, ("", {}))
            words = split_words(cell) if column.kind is Kind.WORDS else (cell,)
            for word in words if what and names else ():
                if word and word not in names:
                    self._problem(row, name, unknown_name(what, word, names))

    def _problem(self, row: Row, column: str, message: str) -> None:
        self.merge.problems.append(self.table.problem(row, column, message))

    def _alike(self, row: Row) -> Iterable[Mapping[str, str]]:
        """The cells of the posts that have the row's title or text, whichever are fewer."""
        asked = [(name, row.cells[name]) for name in _TELLING if row.cells.get(name)]
        return min((self._by_cell.get(one, []) for one in asked), key=len, default=self._cells.values())

    @cached_property
    def _by_cell(self) -> Mapping[tuple[str, str], list[Mapping[str, str]]]:
        found: defaultdict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
        for cells in self._cells.values():
            for name in _TELLING:
                found[name, cells.get(name, "")].append(cells)
        return found

    @cached_property
    def _by_uid(self) -> Mapping[str, list[Post]]:
        found: defaultdict[str, list[Post]] = defaultdict(list)
        for post in self.workspace.posts:
            found[post.uid].append(post)
        return found

    @cached_property
    def _names(self) -> Names:
        return Names(self.workspace.tree.paths("content/posts"))

    @cached_property
    def _cells(self) -> Mapping[str, dict[str, str]]:
        """Path → cells of every post as its file has them now."""
        columns = tuple(self.table.columns.values())
        return {post.path: read_cells(post, columns) for post in self.workspace.posts}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
