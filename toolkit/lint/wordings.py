"""Statements of the handbook against texts: where they count, what is wrong with them, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from toolkit.lint.phrases import phrases
from toolkit.lint.rule import View
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.settings import unknown_name
from toolkit.style.allowance import Allowances, SlowPatternError
from toolkit.workspace import Draft, Wording

_ROLES: Final = ("legal", "manager")


def counts(wording: Wording, draft: Draft) -> bool:
    """Whether the statement is about what this account gets."""
    post, account = draft.post, draft.account
    return (
        (not wording.channels or not wording.channels.isdisjoint((account.name, account.network)))
        and (not wording.labels or not wording.labels.isdisjoint(post.labels))
        and (not wording.campaigns or post.campaign in wording.campaigns)
        and (not wording.languages or draft.language.replace("_", "-").partition("-")[0] in wording.languages)
    )


def find(wording: Wording, text: str, allowances: Allowances) -> tuple[list[tuple[int, int]], str]:
    """Where the statement is told in `text`, and, once per file, what to say when its patterns take too long.

    `allowances` are those of the text's file.
    """
    place = f"{wording.path}:{wording.places.span('patterns').line}"
    allowance = allowances.of(place)
    spans: list[tuple[int, int]] = []
    try:
        spans.extend(phrases(wording.words, wording.patterns).find(text, allowance))
    except SlowPatternError:
        if allowance.told:
            return spans, ""
        allowance.told = True
        message = _("{place} takes too long: from here on it does not check this file; make its patterns simpler")
        return spans, message.format(place=place)
    return spans, ""


def whom_to_ask(wording: Wording, view: View) -> str:
    """The name of the statement's owner, else of somebody who answers for law or the whole; "" for nobody."""
    people = view.settings.people
    if wording.owner in people:
        return people[wording.owner].name
    asked = (person.name for role in _ROLES for person in people.values() if role in person.roles)
    return wording.owner or next(asked, "")


def advice(wording: Wording, view: View) -> str:
    """What to write instead and whom to ask, as the end of a message."""
    said = ""
    if wording.instead:
        said += _("; instead: {instead}").format(instead=wording.instead.rstrip(". "))
    if name := whom_to_ask(wording, view):
        said += _("; ask {name}").format(name=name)
    return said


def complain(wordings: Iterable[Wording], rule: str, view: View) -> Iterator[Problem]:
    """What is wrong with the statements of a rule: blocks that could not be read, unknown names, broken patterns."""
    yield from (problem for problem in view.workspace.handbook.problems if problem.rule == rule)
    for wording in wordings:
        for key, message in (*_unknown(wording, view), *_broken(wording)):
            yield Problem(wording.path, wording.places.span(key), rule, Severity.ERROR, message)


def _broken(wording: Wording) -> Iterator[tuple[str, str]]:
    for index, said in phrases(wording.words, wording.patterns).complaints.items():
        yield f"patterns.{index}", _("this pattern cannot be read: {said}").format(said=said)


def _unknown(wording: Wording, view: View) -> Iterator[tuple[str, str]]:
    settings = view.settings
    channels = dict.fromkeys([*settings.accounts, *(account.network for account in settings.accounts.values())])
    named: tuple[tuple[str, str, Iterable[str], Mapping[str, object]], ...] = (
        ("owner", _("person"), filter(None, [wording.owner]), settings.people),
        ("channels", _("account or network"), wording.channels, channels),
        ("campaigns", _("campaign"), wording.campaigns, view.workspace.campaigns),
    )
    for key, what, names, known in named:
        for name in sorted(names):
            if name not in known:
                yield key, unknown_name(what, name, known)
