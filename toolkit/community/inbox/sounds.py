"""How a message really sounds: the team's own word, from which `leitstand inbox train` learns."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Entry
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Ear:
    """Where what the team says is kept, and which languages it understands."""

    state: Path
    languages: tuple[str, ...]


def note_sound(inbox: Inbox, seen: Conversation, sounds: str, ear: Ear, now: datetime) -> None:
    """Keep how their last message really sounds: for order and numbers at once, for the model with its next training."""
    from toolkit.sentiment import CLASSES, Sentiment, add_correction

    known = [one.value for one in CLASSES]
    if sounds not in known:
        raise UsageError(_("--sounds is one of: {known}; not {value!r}").format(known=", ".join(known), value=sounds))
    last = _last_words(inbox, seen)
    add_correction(ear.state, last.message.text, Sentiment(sounds), _language(ear, seen, last), now)
    inbox.feel([(last, sounds)], seen.account_id)
    inbox.rate(seen, negative=float(sounds == Sentiment.NEGATIVE))


def _last_words(inbox: Inbox, seen: Conversation) -> Entry:
    theirs = [one for one in inbox.entries(seen) if not (one.message.own or one.forgotten or one.deleted_at)]
    worded = [one for one in theirs if one.message.text.strip()]
    if not worded:
        raise UsageError(_("nothing of theirs can be read any more, so nobody can learn how it sounds"))
    return worded[-1]


def _language(ear: Ear, seen: Conversation, last: Entry) -> str:
    from toolkit.sentiment import language_of

    told = last.message.language or seen.language or language_of(last.message.text, ear.languages)
    if not told:
        raise UsageError(_("nobody can tell the language of this message, so no model could learn from it"))
    return told.split("-")[0]
