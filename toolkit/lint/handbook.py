"""The rules that a house writes itself are read here: blocks of the handbook's pages, Vale packages, vocabularies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from toolkit.lint.house import House
from toolkit.lint.recall import Recall
from toolkit.lint.renditions import unknown_network
from toolkit.lint.rule import Rule
from toolkit.lint.rules.style_rule import RULE
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.settings import StylePolicy
from toolkit.source import Tree, decode
from toolkit.style.alert import Level
from toolkit.style.blocks import read_blocks
from toolkit.style.compiling import compile_rule
from toolkit.style.keys import Origin
from toolkit.style.pattern import check_compiles
from toolkit.style.reading import rule_from_text
from toolkit.style.rule import RuleError, StyleRule
from toolkit.style.rulespots import pattern_span
from toolkit.style.spec import Existence
from toolkit.style.syntax import PatternError
from toolkit.style.vocabulary import Vocabulary, read_words
from toolkit.values import dataclass
from toolkit.workspace import Workspace

HANDBOOK: Final = "guidelines"
STYLES: Final = f"{HANDBOOK}/styles"
_VOCABULARIES: Final = f"{STYLES}/config/vocabularies/"
_AVOID: Final = "Vale.Avoid"  # as Vale calls what its word lists reject
_PACKAGED: Final = (".yml", ".yaml", "accept.txt", "reject.txt")
# A page without such a line has no rule, whatever it says about rules.
_FENCED: Final = re.compile(rb"(?:```|~~~)[^\n]*rule")


def workspace_rules(workspace: Workspace) -> Mapping[str, Rule]:
    """Every rule of a workspace: the built-in ones, those of installed packages, those of the house."""
    from toolkit.lint.rules import all_rules

    return {**house(workspace.tree, workspace.settings.styles).rules, **all_rules()}


def house(tree: Tree, policy: StylePolicy, recall: Recall | None = None) -> House:
    """The rules in the files of a workspace; compiled once as long as they are the same.

    Rules that `recall` knows to be sound are not tried again.
    """
    sources, key = _sources(tree), _Policy(policy)
    trusted = recall is not None and recall.enter(key.name(sources))
    return _compile(sources, key, trusted)


class _Policy:
    """A policy that can be looked up: its table of exceptions cannot."""

    def __init__(self, policy: StylePolicy) -> None:
        self.policy = policy
        self._key = repr(policy)

    def name(self, sources: Iterable[tuple[str, bytes]]) -> str:
        """A name for this policy with these files: the same name, the same rules."""
        files = (f"{path}\0{hashlib.sha256(data).hexdigest()}" for path, data in sources)
        return "\0".join((self._key, *files))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Policy) and other._key == self._key


def _sources(tree: Tree) -> tuple[tuple[str, bytes], ...]:
    """Path and bytes of every file that may hold rules or words."""
    pages = [path for path in tree.paths(HANDBOOK, ".md") if not path.startswith(f"{STYLES}/")]
    found = [(path, data) for path, data in _read(tree, pages) if _FENCED.search(data)]
    packages = [path for path in tree.paths(STYLES) if path.lower().endswith(_PACKAGED)]
    return (*found, *_read(tree, packages))


def _read(tree: Tree, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            yield path, tree.read(path)
        except OSError:
            continue  # whoever lists the files says so


@lru_cache(maxsize=16)
def _compile(sources: tuple[tuple[str, bytes], ...], key: _Policy, trusted: bool) -> House:
    reader = _Reader(key.policy)
    for path, data in sources:
        reader.read(path, data)
    vocabulary = Vocabulary(tuple(reader.accepted), tuple(reader.rejected))
    if reader.rejected:
        reader.styles[_AVOID] = _avoid(reader)
    styles = tuple(reader.styles.values() if trusted else reader.usable(vocabulary))
    return House(styles, tuple(reader.broken), vocabulary, key.policy, reader.texts, trusted)


def _avoid(reader: _Reader) -> StyleRule:
    path = next(path for path in reader.texts if path.endswith("reject.txt"))
    message = _("'%s' is a word that the house does not use")
    return StyleRule(_AVOID, Existence(tuple(reader.rejected)), message, Level.ERROR, path=path, line=1)


@dataclass(slots=True)
class _Reader:
    """Reads one file after the other and remembers what it saw; `broken` is what cannot be used."""

    policy: StylePolicy
    styles: dict[str, StyleRule] = field(default_factory=dict)
    broken: list[Problem] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)  # path → text

    def read(self, path: str, data: bytes) -> None:
        """Take over the rules or words of one file."""
        source, problems = decode(path, data)
        self.texts[path] = source.text if source else ""
        if source is None:
            self.broken += problems if path.startswith(STYLES) else []
        elif path.startswith(_VOCABULARIES):
            self._read_words(path, source.text)
        elif path.endswith(".md"):
            self._read_page(path, source.text)
        else:
            self._read_style(path, source.text)

    def _read_words(self, path: str, text: str) -> None:
        name = PurePosixPath(path.removeprefix(_VOCABULARIES)).parts[0]
        if self.policy.vocabularies is not None and name not in self.policy.vocabularies:
            return
        words = self.accepted if path.endswith("accept.txt") else self.rejected
        for word in read_words(text):
            try:
                check_compiles(word)
            except PatternError as error:
                message = _("the term {term} cannot be read: {error}").format(term=word, error=error)
                line = next(number for number, own in enumerate(text.split("\n"), 1) if own.strip() == word)
                self._complain(path, line, message)
            else:
                words.append(word)

    def _read_page(self, path: str, text: str) -> None:
        rules, problems = read_blocks(text, path)
        self.broken += problems
        for rule in rules:
            other = self.styles.setdefault(rule.id, rule)
            if other is not rule:
                message = _("{rule} stands in {path}:{line} already; give this one another id")
                self._refuse(rule, message.format(rule=rule.id, path=other.path, line=other.line))

    def _read_style(self, path: str, text: str) -> None:
        parts = PurePosixPath(path.removeprefix(f"{STYLES}/")).with_suffix("").parts
        if len(parts) < 2 or parts[0] == "config" or any(part[0] in "._" for part in parts):
            return
        if self.policy.packages is not None and parts[0] not in self.policy.packages:
            return
        if not path.endswith(".yml"):
            self._complain(path, 1, _("packages have files that end in .yml; this rule is not read"))
            return
        try:
            self.styles[".".join(parts)] = rule_from_text(text, Origin(path, text, 0, ".".join(parts)))
        except RuleError as error:
            self.broken.append(error.problem)

    def usable(self, vocabulary: Vocabulary) -> Iterator[StyleRule]:
        """The rules whose patterns can be read; the built-in rules keep their names."""
        from toolkit.lint.rules import RULES

        for style in self.styles.values():
            try:
                compile_rule(style, vocabulary.accepted)
            except RuleError as error:
                self.broken.append(replace(error.problem, span=pattern_span(self.texts[style.path], style)))
                continue
            if style.id in RULES:
                self._refuse(style, _("{rule} is the name of a built-in rule").format(rule=style.id))
                continue
            if unknown := unknown_network(style):
                self._refuse(style, unknown)
            yield style

    def _refuse(self, style: StyleRule, message: str) -> None:
        self._complain(style.path, style.line, message)

    def _complain(self, path: str, line: int, message: str) -> None:
        self.broken.append(Problem(path, Span(line, 1, line, 1), RULE.id, Severity.ERROR, message))
