"""Rules written as in a rule file, and where they find something: shared by the tests of the style engine."""

from __future__ import annotations

from textwrap import dedent

from toolkit.style import Alert, Origin, Rulebook, StyleRule, Vocabulary, rule_from_text


def rule(yaml: str, name: str = "House.Rule") -> StyleRule:
    """The rule of some YAML; a message is added where none is given."""
    text = dedent(yaml)
    if "message:" not in text:
        text += "\nmessage: \"'%s' found\"\n"
    return rule_from_text(text, Origin("house.yml", text, 0, name))


def find(yaml: str, text: str, *, form: str = "md", vocabulary: Vocabulary | None = None) -> list[Alert]:
    """The alerts of one rule; each stands where it says."""
    alerts = Rulebook([rule(yaml)], vocabulary=vocabulary).check(text, format=form)
    assert all(text[alert.start : alert.end] == alert.match for alert in alerts)
    return alerts


def matches(yaml: str, text: str, *, form: str = "md", vocabulary: Vocabulary | None = None) -> list[str]:
    """What one rule finds."""
    return [alert.match for alert in find(yaml, text, form=form, vocabulary=vocabulary)]
