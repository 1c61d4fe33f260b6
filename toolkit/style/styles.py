"""A Vale configuration with its styles: which rules look at a file, ready to check it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.style.alert import Alert
from toolkit.style.document import Reading
from toolkit.style.ini import RULE, ValeConfig
from toolkit.style.package import BUILT_IN, built_in_rules, read_file, read_package
from toolkit.style.rule import RuleError, StyleRule
from toolkit.style.rulebook import Rulebook, Spellers
from toolkit.style.spec import Spelling
from toolkit.style.vocabulary import Vocabulary, read_vocabulary, read_word_list


class Styles:
    """The rules that a configuration names. `problems` are those that cannot be used, with their places."""

    def __init__(self, config: ValeConfig, spellers: Spellers) -> None:
        self.config = config
        self.problems: list[Problem] = []
        self._spellers = spellers
        self._books: dict[tuple[tuple[str, ...], Reading], Rulebook] = {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabularies together."""
        found = Vocabulary()
        for name in self.config.vocabularies:
            folders = [path / "config" / "vocabularies" / name for path in self.config.styles_paths]
            known = next((folder for folder in folders if folder.is_dir()), None)
            if known is None:
                self._refuse(_("there is no vocabulary {name} in config/vocabularies of StylesPath").format(name=name))
            else:
                found += read_vocabulary(known)
        return found

    @cached_property
    def rules(self) -> tuple[StyleRule, ...]:
        """Every rule that some file may need, with the level that the configuration gives it."""
        found: dict[str, StyleRule] = {}
        styles = dict.fromkeys(style for section in self.config.sections for style in section.styles or ())
        for style in styles:
            if style != BUILT_IN:
                self._load_style(style, found)
        for name in dict.fromkeys(name for section in self.config.sections for name in section.checks):
            if name not in found and "." in name and name.partition(".")[0] not in styles:
                self._load_rule(name, found)
        for rule in built_in_rules(self.vocabulary):
            found[rule.id] = rule
        return tuple(self._adjust(rule) for rule in found.values())

    def _load_style(self, style: str, found: dict[str, StyleRule]) -> None:
        folders = [path / style for path in self.config.styles_paths if (path / style).is_dir()]
        if not folders:
            message = _("there is no style {name} in StylesPath; nothing is downloaded: put the package's folder there")
            self._refuse(message.format(name=style))
        for folder in folders:
            rules, problems = read_package(folder)
            self.problems += [problem for problem in problems if self._wanted(style, problem)]
            for rule in rules:
                found.setdefault(rule.id, rule)

    def _wanted(self, style: str, problem: Problem) -> bool:
        """Whether a broken rule is one that is not switched off everywhere."""
        rule = f"{style}.{Path(problem.path).stem}"
        return not any(section.checks.get(rule) == "NO" for section in self.config.sections)

    def _load_rule(self, name: str, found: dict[str, StyleRule]) -> None:
        style, *parts = name.split(".")
        for path in self.config.styles_paths:
            file = path.joinpath(style, *parts).with_suffix(".yml") if parts else path
            if file.is_file():
                try:
                    found[name] = read_file(file, name)
                except RuleError as error:
                    self.problems.append(error.problem)

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
        return tuple(word for file in files if file.is_file() for word in read_word_list(file))

    def _refuse(self, message: str) -> None:
        problem = Problem(self.config.path.as_posix(), Span(), RULE, Severity.ERROR, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def book(self, path: str) -> Rulebook:
        """The rules that look at a file; raises `RuleError` for a pattern that cannot be read."""
        lowest = self.config.lowest.weight
        chosen = [rule for rule in self.rules if rule.level.weight >= lowest and self.config.runs(rule.id, path)]
        reading = self.config.reading(path)
        key = (tuple(rule.id for rule in chosen), reading)
        if key not in self._books:
            self._books[key] = Rulebook(
                chosen,
                vocabulary=self.vocabulary,
                reading=reading,
                spellers=self._spellers,
                styles=self.config.base_styles(path),
            )
        return self._books[key]

    def check(self, path: str, text: str, *, language: str = "") -> list[Alert]:
        """The alerts about a file; its name says which rules look at it and how it is read."""
        return self.book(path).check(text, format=self.config.format(path) or "txt", language=language)
