"""Vale packages: a folder of YAML files, each one rule; and the rules that Vale itself brings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source import decode
from toolkit.style.alert import Level
from toolkit.style.keys import RULE, Origin
from toolkit.style.reading import rule_from_text
from toolkit.style.rule import Action, RuleError, StyleRule
from toolkit.style.spec import Existence, Repetition, Spelling, Substitution
from toolkit.style.vocabulary import Vocabulary

BUILT_IN: Final = "Vale"


def read_package(folder: Path) -> tuple[list[StyleRule], list[Problem]]:
    """Every rule of a package, and what could not be used. Ids are ``Package.Rule``, with sub-folders between.

    Folders whose names begin with a dot or an underscore are left out.
    """
    rules, problems = [], []
    for file in sorted(folder.rglob("*.yml")):
        parts = file.relative_to(folder).with_suffix("").parts
        if any(part[0] in "._" for part in parts[:-1]) or file.name.endswith((".test.yml", "_test.yml")):
            continue
        try:
            rules.append(read_file(file, ".".join((folder.name, *parts))))
        except RuleError as error:
            problems.append(error.problem)
    return rules, problems


def read_file(file: Path, rule_id: str) -> StyleRule:
    """The rule of one file; raises `RuleError`."""
    path = file.as_posix()
    try:
        data = file.read_bytes()
    except OSError as error:
        message = _("cannot be read: {error}").format(error=error.strerror or error)
        raise RuleError(Problem(path, Span(), RULE, Severity.ERROR, message)) from None
    source, problems = decode(path, data)
    if source is None:
        raise RuleError(problems[0])
    return rule_from_text(source.text, Origin(path, source.text, 0, rule_id))


def built_in_rules(vocabulary: Vocabulary) -> list[StyleRule]:
    """Vale.Spelling, Vale.Repetition, and from the vocabulary Vale.Terms and Vale.Avoid."""
    rules = [
        StyleRule(
            "Vale.Repetition",
            Repetition((r"[^\s.!?]+",), ignorecase=True, alpha=True),
            "'%s' is repeated!",
            Level.ERROR,
            action=Action("edit", ("truncate", " ")),
        ),
        StyleRule(
            "Vale.Spelling",
            Spelling(),
            "Did you really mean '%s'?",
            Level.ERROR,
            action=Action("suggest", ("spellings",)),
        ),
    ]
    if vocabulary.accepted:
        swap = tuple({term.lower(): term for term in vocabulary.accepted}.items())
        spec = Substitution(swap, ignorecase=True, vocab=False)
        rules.append(StyleRule("Vale.Terms", spec, "Use '%s' instead of '%s'.", Level.ERROR))
    if vocabulary.rejected:
        rules.append(StyleRule("Vale.Avoid", Existence(vocabulary.rejected), "Avoid using '%s'.", Level.ERROR))
    return rules
