"""The rules of a handbook page: fenced blocks called ``rule``, in the page that explains them."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, find_fenced
from toolkit.style.keys import RULE, Origin
from toolkit.style.reading import rule_from_text
from toolkit.style.rule import RuleError, StyleRule


def read_blocks(markdown: str, path: str) -> tuple[list[StyleRule], list[Problem]]:
    """The rules of a page and what could not be used; an id that stands twice is a problem."""
    rules: list[StyleRule] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for start, text in find_blocks(markdown):
        try:
            rule = rule_from_text(text, Origin(path, markdown, start), handbook=True)
        except RuleError as error:
            problems.append(error.problem)
            continue
        if rule.id in seen:
            message = _("{rule} stands in line {line} already; give this one another id").format(
                rule=rule.id, line=seen[rule.id]
            )
            span = SourceText(path, markdown).span(start)
            problems.append(Problem(path, span, RULE, Severity.ERROR, message))
            continue
        seen[rule.id] = rule.line
        rules.append(rule)
    return rules, problems


def find_blocks(markdown: str) -> list[tuple[int, str]]:
    """Where the YAML of each block begins, and the YAML. Blocks inside other fences are examples, not rules."""
    return [
        (block.first, markdown[block.first : block.last]) for block in find_fenced(markdown) if block.kind == "rule"
    ]
