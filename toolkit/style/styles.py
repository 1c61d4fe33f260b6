"""A Vale configuration with its styles: which rules look at a file, ready to check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.style.alert import Alert
from toolkit.style.compiling import compile_rule
from toolkit.style.document import Reading
from toolkit.style.ini import OPTIONS, RULE, ValeConfig
from toolkit.style.package import BUILT_IN, built_in_rules, read_file, read_package
from toolkit.style.pattern import check_compiles
from toolkit.style.rule import RuleError, StyleRule
from toolkit.style.rulebook import Rulebook, Spellers
from toolkit.style.rulespots import pattern_span
from toolkit.style.spec import Spelling
from toolkit.style.syntax import PatternError
from toolkit.style.vocabulary import Vocabulary, read_word_list


class Styles:
    """The rules that a configuration names. `problems` are what cannot be used, or names nothing, with their places.

    What is broken is left out, and the rest runs.
    """

    def __init__(self, config: ValeConfig, spellers: Spellers) -> None:
        self.config = config
        self.problems: list[Problem] = list(config.problems)
        self._spellers = spellers
        self._books: dict[tuple[tuple[str, ...], Reading], Rulebook] = {}
        self._broken: set[str] = set()  # the rules that a problem is about

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabularies together, without terms that cannot be read."""
        accepted, rejected = list[str](), list[str]()
        for name in self.config.vocabularies:
            folders = [path / "config" / "vocabularies" / name for path in self.config.styles_paths]
            known = next((folder for folder in folders if folder.is_dir()), None)
            if known is None:
                near = self._near(name, self._folders("config", "vocabularies"))
                message = _("there is no vocabulary {name} in config/vocabularies of StylesPath{near}")
                self._say(("Vocab", name), message.format(name=name, near=near))
                continue
            accepted += (word for file in sorted(known.rglob("accept.txt")) for word in self._words(file))
            rejected += (word for file in sorted(known.rglob("reject.txt")) for word in self._words(file))
        return Vocabulary(tuple(dict.fromkeys(accepted)), tuple(dict.fromkeys(rejected)))

    def _words(self, file: Path, *, patterns: bool = True) -> Iterator[str]:
        """The terms of a word list."""
        try:
            words = read_word_list(file)
        except RuleError as error:
            self.problems.append(error.problem)
            return
        for word in words:
            try:
                if patterns:
                    check_compiles(word)
            except PatternError as error:
                self.problems.append(_at_term(file, word, error))
            else:
                yield word

    @cached_property
    def rules(self) -> tuple[StyleRule, ...]:
        """Every rule that some file may need, with the level that the configuration gives it."""
        found: dict[str, StyleRule] = {}
        styles = dict.fromkeys(style for section in self.config.sections for style in section.styles or ())
        for style in styles:
            if style != BUILT_IN:
                self._load_style(style, found)
        named = dict.fromkeys(name for section in self.config.sections for name in section.checks)
        for name in named:
            if name not in found and "." in name and name.partition(".")[0] not in styles:
                self._load_rule(name, found)
        for rule in built_in_rules(self.vocabulary):
            found[rule.id] = rule
        for name in named:
            if name not in found and name not in self._broken:
                self._say_unknown(name, found, styles)
        return tuple(self._adjust(rule) for rule in found.values())

    def _load_style(self, style: str, found: dict[str, StyleRule]) -> None:
        folders = [path / style for path in self.config.styles_paths if (path / style).is_dir()]
        if not folders:
            near = self._near(style, [*self._folders(), BUILT_IN])
            message = _("there is no style {name} in StylesPath{near}; nothing is downloaded: put its folder there")
            self._say(("BasedOnStyles", style), message.format(name=style, near=near))
        for folder in folders:
            rules, problems = read_package(folder)
            for problem in problems:
                self._note(_rule_of(Path(problem.path), folder), problem)
            for rule in rules:
                found.setdefault(rule.id, rule)

    def _note(self, rule: str, problem: Problem) -> None:
        """Remember a broken rule; one that is switched off everywhere is nobody's problem."""
        self._broken.add(rule)
        if not any(section.checks.get(rule) == "NO" for section in self.config.sections):
            self.problems.append(problem)

    def _load_rule(self, name: str, found: dict[str, StyleRule]) -> None:
        style, *parts = name.split(".")
        if not all(parts) or any(mark in name for mark in "/\\"):
            return  # a name, no way out of the folder
        for path in self.config.styles_paths:
            file = path.joinpath(style, *parts[:-1], f"{parts[-1]}.yml")
            if file.is_file():
                try:
                    found.setdefault(name, read_file(file, name))
                except RuleError as error:
                    self._note(name, error.problem)

    def _say_unknown(self, name: str, found: Mapping[str, StyleRule], styles: Iterable[str]) -> None:
        """Vale passes over a rule or a style that there is not."""
        style, dot, _rest = name.partition(".")
        known = {BUILT_IN, *self._folders()}
        if style in known and not dot:
            return
        if style in known:
            rules = [rule for rule in found if rule.startswith(f"{style}.")]
            rules += [] if style in styles else self._files(style)
            message = _("there is no rule {name}{near}").format(name=name, near=self._near(name, rules))
        else:
            near = self._near(style, [*known, *OPTIONS])
            message = _("there is no style {name} in StylesPath{near}").format(name=style, near=near)
        self._say((name, ""), message, Severity.WARNING)

    def _folders(self, *below: str) -> list[str]:
        """The folders that lie in StylesPath."""
        places = (path.joinpath(*below) for path in self.config.styles_paths)
        return [one.name for place in places if place.is_dir() for one in sorted(place.iterdir()) if one.is_dir()]

    def _files(self, style: str) -> list[str]:
        """The rules of a style that is not loaded as a whole."""
        folders = (path / style for path in self.config.styles_paths)
        return [_rule_of(file, folder) for folder in folders for file in sorted(folder.rglob("*.yml"))]

    def _near(self, name: str, known: Iterable[str]) -> str:
        close = get_close_matches(name, sorted(set(known)), n=1)
        return _(" (did you mean {name}?)").format(name=close[0]) if close else ""

    def _adjust(self, rule: StyleRule) -> StyleRule:
        rule = replace(rule, level=self.config.level(rule.id, rule.level))
        if isinstance(rule.spec, Spelling):
            return replace(rule, spec=replace(rule.spec, ignore=self._ignored_words(rule)))
        return rule

    def _ignored_words(self, rule: StyleRule) -> tuple[str, ...]:
        """The words of the rule's word lists; of Vale.Spelling those in config/ignore."""
        files: list[Path] = []
        for path in self.config.styles_paths:
            folder = path / "config" / "ignore"
            if rule.id == f"{BUILT_IN}.Spelling":
                files += sorted(folder.rglob("*.txt"))
            elif isinstance(rule.spec, Spelling):
                files += [base / name for name in rule.spec.ignore for base in (path, folder)]
        return tuple(word for file in files if file.is_file() for word in self._words(file, patterns=False))

    def _say(self, place: tuple[str, str], message: str, severity: Severity = Severity.ERROR) -> None:
        problem = Problem(self.config.path.as_posix(), self.config.span(*place), RULE, severity, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def book(self, path: str) -> Rulebook:
        """The rules that look at a file, without those whose patterns cannot be read."""
        lowest = self.config.lowest.weight
        chosen = [rule for rule in self.rules if rule.level.weight >= lowest and self.config.runs(rule.id, path)]
        chosen = [rule for rule in chosen if rule.id not in self._broken]
        reading = self.config.reading(path)
        key = (tuple(rule.id for rule in chosen), reading)
        if key not in self._books:
            self._books[key] = self._bind(chosen, reading, path)
        return self._books[key]

    def _bind(self, chosen: list[StyleRule], reading: Reading, path: str) -> Rulebook:
        book = Rulebook(
            chosen,
            vocabulary=self.vocabulary,
            reading=reading,
            spellers=self._spellers,
            styles=self.config.base_styles(path),
        )
        try:
            book.checkers  # noqa: B018  # made here, where it is known what to do about one that cannot be made
        except RuleError:
            return self._bind([rule for rule in chosen if self._compiles(rule)], reading, path)
        return book

    def _compiles(self, rule: StyleRule) -> bool:
        try:
            compile_rule(rule, self.vocabulary.accepted)
        except RuleError as error:
            text = Path(rule.path).read_text(encoding="utf-8-sig") if rule.path else ""
            self._note(rule.id, replace(error.problem, span=pattern_span(text, rule)))
            return False
        return True

    def check(self, path: str, text: str, *, language: str = "") -> list[Alert]:
        """The alerts about a file; its name says which rules look at it and how it is read."""
        return self.book(path).check(text, format=self.config.format(path) or "txt", language=language)


def _rule_of(file: Path, folder: Path) -> str:
    return ".".join((folder.name, *file.relative_to(folder).with_suffix("").parts))


def _at_term(file: Path, word: str, error: PatternError) -> Problem:
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    line = next((number for number, own in enumerate(lines, 1) if own.strip() == word), 1)
    col = lines[line - 1].find(word) + 1 or 1
    message = _("the term {term} cannot be read: {error}").format(term=word, error=error)
    return Problem(file.as_posix(), Span(line, col, line, col + len(word)), RULE, Severity.ERROR, message)
