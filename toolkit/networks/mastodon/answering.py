"""An answer to a status of somebody else: below it, as public or private as it is, with its author's name in front.

Whoever is named gets the answer, and a direct one reaches nobody else. So its author is named where the text does not
do it; bystanders are named only where they take part in a direct conversation, not because a stranger named them.
Later parts of an answer stand below its own earlier ones. API: https://docs.joinmastodon.org/methods/statuses/#create
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from toolkit.messages import _
from toolkit.model import Message, Part, Rendition
from toolkit.networks.answers import refused
from toolkit.networks.base import Action, Intent
from toolkit.networks.mastodon.api import Status
from toolkit.networks.mastodon.counting import count
from toolkit.values import dataclass

# From everybody to the one; what a server adds of its own is taken for the last.
VISIBILITIES: Final = ("public", "unlisted", "private", "direct")
_MENTION: Final = re.compile(r"(?<![=/\w@])@(\w+(?:[.-]+\w+)*(?:@\w+(?:[.-]+\w+)*(?::\d+)?)?)")
_FRONT: Final = re.compile(r"\s*(?:@[\w.-]+(?:@[\w.-]+(?::\d+)?)?[\s,:]+)*")


def answered(intent: Intent) -> str:
    """The id of the status that `intent` stands below; "" where it answers nobody else."""
    if intent.action is not Action.ANSWER:
        return ""
    return intent.previous or intent.target or (intent.answers.remote_id if intent.answers else "")


def name_author(rendition: Rendition, message: Message) -> Rendition:
    """An answer to `message` as it is shown and measured: its author in front, of a direct one in every part."""
    name = message.author.lstrip("@")
    parts = [
        _named(part, [name], "") if not number or message.private else part
        for number, part in enumerate(rendition.parts)
    ]
    return replace(rendition, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class Me:
    """Who answers: the account's id and name, and its server's host."""

    id: str
    name: str
    host: str


def fit(intent: Intent, above: Status | None, me: Me) -> Intent:
    """`intent` as it is sent below `above`; raises `NotBegunError` where that is gone."""
    if above is None:
        raise refused(_("the message is not there any more, so it cannot be answered"))
    part = intent.content
    visibility = _narrower(above.visibility, part.fields.get("visibility", ""))
    warning = part.fields.get("content_warning", "") or above.warning
    kept = {"visibility": visibility} | ({"content_warning": warning} if warning else {})
    part = replace(part, fields={**part.fields, **kept})
    fitted = _named(part, _recipients(above, visibility, me), me.host)
    parts = [fitted if number == intent.part else one for number, one in enumerate(intent.rendition.parts)]
    return replace(intent, rendition=replace(intent.rendition, parts=tuple(parts)), previous=above.id)


def without_names(written: str) -> str:
    """A text without the names in front of it."""
    return written[found.end() :] if (found := _FRONT.match(written)) else written


def names_in(written: str, host: str) -> set[str]:
    """Who is mentioned, as ``name@server`` in lower case."""
    return {_full(name, host) for name in _MENTION.findall(written)}


def _named(part: Part, names: Iterable[str], host: str) -> Part:
    there = names_in(part.text, host)
    missing = [name for name in dict.fromkeys(names) if _full(name, host) not in there]
    written = " ".join([*(f"@{name}" for name in missing), part.text])
    weighed = count(written, part.fields.get("content_warning", ""), part.count.limit)
    return replace(part, text=written, count=weighed)


def _recipients(above: Status, visibility: str, me: Me) -> list[str]:
    """Whom the answer has to name to reach them: the author; where it is not public, all that take part."""
    ours = above.account_id == me.id
    names = [] if ours else [above.author]
    if above.visibility == "direct" or (ours and visibility in {"private", "direct"}):
        names += [name for person, name in above.mentions.items() if person != me.id]
    return [name for name in names if name and _full(name, me.host) != _full(me.name, me.host)]


def _narrower(*visibilities: str) -> str:
    ranks = [VISIBILITIES.index(one) if one in VISIBILITIES else len(VISIBILITIES) - 1 for one in visibilities if one]
    return VISIBILITIES[max(ranks, default=0)]


def _full(name: str, host: str) -> str:
    return (name if "@" in name or not host else f"{name}@{host}").casefold()
