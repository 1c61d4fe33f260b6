"""A state directory with everything in it that a backup holds: ledger, inbox with replies, numbers, labels, a feed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.community.inbox.inboxes import hear, said
from tests.community.replies.written import NOW, ask, write
from tests.ledger.ledgers import planned
from toolkit.backup import State
from toolkit.community.inbox.book import open_inbox
from toolkit.community.replies.book import Replies, Wish
from toolkit.database import Place
from toolkit.ledger import LedgerPlace, ledger_path, open_ledger
from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.sentiment import Sentiment, add_correction

LATER = NOW + timedelta(days=2)


def state_at(folder: Path) -> State:
    """The state directory `folder`, of files alone."""
    return State(LedgerPlace(ledger_path(folder)), Place(folder / "inbox.sqlite"), folder)


def fill(state: State, text: str = "first") -> None:
    """A planned post, a conversation with a reply approved for later, a number, a label and a feed that say `text`."""
    with open_ledger(state.ledger, now=NOW) as ledger:
        ledger.plan([planned(f"{text} post", LATER + timedelta(days=9))], NOW)
    with open_inbox(state.inbox, now=NOW) as inbox:
        seen = ask(inbox, f"{text}-message")
        replies = Replies(inbox)
        wish = Wish(f"{text} answer", "mai", private=False, send_after=LATER + timedelta(days=1))
        replies.approve(replies.write(seen, wish, NOW), "tarek", NOW)
        hear(inbox, said(f"{text}-other", author="@kim@far.example"))
    count(state, text)
    add_correction(state.folder, f"the {text} parcel", Sentiment.NEGATIVE, "en", NOW)
    feed = state.folder / "feeds" / "feed.json"
    feed.parent.mkdir(exist_ok=True)
    feed.write_text(f'{{"title": "{text}"}}')


def count(state: State, text: str, value: float = 1.0) -> None:
    """One observation in an import of its own."""
    seen = Observation(
        subject=f"{text} post",
        channel="mastodon",
        metric="likes",
        value=value,
        observed_at=NOW,
        source="test",
        import_id=text,
        published_at=None,
    )
    open_store(state.folder).append([seen], imported_at=datetime(2026, 12, 1, 9, len(text), tzinfo=UTC))


def posts_of(state: State) -> list[str]:
    with open_ledger(state.ledger, now=LATER, read_only=True) as ledger:
        return [row.uid for row in ledger.rows()]


def messages_of(state: State) -> list[str]:
    with open_inbox(state.inbox, now=LATER, read_only=True) as inbox:
        return [str(raw["remote_id"]) for raw in inbox.store.read("SELECT remote_id FROM entries ORDER BY remote_id")]


__all__ = ["LATER", "NOW", "count", "fill", "messages_of", "posts_of", "state_at", "write"]
