"""How problems are shown: for people (concise, full), for editors (line), for programs (json), for a forge (github)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity
from toolkit.source import decode
from toolkit.workspace import Workspace

# What a terminal would act upon is shown as a picture of itself, or as �: post text must not move the cursor or turn
# the direction of writing.
_PICTURES: Final[dict[int, int]] = {
    **{code: 0x2400 + code for code in range(32) if code != ord("\n")},
    ord("\t"): ord(" "),
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
}
WIDTH: Final = 110
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


class Format(StrEnum):
    """How `check` prints problems."""

    CONCISE = "concise"
    FULL = "full"
    LINE = "line"
    JSON = "json"
    GITHUB = "github"


class Findings:
    """Problems of one workspace, and how to print them from the folder that the user is in."""

    def __init__(self, workspace: Workspace, problems: Iterable[Problem], folder: Path) -> None:
        self.workspace = workspace
        self.problems = list(problems)
        self._base = _base(workspace.root, folder)
        self._texts: dict[str, list[str]] = {}

    def lines(self, form: Format) -> Iterator[str]:
        """The lines to print in every form but JSON."""
        show: Mapping[Format, Callable[[Problem], Iterator[str]]] = {
            Format.CONCISE: self._concise,
            Format.FULL: self._full,
            Format.LINE: self._line,
            Format.GITHUB: self._github,
        }
        for problem in self.problems:
            yield from show[form](problem)

    def records(self) -> Iterator[dict[str, object]]:
        """One dictionary with stable keys per problem; paths are relative to the workspace."""
        for problem in self.problems:
            span, fix = problem.span, problem.fix
            yield {
                "path": sound(problem.path),
                "line": span.line,
                "col": span.col,
                "end_line": span.end_line,
                "end_col": span.end_col,
                "rule": problem.rule,
                "severity": problem.severity.value,
                "message": sound(problem.message),
                "fix": fix and asdict(fix),
                "related": sound(problem.related),
                "link": self._link(problem),
            }

    def statistics(self) -> Iterator[tuple[int, str, str]]:
        """Number, severity and rule, the most frequent first."""
        counts = Counter((problem.rule, problem.severity.value) for problem in self.problems)
        for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield count, severity, rule

    def summary(self, posts: int) -> str:
        """The last line: what was found in how many posts, and what `fix` could do."""
        among = ngettext("{count} post", "{count} posts", posts)
        if not self.problems:
            return _("No problems in {posts}").format(posts=among)
        text = _("Found {what} in {posts}").format(what=self._numbers(), posts=among)
        if fixable := sum(problem.fix is not None and problem.fix.safe for problem in self.problems):
            text += "; " + ngettext("{count} fixable with leitstand fix", "{count} fixable with leitstand fix", fixable)
        return text

    def _numbers(self) -> str:
        counts = Counter(problem.severity for problem in self.problems)
        said = (
            ngettext("{count} error", "{count} errors", counts[Severity.ERROR]),
            ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]),
            ngettext("{count} hint", "{count} hints", counts[Severity.HINT]),
        )
        return ", ".join(text for text, severity in zip(said, Severity, strict=True) if counts[severity])

    def _concise(self, problem: Problem) -> Iterator[str]:
        severity = "" if problem.severity is Severity.ERROR else f"{problem.severity.value}: "
        yield printable(f"{self._place(problem)}: {severity}{problem.message} ({problem.rule})")

    def _full(self, problem: Problem) -> Iterator[str]:
        yield from self._concise(problem)
        text = self._text(problem.path)
        span = problem.span
        if span.line <= len(text) and text[span.line - 1].strip():
            yield from excerpt(text[span.line - 1], span.line, span.col, _end(problem, text[span.line - 1]))
        if problem.fix is not None:
            command = "leitstand fix" if problem.fix.safe else "leitstand fix --unsafe"
            yield printable(f"  = {problem.fix.title}: {command}")
        yield ""

    def _line(self, problem: Problem) -> Iterator[str]:
        yield printable(f"{self._place(problem)}:{problem.rule}:{problem.message}")

    def _github(self, problem: Problem) -> Iterator[str]:
        span = problem.span
        where = {"file": self._base + problem.path, "line": span.line, "endLine": span.end_line}
        if span.line == span.end_line:
            where |= {"col": span.col, "endColumn": max(span.col, span.end_col - 1)}
        where["title"] = f"leitstand ({problem.rule})"
        properties = ",".join(f"{key}={_escaped(str(value), properties=True)}" for key, value in where.items())
        yield f"::{_LEVELS[problem.severity]} {properties}::{_escaped(problem.message)}"

    def _place(self, problem: Problem) -> str:
        return f"{self._base}{problem.path}:{problem.span.line}:{problem.span.col}"

    def _link(self, problem: Problem) -> str:
        url = self.workspace.settings.url
        return f"{url}/referenz/regeln/{problem.rule}/" if url else ""

    def _text(self, path: str) -> list[str]:
        if path not in self._texts:
            self._texts[path] = _read_lines(self.workspace, path)
        return self._texts[path]


def _read_lines(workspace: Workspace, path: str) -> list[str]:
    try:
        source, _problems = decode(path, workspace.tree.read(path))
    except (OSError, LeitstandError):
        return []
    if source is None:
        return []
    # Lines as `SourceText` counts them; str.splitlines knows more endings than editors do.
    return source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _base(root: Path, folder: Path) -> str:
    """What stands before a path of the workspace so that it can be opened from `folder`."""
    root, folder = root.resolve(), folder.resolve()
    if root == folder or not root.is_relative_to(folder):
        return ""
    return root.relative_to(folder).as_posix() + "/"


def _end(problem: Problem, line: str) -> int:
    span = problem.span
    return span.end_col if span.end_line == span.line else len(line) + 1


def excerpt(line: str, number: int, col: int, end: int) -> Iterator[str]:
    """The source line with its number, and carets below columns `col` to `end` (from 1, exclusive)."""
    from rich.cells import cell_len

    shift = max(0, col - 1 - WIDTH // 2) if len(line) > WIDTH else 0
    shown, lead = printable(line[shift : shift + WIDTH]), "…" if shift else ""
    before, marked = shown[: col - 1 - shift], shown[col - 1 - shift : end - 1 - shift]
    gutter = " " * len(str(number))
    yield f"{gutter} |"
    yield f"{number} | {lead}{shown}".rstrip()
    yield f"{gutter} | {' ' * (len(lead) + cell_len(before))}{'^' * max(1, cell_len(marked))}"


def printable(text: str) -> str:
    """`text` without anything that a terminal would act upon."""
    return sound(text.translate(_PICTURES))


def sound(text: str) -> str:
    """`text` without what UTF-8 has no bytes for, which file names may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _escaped(text: str, *, properties: bool = False) -> str:
    """`text` for a workflow command of GitHub Actions."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if properties else text
