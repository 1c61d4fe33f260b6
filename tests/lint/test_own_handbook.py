"""The handbook of this repository's own company: its rules, proved on their examples and on what people wrote."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from toolkit.lint.handbook import house
from toolkit.lint.house import House
from toolkit.settings import StylePolicy
from toolkit.source import FolderTree
from toolkit.style import Alert, Rulebook, StyleRule
from toolkit.style.scope import asks

ROOT = Path(__file__).parents[2]
# Names, figures of speech and scores.
LET_ALONE = [
    ("en", "The curation was done at the Cold Spring Harbor Laboratory; thank you very much."),
    ("en", "The tools are FAIR, the genome is on NCBI, and MERSCOPE drew the picture."),
    ("de", "Beim Kickern stand es 2-0 gegen die Rösterei."),
    ("de", "Wir haben zwei E-Mails bekommen, eine über die Mails von gestern."),
    ("de", "Kaffee & Kuchen gibt es bis 17 Uhr, mehr unter www.nordlichtkaffee.example. #NordlichtKaffee"),
]


@cache
def own() -> House:
    """The rules of the pages in guidelines/."""
    return house(FolderTree(ROOT), StylePolicy())


def alerts(rule: StyleRule, text: str) -> list[Alert]:
    book = Rulebook([rule])
    if asks(rule.scope, "alt"):
        return book.check_named({"alt": text}, language=rule.language)["alt"]
    return book.check(text, language=rule.language)


def mended(rule: StyleRule, text: str) -> str:
    """The text with every fix of the rule made."""
    for alert in reversed(alerts(rule, text)):
        if alert.fix is not None:
            text = text[: alert.start] + alert.fix.text + text[alert.end :]
    return text


def test_every_rule_does_on_its_examples_what_it_says() -> None:
    """Good examples pass, bad ones are found, and no rule is broken."""
    assert own().broken == ()
    assert own().examples == ()
    assert len(own().rules) >= 40


@pytest.mark.parametrize("rule", own().styles, ids=lambda rule: rule.id)
def test_a_fix_leaves_nothing_to_fix(rule: StyleRule) -> None:
    """What a rule mends in its bad examples it does not find again, and mending twice changes nothing."""
    for example in rule.bad:
        once = mended(rule, example)
        assert [alert.match for alert in alerts(rule, once) if alert.fix] == []
        assert mended(rule, once) == once


@pytest.mark.parametrize(("language", "text"), LET_ALONE)
def test_what_only_looks_like_a_mistake_is_left_alone(language: str, text: str) -> None:
    """Names, scores and addresses that earlier versions of the rules took for mistakes."""
    book = Rulebook([rule for rule in own().styles if not rule.networks])
    assert [(alert.rule, alert.match) for alert in book.check(text, language=language)] == []


def test_every_page_with_rules_has_an_owner_and_a_day_of_review() -> None:
    """Somebody answers for every rule, and looks at it again."""
    for path in {rule.path for rule in own().styles}:
        front = (ROOT / path).read_text(encoding="utf-8").split("---\n")[1]
        for key in ("owner:", "reviewed:", "next_review:"):
            assert key in front, path
