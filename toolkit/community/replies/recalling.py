"""What may be suggested in an inbox: the handbook's canned replies, and what was sent, without whom it was for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from toolkit.community.inbox.ids import short
from toolkit.community.replies import statements as sql
from toolkit.community.replies.book import Replies
from toolkit.community.replies.briefed import suggest_from
from toolkit.community.replies.canned import read_canned
from toolkit.community.replies.reply import Reply
from toolkit.community.replies.suggesting import Source
from toolkit.lint.rule import View
from toolkit.model import Message

MOST: Final = 2000  # sent ones
FEWEST: Final = 3  # letters of a name
# Placeholders as the handbook writes them, by language.
_NAMES: Final = {"de": ("{vorname}", "{ich}"), "en": ("{name}", "{me}")}
_HANDLE: Final = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w.-]+)?")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER: Final = re.compile(r"(?<![\w/.-])(?=[\w-]*\d{4})[A-Z]{0,4}-?\d[\d-]{3,}(?![\w/])")


def all_sources(replies: Replies, view: View) -> list[Source]:
    """Answers of the briefings of these days first, then canned ones, then what was sent, the newest first."""
    briefed = suggest_from(view.workspace, view.now)
    return [*briefed, *_canned(view), *_sent(replies, [one.name for one in view.settings.people.values()])]


def _canned(view: View) -> Iterator[Source]:
    for one in read_canned(view):
        yield Source(f"{one.path}:{one.line}", one.title, one.language, one.text, f"{one.intent}\n{one.about}")


def _sent(replies: Replies, team: Iterable[str]) -> Iterator[Source]:
    """Whatever is forgotten has no text, and is none."""
    ours = {name.split()[0] for name in team if name.strip()}
    for raw in replies.inbox.store.read(sql.SENT, {"most": MOST}):
        reply = sql.read_reply(raw)
        found = replies.answered(reply)
        if found is not None and not found.forgotten and found.deleted_at is None:
            text = pseudonymise(reply, found.message, ours)
            yield Source(f"reply {short(reply.id)}", "", reply.language, text, found.message.text)


def pseudonymise(reply: Reply, message: Message, ours: Iterable[str] = ()) -> str:
    """A sent text with placeholders for whom it was for, for us, and for addresses and long numbers."""
    them, us = _NAMES.get(reply.language, _NAMES["en"])
    text = _MAIL.sub("{mail}", _HANDLE.sub(them, reply.text))
    local = message.author.lstrip("@").partition("@")[0]
    text = _without(text, {message.name, *message.name.split(), local}, them)
    return _NUMBER.sub("{nummer}" if reply.language == "de" else "{number}", _without(text, ours, us))


def _without(text: str, names: Iterable[str], placeholder: str) -> str:
    wanted = sorted((name for name in names if len(name) >= FEWEST), key=len, reverse=True)
    if not wanted:
        return text
    pattern = "|".join(re.escape(name) for name in wanted)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", placeholder, text, flags=re.IGNORECASE)
