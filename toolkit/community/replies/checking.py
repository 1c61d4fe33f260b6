"""What is wrong with a reply's text: open placeholders, the house's rules, what the network cannot take. By line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.community.replies.briefed import check_bans
from toolkit.community.replies.closed import check_topics
from toolkit.community.replies.composing import compose
from toolkit.lint.house import House
from toolkit.messages import _
from toolkit.model import Message, Problem, Severity, SourceText
from toolkit.networks import find_network
from toolkit.networks.units import unit_word
from toolkit.settings import Account
from toolkit.style.alert import Level
from toolkit.values import dataclass
from toolkit.workspace import Topic
from toolkit.workspace.briefings import Ban

NAME: Final = "reply"  # where its problems are said to stand
PLACEHOLDER: Final = re.compile(r"\{\w[\w ]*\}")
_SEVERITIES: Final = {Level.SUGGESTION: Severity.HINT, Level.WARNING: Severity.WARNING, Level.ERROR: Severity.ERROR}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a text is checked against: the house's rules, and whom it is for on which account."""

    house: House
    account: Account
    message: Message
    language: str = ""
    bans: tuple[Ban, ...] = ()  # what the briefings of these days forbid
    topics: tuple[Topic, ...] = ()  # what the house does not talk about now


def check_text(text: str, desk: Desk) -> list[Problem]:
    """The problems of a reply's `text`, in the order in which they stand there."""
    source = SourceText(NAME, text)
    found = [*_empty(source), *_placeholders(source), *_style(source, desk), *_length(source, desk)]
    found += [*check_bans(source, desk.bans), *check_topics(source, desk.topics)]
    return sorted(found, key=lambda one: (one.span.line, one.span.col, one.rule))


def errors_of(problems: list[Problem]) -> list[Problem]:
    """Those that keep a reply from being handed in."""
    return [one for one in problems if one.severity is Severity.ERROR]


def _empty(source: SourceText) -> Iterator[Problem]:
    if not source.text.strip():
        yield _problem(source, (0, 0), "reply-empty", _("there is nothing to send; write an answer"))


def _placeholders(source: SourceText) -> Iterator[Problem]:
    for found in PLACEHOLDER.finditer(source.text):
        message = _("{placeholder} is still open; write what belongs there, or take it out")
        yield _problem(source, found.span(), "reply-placeholder", message.format(placeholder=found[0]))


def _style(source: SourceText, desk: Desk) -> Iterator[Problem]:
    names = (desk.account.name, desk.account.network)
    for alert in desk.house.check_reply(source.text, language=desk.language, names=names):
        yield _problem(source, (alert.start, alert.end), alert.rule, alert.message, _SEVERITIES[alert.level])


def _length(source: SourceText, desk: Desk) -> Iterator[Problem]:
    """As the network counts, with whom it answers in front."""
    if not source.text.strip():
        return
    network = find_network(desk.account.network)
    rendition = compose(source.text, desk.account, desk.message, desk.language)
    for number, part in enumerate(rendition.parts, 1):
        count = part.count
        if not count.valid:
            message = _("part {number} has {length} {unit} with the name in front, {network} takes {limit}; shorten it")
            unit = unit_word(count.unit)
            said = message.format(
                number=number, length=count.length, unit=unit, network=network.title, limit=count.limit
            )
            yield _problem(source, (len(source.text.rstrip()), len(source.text.rstrip())), "reply-length", said)


def _problem(
    source: SourceText, span: tuple[int, int], rule: str, message: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(source.path, source.span(*span), rule, severity, message)
