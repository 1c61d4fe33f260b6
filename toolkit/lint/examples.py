"""The examples of a rule are its test: in a `bad` one it finds something, in a `good` one nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.lint.rules.style_rule import RULE
from toolkit.messages import _
from toolkit.model import Problem, Span
from toolkit.style.alert import Alert
from toolkit.style.rule import RuleError, StyleRule
from toolkit.style.scope import asks
from toolkit.style.vocabulary import Vocabulary

# Scopes of texts that are no Markdown: their examples are such texts.
_NAMED: Final = ("alt", "subject", "first_comment", "content_warning", "reply")


def failing_examples(style: StyleRule, vocabulary: Vocabulary) -> Iterator[Problem]:
    """One problem for every example that does not come out as it should."""
    for example in style.good:
        found = _run(style, vocabulary, example)
        if found:
            message = _("{rule} finds {match} in its good example {example}")
            yield _problem(style, message.format(rule=style.id, match=found[0].match, example=_short(example)))
    for example in style.bad:
        if not _run(style, vocabulary, example):
            message = _("{rule} finds nothing in its bad example {example}")
            yield _problem(style, message.format(rule=style.id, example=_short(example)))


def _run(style: StyleRule, vocabulary: Vocabulary, example: str) -> Sequence[Alert]:
    from toolkit.style.rulebook import Rulebook

    book = Rulebook([style], vocabulary=vocabulary)
    try:
        for name in _NAMED:
            if asks(style.scope, name):
                return book.check_named({name: example}, language=style.language)[name]
        return book.check(example, language=style.language, name="post")
    except RuleError:
        return ()  # a pattern that cannot be read is a problem of its own


def _problem(style: StyleRule, message: str) -> Problem:
    return Problem(style.path, Span(style.line, 1, style.line, 1), RULE.id, RULE.severity, message)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 60 else line[:59] + '…'}”"
