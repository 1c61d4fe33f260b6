"""The rules of a handbook page: fenced blocks called ``rule``, in the page that explains them."""

from __future__ import annotations

import re
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText
from toolkit.style.keys import RULE, Origin
from toolkit.style.reading import rule_from_text
from toolkit.style.rule import RuleError, StyleRule

_FENCE: Final = re.compile(r"(?m)^( {0,3})(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n`]*\n")


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
    found, at = [], 0
    while (opening := _FENCE.search(markdown, at)) is not None:
        mark = opening[2]
        closing = re.compile(rf"(?m)^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$").search(
            markdown, opening.end()
        )
        end = closing.start() if closing else len(markdown)
        if opening[3] == "rule":
            found.append((opening.end(), markdown[opening.end() : end]))
        at = closing.end() if closing else len(markdown)
    return found
