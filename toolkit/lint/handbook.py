"""The rules that a house writes itself: blocks of the handbook's pages, and Vale packages in guidelines/styles/."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from pathlib import PurePosixPath
from typing import Final

from toolkit.language.spelling import SpellingError, open_speller
from toolkit.lint.examples import failing_examples
from toolkit.lint.passages import Passage
from toolkit.lint.recall import Recall, make_key
from toolkit.lint.renditions import about_renditions, find_renditions, tell_once, unknown_network
from toolkit.lint.rule import Rule, View
from toolkit.lint.rules.style_rule import RULE
from toolkit.lint.rulespots import pattern_span
from toolkit.lint.stylefix import as_fix
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, Span
from toolkit.settings import StylePolicy
from toolkit.source import Tree, decode
from toolkit.style.alert import Alert, Level
from toolkit.style.allowance import Allowances
from toolkit.style.blocks import read_blocks
from toolkit.style.compiling import compile_rule
from toolkit.style.document import Reading
from toolkit.style.globs import glob_matches
from toolkit.style.keys import Origin
from toolkit.style.reading import rule_from_text
from toolkit.style.rule import RuleError, Speller, StyleRule
from toolkit.style.rulebook import Rulebook
from toolkit.style.vocabulary import Vocabulary, read_words
from toolkit.workspace import Workspace

HANDBOOK: Final = "guidelines"
STYLES: Final = f"{HANDBOOK}/styles"
_VOCABULARIES: Final = f"{STYLES}/config/vocabularies/"
_SEVERITIES: Final = {Level.SUGGESTION: Severity.HINT, Level.WARNING: Severity.WARNING, Level.ERROR: Severity.ERROR}


@dataclass(frozen=True)
class House:
    """The rules of one workspace, ready to check its posts; `broken` are those that cannot be used."""

    styles: tuple[StyleRule, ...]
    broken: tuple[Problem, ...]
    vocabulary: Vocabulary
    policy: StylePolicy
    texts: Mapping[str, str] = field(repr=False)  # path → text of the files with rules
    trusted: bool = False  # its rules were compiled before, and their examples tried

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules as everybody lists them."""
        return {style.id: _as_rule(style) for style in self.styles}

    @cached_property
    def examples(self) -> tuple[Problem, ...]:
        """The examples that do not come out as they should."""
        if self.trusted:
            return ()
        texts = self.texts
        return tuple(one for style in self.styles for one in failing_examples(style, self._book, texts[style.path]))

    @cached_property
    def _book(self) -> Rulebook:
        return self._bind(self.styles)

    @cached_property
    def _rendered(self) -> Rulebook:
        """The rules about what networks show."""
        return self._bind(about_renditions(self.styles))

    def _bind(self, styles: Sequence[StyleRule]) -> Rulebook:
        reading = Reading(tokens=self.policy.ignore)
        return Rulebook(styles, vocabulary=self.vocabulary, reading=reading, spellers=_speller)

    @cached_property
    def _by_id(self) -> Mapping[str, StyleRule]:
        return {style.id: style for style in self.styles}

    def check(self, view: View, off: Iterable[str] = ()) -> Iterator[Problem]:
        """What the rules find in the posts that were asked for, without those that are switched `off`."""
        yield from (problem for problem in self.broken if view.asked(problem.path))
        if any(view.asked(style.path) for style in self.styles):
            yield from (problem for problem in self.examples if view.asked(problem.path))
        if not self.styles:
            return
        unwanted = frozenset(off)
        for post in view.asked_posts:
            turn = _Turn(post, view, self._exempt(post.path) | unwanted, Allowances(len(post.source.text)))
            said = [found for passage in view.passages(post) for found in self._check(passage, turn)]
            yield from said
            if self._rendered.rules:
                yield from tell_once(said, self._check_renditions(turn))
        self._remember(view)

    def check_reply(self, text: str, *, language: str = "", names: Collection[str] = ()) -> list[Alert]:
        """What the rules find in the draft of a reply. `names` are the account and the network that it is for."""
        found = self._book.check_scoped(text, "text.reply", language=language)
        networks = ((alert, self._by_id[alert.rule].networks) for alert in found)
        return [alert for alert, wanted in networks if not wanted or not set(wanted).isdisjoint(names)]

    def _check_renditions(self, turn: _Turn) -> Iterator[tuple[str, Problem]]:
        for passage in find_renditions(turn.post, turn.view, self._rendered.rules):
            network = passage.scope.partition(".")[2]
            known = turn.view.network(network)
            for problem in self._check(passage, turn):
                yield known.title if known else network, problem

    def _remember(self, view: View) -> None:
        if view.recall is None:
            return
        if not view.paths and not self.broken and not self.examples:
            view.recall.note_sound()
        view.recall.save(whole=not view.paths)

    def _exempt(self, path: str) -> frozenset[str]:
        """The rules and packages that do not look at a post."""
        found = [rules for pattern, rules in self.policy.exempt.items() if glob_matches(pattern, path)]
        return frozenset(rule for rules in found for rule in rules)

    def _check(self, passage: Passage, turn: _Turn) -> Iterator[Problem]:
        for alert in self._recalled(passage, turn):
            style = self._by_id[alert.rule]
            if style.id in turn.exempt or style.style in turn.exempt or not _meant(style, passage, turn.view):
                continue
            fix = as_fix(passage, alert, style)
            yield self.rules[alert.rule].in_passage(
                turn.post, passage, alert.start, alert.end, alert.message, severity=_SEVERITIES[alert.level], fix=fix
            )

    def _recalled(self, passage: Passage, turn: _Turn) -> Sequence[Alert]:
        if turn.view.recall is None:
            return self._alerts(passage, turn.allowances)
        key = make_key(passage.language, passage.scope or passage.key.rpartition(".")[2], passage.text)
        find = partial(self._alerts, passage, turn.allowances)
        return turn.view.recall.alerts(key, passage.text, find, turn.allowances)

    def _alerts(self, passage: Passage, allowances: Allowances) -> Sequence[Alert]:
        text, language = passage.text, passage.language
        if passage.scope:
            return self._rendered.check_scoped(text, passage.scope, language=language, allowances=allowances)
        if not passage.key:
            return self._book.check(text, language=language, name="post", allowances=allowances)
        scope = f"text.{passage.key.rpartition('.')[2]}"
        return self._book.check_scoped(text, scope, language=language, allowances=allowances)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One post that is being checked: the rules that do not look at it, and how long the others may."""

    post: Post
    view: View
    exempt: frozenset[str]
    allowances: Allowances


def _speller(language: str) -> Speller | None:
    """The speller of a language; about one that is missing the rule `spelling` has spoken."""
    try:
        return open_speller(language or "de")
    except SpellingError:
        return None


def _meant(style: StyleRule, passage: Passage, view: View) -> bool:
    """Whether a text goes to one of the networks that the rule is for."""
    if not style.networks:
        return True
    accounts = view.settings.accounts
    names = {*passage.accounts, *(accounts[name].network for name in passage.accounts if name in accounts)}
    return bool(names & set(style.networks))


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
    found = [(path, data) for path, data in _read(tree, pages) if b"rule" in data]
    packages = [path for path in tree.paths(STYLES) if path.endswith((".yml", "accept.txt", "reject.txt"))]
    return (*found, *_read(tree, packages))


def _read(tree: Tree, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            yield path, tree.read(path)
        except OSError:
            continue  # whoever lists the files says so


@lru_cache(maxsize=16)
def _compile(sources: tuple[tuple[str, bytes], ...], key: _Policy, trusted: bool) -> House:
    policy = key.policy
    styles: dict[str, StyleRule] = {}
    broken: list[Problem] = []
    accepted: list[str] = []
    rejected: list[str] = []
    texts: dict[str, str] = {}
    for path, data in sources:
        source, problems = decode(path, data)
        texts[path] = source.text if source else ""
        if source is None:
            broken += problems if path.startswith(STYLES) else []
        elif path.startswith(_VOCABULARIES):
            name = PurePosixPath(path.removeprefix(_VOCABULARIES)).parts[0]
            if policy.vocabularies is None or name in policy.vocabularies:
                (accepted if path.endswith("accept.txt") else rejected).extend(read_words(source.text))
        elif path.endswith(".md"):
            _add_blocks(source.text, path, styles, broken)
        else:
            _add_file(source.text, path, policy, styles, broken)
    vocabulary = Vocabulary(tuple(accepted), tuple(rejected))
    usable = styles.values() if trusted else _usable(styles.values(), vocabulary, broken, texts)
    return House(tuple(usable), tuple(broken), vocabulary, policy, texts, trusted)


def _add_blocks(text: str, path: str, styles: dict[str, StyleRule], broken: list[Problem]) -> None:
    rules, problems = read_blocks(text, path)
    broken += problems
    for rule in rules:
        if rule.id in styles:
            other = styles[rule.id]
            message = _("{rule} stands in {path}:{line} already; give this one another id")
            broken.append(_problem(rule, message.format(rule=rule.id, path=other.path, line=other.line)))
        else:
            styles[rule.id] = rule


def _add_file(text: str, path: str, policy: StylePolicy, styles: dict[str, StyleRule], broken: list[Problem]) -> None:
    parts = PurePosixPath(path.removeprefix(f"{STYLES}/")).with_suffix("").parts
    if len(parts) < 2 or parts[0] == "config" or any(part[0] in "._" for part in parts):
        return
    if policy.packages is not None and parts[0] not in policy.packages:
        return
    try:
        styles[".".join(parts)] = rule_from_text(text, Origin(path, text, 0, ".".join(parts)))
    except RuleError as error:
        broken.append(error.problem)


def _usable(
    styles: Iterable[StyleRule], vocabulary: Vocabulary, broken: list[Problem], texts: Mapping[str, str]
) -> Iterator[StyleRule]:
    """The rules whose patterns can be read; the built-in rules keep their names."""
    from toolkit.lint.rules import RULES

    for style in styles:
        try:
            compile_rule(style, vocabulary.accepted)
        except RuleError as error:
            span = pattern_span(texts[style.path], style)
            broken.append(replace(error.problem, span=span))
            continue
        if style.id in RULES:
            broken.append(_problem(style, _("{rule} is the name of a built-in rule").format(rule=style.id)))
            continue
        if unknown := unknown_network(style):
            broken.append(_problem(style, unknown))
        yield style


def _problem(style: StyleRule, message: str) -> Problem:
    return Problem(style.path, Span(style.line, 1, style.line, 1), RULE.id, Severity.ERROR, message)


def _as_rule(style: StyleRule) -> Rule:
    lines = [style.message.replace("%s", "…").replace("%d", "…"), "", f"`{style.path}:{style.line}`"]
    if style.description:
        lines += ["", style.description]
    for title, examples in (("Example", style.bad), ("Use instead", style.good)):
        for example in examples:
            lines += ["", f"## {title}", "", "```markdown", example, "```"]
    if style.link:
        lines += ["", style.link]
    return Rule(style.id, _SEVERITIES[style.level], "\n".join(lines), fixable=style.action is not None)
