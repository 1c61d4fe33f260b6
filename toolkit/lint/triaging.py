"""What is wrong with triage rules and words of danger besides their YAML: unknown names, broken patterns, same names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from toolkit.lint.phrases import phrases
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.settings import ROLES, Settings, unknown_name
from toolkit.workspace import Handbook, TriageRule

ID: Final = "triage"


def find_slips(handbook: Handbook, settings: Settings) -> Iterator[Problem]:
    """Every problem of the handbook's triage, with its place; blocks that could not be read first."""
    yield from (problem for problem in handbook.problems if problem.rule == ID)
    names: dict[str, TriageRule] = {}
    for rule in handbook.triage:
        other = names.setdefault(rule.name, rule)
        if other is not rule:
            place = f"{other.path}:{other.places.span('rule').line}"
            yield _at(rule, "rule", _("{rule} stands in {place} already; give this one another name"), rule.name, place)
        for key, message in (*_unknown(rule, settings), *_broken(rule)):
            yield Problem(rule.path, rule.places.span(key), ID, Severity.ERROR, message)


def known_channels(settings: Settings) -> Mapping[str, object]:
    """Accounts, then networks."""
    return dict.fromkeys([*settings.accounts, *(account.network for account in settings.accounts.values())])


def _at(rule: TriageRule, key: str, message: str, name: str, place: str) -> Problem:
    said = message.format(rule=name, place=place)
    return Problem(rule.path, rule.places.span(key), ID, Severity.ERROR, said)


def _unknown(rule: TriageRule, settings: Settings) -> Iterator[tuple[str, str]]:
    channels, people = known_channels(settings), {**settings.people, **dict.fromkeys(ROLES)}
    assign: Iterable[str] = [rule.then.assign] if rule.then.assign else []
    for name in sorted(rule.when.channels):
        if name not in channels:
            yield "if.channels", unknown_name(_("account or network"), name, channels)
    for name in assign:
        if name not in people:
            yield "then.assign", unknown_name(_("person or role"), name, people)


def _broken(rule: TriageRule) -> Iterator[tuple[str, str]]:
    for index, said in phrases(rule.when.words, rule.when.patterns).complaints.items():
        yield f"if.patterns.{index}", _("this pattern cannot be read: {said}").format(said=said)
