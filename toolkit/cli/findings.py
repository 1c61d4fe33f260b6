"""What `check` found, and what every way of printing it needs: places from the user's folder, lines, links, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.errors import LeitstandError
from toolkit.findings.fingerprint import fingerprints
from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity, SourceText
from toolkit.settings import Settings
from toolkit.source import Tree, decode
from toolkit.source.rulepages import RulePage, find_page, rule_pages

if TYPE_CHECKING:
    from toolkit.lint import Rule

# What a terminal would act upon is shown as a picture of itself, or as �: post text must not move the cursor or turn
# the direction of writing.
_PICTURES: Final[dict[int, int]] = {
    **{code: 0x2400 + code for code in range(32) if code != ord("\n")},
    ord("\t"): ord(" "),
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
}


class Origin(Protocol):
    """Where problems come from: a workspace, loaded or not."""

    @property
    def root(self) -> Path: ...

    @property
    def tree(self) -> Tree: ...

    @property
    def settings(self) -> Settings: ...


class Findings:
    """Problems of one workspace, seen from the folder that the user is in; `checked` are the posts looked at."""

    def __init__(self, origin: Origin, problems: Iterable[Problem], checked: Sequence[str], folder: Path) -> None:
        self.problems = list(problems)
        self.checked = checked
        self.known = 0  # problems that a baseline has left out
        self._origin = origin
        self._base = _base(origin.root, folder)
        self._sources: dict[str, SourceText] = {}

    def place(self, path: str) -> str:
        """A path of the workspace as it can be opened from the user's folder."""
        return self._base + path

    def link(self, rule: str) -> str:
        """The address of a rule's page on the site, for a rule of the house its box there; "" where there is none."""
        page = find_page(self._origin.tree, rule, self._pages)
        return page.address(self._origin.settings.url) if page else ""

    @cached_property
    def _pages(self) -> Mapping[str, RulePage]:
        return rule_pages(self._origin.tree)

    def rules(self, named: Iterable[str]) -> Mapping[str, Rule]:
        """The rules that are `named`; the engine of those of the house is only waited for when one of them is."""
        from toolkit.lint.rules import all_rules

        known = all_rules()
        if any(name not in known and name in self._pages for name in named):
            from toolkit.lint.handbook import house

            return {**house(self._origin.tree, self._origin.settings.styles).rules, **known}
        return known

    def source(self, path: str) -> SourceText:
        """The text of a file, empty when it cannot be read."""
        if path not in self._sources:
            self._sources[path] = _read(self._origin.tree, path)
        return self._sources[path]

    def line(self, path: str, number: int) -> str:
        """A line of a file by its number from 1, without its ending; "" when there is none."""
        lines = self.source(path).lines
        return lines[number - 1] if number <= len(lines) else ""

    def fingerprints(self) -> list[str]:
        """One name per problem that stays when lines above it come and go."""
        return fingerprints(self.problems, self.line)

    def by_rule(self) -> Iterator[tuple[int, str, str]]:
        """Number, severity and rule, the most frequent first."""
        counts = Counter((problem.rule, problem.severity.value) for problem in self.problems)
        for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield count, severity, rule

    def by_severity(self) -> Iterator[tuple[int, str]]:
        """Number and severity, of every severity, the worst first."""
        counts = Counter(problem.severity for problem in self.problems)
        for severity in Severity:
            yield counts[severity], severity.value

    def summary(self) -> str:
        """The last line: what was found in how many posts, and what `fix` could do."""
        among = ngettext("{count} post", "{count} posts", len(self.checked))
        if not self.problems:
            return _("No problems in {posts}").format(posts=among) + self._left_out()
        text = _("Found {what} in {posts}").format(what=self._numbers(), posts=among) + self._left_out()
        if fixable := sum(problem.fix is not None and problem.fix.safe for problem in self.problems):
            text += "; " + ngettext("{count} fixable with leitstand fix", "{count} fixable with leitstand fix", fixable)
        return text

    def _left_out(self) -> str:
        """What a baseline knows is said, or a clean answer would be a lie."""
        if not self.known:
            return ""
        known = ngettext("{count} known one left out", "{count} known ones left out", self.known)
        return f" ({known})"

    def _numbers(self) -> str:
        counts = Counter(problem.severity for problem in self.problems)
        said = (
            ngettext("{count} error", "{count} errors", counts[Severity.ERROR]),
            ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]),
            ngettext("{count} hint", "{count} hints", counts[Severity.HINT]),
        )
        return ", ".join(text for text, severity in zip(said, Severity, strict=True) if counts[severity])


def _read(tree: Tree, path: str) -> SourceText:
    try:
        source, _problems = decode(path, tree.read(path))
    except (OSError, ValueError, LeitstandError):
        source = None
    return source or SourceText(path, "")


def _base(root: Path, folder: Path) -> str:
    """What stands before a path of the workspace so that it can be opened from `folder`."""
    root, folder = root.resolve(), folder.resolve()
    if root == folder or not root.is_relative_to(folder):
        return ""
    return root.relative_to(folder).as_posix() + "/"


def printable(text: str) -> str:
    """`text` without anything that a terminal would act upon."""
    return sound(text.translate(_PICTURES))


def one_line(text: str) -> str:
    """`printable`, and without line breaks: for forms in which a line is a problem."""
    return printable(text.replace("\r\n", "\n")).replace("\n", "␊")


def sound(text: str) -> str:
    """`text` without what UTF-8 has no bytes for, which file names may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
