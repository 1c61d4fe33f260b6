"""No-go topics at the desk: what the house does not talk about now is not talked about in replies either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from toolkit.community.inbox.conversation import Conversation
from toolkit.editorial.topics import closed
from toolkit.lint.phrases import phrases
from toolkit.messages import _
from toolkit.model import Problem, SourceText
from toolkit.settings import Account
from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.workspace import Topic, Wording, Workspace
from toolkit.workspace.statements import Place

RULE = "no-go"


def find_topics(workspace: Workspace, seen: Conversation, account: Account, now: datetime) -> tuple[Topic, ...]:
    """The topics that are closed today for replies in this conversation."""
    post = workspace.find_post(seen.uid) if seen.uid else None
    campaign, today = post.campaign if post else "", now.astimezone(ZoneInfo(workspace.settings.timezone)).date()
    shut = closed(workspace.handbook.topics, Place.REPLIES, today)
    return tuple(topic for topic in shut if _meant(topic.wording, seen, account, campaign))


def check_topics(source: SourceText, topics: Iterable[Topic]) -> Iterator[Problem]:
    """Every place of a text that tells of a closed topic, with the reason and what to say instead."""
    for topic in topics:
        wording = topic.wording
        try:
            found = list(phrases(wording.words, wording.patterns).find(source.text, Allowance(len(source.text))))
        except SlowPatternError:
            continue
        for start, end in found:
            why = topic.reason
            if wording.instead:
                why = _("{why}; instead: {instead}").format(why=why.rstrip(". "), instead=wording.instead)
            message = _("“{word}” is not said now ({place}): {why}")
            said = message.format(word=source.text[start:end], place=wording.path, why=why)
            yield Problem(source.path, source.span(start, end), RULE, topic.severity, said)


def _meant(wording: Wording, seen: Conversation, account: Account, campaign: str) -> bool:
    language = seen.language.replace("_", "-").partition("-")[0]
    return (
        (not wording.channels or not wording.channels.isdisjoint((account.name, account.network)))
        and (not wording.labels or not wording.labels.isdisjoint(seen.labels))
        and (not wording.campaigns or campaign in wording.campaigns)
        and (not wording.languages or not language or language in wording.languages)
    )
