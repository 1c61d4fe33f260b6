"""A rule as it is written → a checker. What is wrong with a pattern or a formula is said with the rule's place."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.style.agreement import ConditionalChecker, ConsistencyChecker
from toolkit.style.capitals import CapitalizationChecker
from toolkit.style.counting import OccurrenceChecker, RepetitionChecker
from toolkit.style.existence import ExistenceChecker
from toolkit.style.finding import Checker
from toolkit.style.formula import FormulaError
from toolkit.style.measure import MetricChecker, ReadabilityChecker
from toolkit.style.rule import RuleError, StyleRule
from toolkit.style.spec import (
    Capitalization,
    Conditional,
    Consistency,
    Existence,
    Metric,
    Occurrence,
    Readability,
    Repetition,
    Spelling,
    Substitution,
)
from toolkit.style.spelling import SpellingChecker
from toolkit.style.substitution import SubstitutionChecker
from toolkit.style.syntax import PatternError


def compile_rule(rule: StyleRule, accepted: tuple[str, ...] = ()) -> Checker:
    """The checker of a rule, which leaves the accepted vocabulary alone; raises `RuleError`."""
    try:
        return _compile(rule, accepted)
    except PatternError as error:
        message = _("a pattern of {rule} cannot be read: {error}").format(rule=rule.id, error=error)
    except FormulaError as error:
        message = str(error)
    except ValueError as error:  # what `regex` says about a pattern
        message = _("a pattern of {rule} cannot be read: {error}").format(rule=rule.id, error=error)
    raise RuleError(Problem(rule.path, Span(rule.line, 1, rule.line, 1), "style-rule", Severity.ERROR, message))


def _compile(rule: StyleRule, accepted: tuple[str, ...]) -> Checker:  # noqa: C901, PLR0911  # one line per kind
    match rule.spec:
        case Existence() as spec:
            return ExistenceChecker(rule, spec, accepted)
        case Substitution() as spec:
            return SubstitutionChecker(rule, spec, accepted)
        case Occurrence() as spec:
            return OccurrenceChecker(rule, spec)
        case Repetition() as spec:
            return RepetitionChecker(rule, spec, accepted)
        case Consistency() as spec:
            return ConsistencyChecker(rule, spec)
        case Conditional() as spec:
            return ConditionalChecker(rule, spec, accepted)
        case Capitalization() as spec:
            return CapitalizationChecker(rule, spec, accepted)
        case Metric() as spec:
            return MetricChecker(rule, spec)
        case Readability() as spec:
            return ReadabilityChecker(rule, spec)
        case Spelling() as spec:
            return SpellingChecker(rule, spec, accepted)
