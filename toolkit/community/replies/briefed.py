"""The manager's briefings at the desk: which fits a conversation, what they suggest, and what nobody says meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.suggesting import Source
from toolkit.lint.phrases import phrases
from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText
from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.workspace import Workspace
from toolkit.workspace.briefings import RULE, Ban, Briefing, valid_briefings


def find_fitting(workspace: Workspace, conversation: Conversation, now: datetime) -> tuple[Briefing, ...]:
    """The valid briefings for a conversation: those of its post's campaign, then of its labels, then those for everything."""
    post = workspace.find_post(conversation.uid) if conversation.uid else None
    campaign = post.campaign if post is not None else ""
    found = [one for one in _valid(workspace, now) if one.speaks(conversation.language)]
    ranks = {id(one): _rank(one, campaign, conversation.labels) for one in found}
    return tuple(sorted((one for one in found if ranks[id(one)]), key=lambda one: (-ranks[id(one)], one.path)))


def find_bans(workspace: Workspace, language: str, now: datetime) -> tuple[Ban, ...]:
    """What no reply in a language says now, whatever it is about."""
    return tuple(ban for one in _valid(workspace, now) if one.speaks(language) for ban in one.bans)


def suggest_from(workspace: Workspace, now: datetime) -> Iterator[Source]:
    """The questions of valid briefings as beginnings of answers."""
    first = workspace.settings.languages[0]
    for one in _valid(workspace, now):
        about = "\n".join((one.title, *one.messages))
        for asked in one.questions:
            line = one.places.span(asked.key).line
            language = (asked.language or first).split("-")[0]
            yield Source(f"{one.path}:{line}", asked.question, language, asked.answer, f"{asked.question}\n{about}")


def check_bans(source: SourceText, bans: Iterable[Ban]) -> Iterator[Problem]:
    """Every place of a text that says what nobody is to say now, with what to say instead."""
    for ban in bans:
        try:
            found = list(phrases(ban.wording.words, ()).find(source.text, Allowance(len(source.text))))
        except SlowPatternError:
            continue
        for start, end in found:
            why = ban.why
            if ban.wording.instead:
                why = _("{why}; instead: {instead}").format(why=why.rstrip(". "), instead=ban.wording.instead)
            message = _("“{word}” is not said now ({place}): {why}")
            said = message.format(word=source.text[start:end], place=ban.wording.path, why=why)
            yield Problem(source.path, source.span(start, end), RULE, Severity.ERROR, said)


def _valid(workspace: Workspace, now: datetime) -> tuple[Briefing, ...]:
    return valid_briefings(workspace.handbook, _day(workspace, now))


def _day(workspace: Workspace, now: datetime) -> date:
    return now.astimezone(ZoneInfo(workspace.settings.timezone)).date()


def _rank(one: Briefing, campaign: str, labels: Iterable[str]) -> int:
    """0 for what is about something else."""
    if one.campaign and one.campaign == campaign:
        return 3
    if not one.labels.isdisjoint(labels):
        return 2
    return 0 if one.campaign or one.labels else 1
