"""The examples of a rule are its test: in a `bad` one it finds something, in a `good` one nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.lint.renditions import shown_scope
from toolkit.lint.rules.style_rule import RULE
from toolkit.messages import _
from toolkit.model import Problem, Span
from toolkit.style.alert import Alert
from toolkit.style.rule import StyleRule
from toolkit.style.rulebook import Rulebook
from toolkit.style.rulespots import example_span
from toolkit.style.scope import asks

# Scopes of texts that are no Markdown: their examples are such texts.
_NAMED: Final = ("alt", "subject", "first_comment", "content_warning", "reply")


def failing_examples(style: StyleRule, book: Rulebook, text: str) -> Iterator[Problem]:
    """One problem for every example that does not come out as it should; `book` holds the rule among others.

    `text` is that of the rule's file, in which the example is pointed at.
    """
    for number, example in enumerate(style.good):
        found = _run(style, book, example)
        if found:
            message = _("{rule} finds {match} in its good example {example}")
            said = message.format(rule=style.id, match=found[0].match, example=_short(example))
            yield _problem(style, example_span(text, style, "good", number), said)
    for number, example in enumerate(style.bad):
        if not _run(style, book, example):
            message = _("{rule} finds nothing in its bad example {example}")
            said = message.format(rule=style.id, example=_short(example))
            yield _problem(style, example_span(text, style, "bad", number), said)


def _run(style: StyleRule, book: Rulebook, example: str) -> list[Alert]:
    names = [f"text.{name}" for name in _NAMED if asks(style.scope, name)]
    if scope := shown_scope(style) or "".join(names[:1]):
        found = book.check_scoped(example, scope, language=style.language)
    else:
        found = book.check(example, language=style.language, name="post")
    return [alert for alert in found if alert.rule == style.id]


def _problem(style: StyleRule, span: Span, message: str) -> Problem:
    return Problem(style.path, span, RULE.id, RULE.severity, message)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 60 else line[:59] + '…'}”"
