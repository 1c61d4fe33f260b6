"""What an answer is written and judged at: one conversation, its account, the house's rules, what was answered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Entry
from toolkit.community.replies.book import Replies
from toolkit.community.replies.briefed import find_bans
from toolkit.community.replies.checking import Desk, check_text
from toolkit.community.replies.closed import find_topics
from toolkit.community.replies.standing import find_target
from toolkit.community.replies.suggesting import Shelf, Suggestion
from toolkit.community.triage.book import Book, read_book
from toolkit.community.triage.keeping import examine
from toolkit.errors import UsageError
from toolkit.ledger import account_key
from toolkit.messages import _
from toolkit.model import Message, Problem, Severity
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import Workspace

HIGHEST: Final = 3  # class of danger


@dataclass(frozen=True, slots=True)
class Bench:
    """One conversation, and everything that an answer to it is judged by."""

    workspace: Workspace
    replies: Replies
    seen: Conversation
    account: Account
    message: Message
    now: datetime

    def check(self, text: str) -> list[Problem]:
        """What is wrong with a text for this conversation."""
        from toolkit.lint.handbook import house

        rules = house(self.workspace.tree, self.workspace.settings.styles)
        bans = find_bans(self.workspace, self.seen.language, self.now)
        topics = find_topics(self.workspace, self.seen, self.account, self.now)
        return check_text(text, Desk(rules, self.account, self.message, self.seen.language, bans, topics))

    def risk(self, book: Book | None = None) -> int:
        """The class of danger that the handbook's rules see now; the highest while one of them cannot be read."""
        broken = (one for one in self.workspace.handbook.problems if one.severity is Severity.ERROR)
        if any(one.rule == "triage" for one in broken):
            return HIGHEST
        # What a network says of a language is what somebody's app is set to: dangers of all languages count.
        seen = replace(self.seen, language="")
        return examine(self.replies.inbox, seen, book or read_book(self.workspace), self.now).risk


def lay_out(inbox: Inbox, name: str, workspace: Workspace, now: datetime) -> Bench:
    """The bench of the conversation of this id; raises `UsageError` where there is nothing to answer, or nobody who could."""
    seen = inbox.conversation(name, now=now)
    entries = inbox.entries(seen)
    refuse_reading(entries)
    account = find_account(seen, workspace)
    return Bench(workspace, Replies(inbox), seen, account, find_target(entries), now)


def refuse_reading(entries: Sequence[Entry]) -> None:
    """Raise `UsageError` where nobody can be answered, as below an article that a feed told of, and say what helps."""
    theirs = [entry.message for entry in entries if not entry.message.own]
    if theirs and not any(message.answerable for message in theirs):
        said = _(
            "{channel} is a feed: nobody can be answered there. Read {url}, write to its authors or say something of your"
            " own (leitstand new), then: leitstand inbox done"
        )
        raise UsageError(said.format(channel=theirs[-1].channel, url=theirs[-1].url or theirs[-1].channel))


def find_account(seen: Conversation, workspace: Workspace) -> Account:
    """The account of a conversation; raises `UsageError` where the workspace has it no longer."""
    accounts = {account_key(one): one for one in workspace.settings.accounts.values()}
    if seen.account_id not in accounts:
        message = _("the account {account} is not in leitstand.toml any more")
        raise UsageError(message.format(account=seen.channel))
    return accounts[seen.account_id]


def find_suggestions(bench: Bench, most: int, shelf: Shelf | None = None) -> Sequence[Suggestion]:
    """What was answered before, or is ready in the handbook, for words like theirs; `shelf` is a kept one."""
    language = bench.seen.language or bench.workspace.settings.languages[0]
    return (shelf or stock(bench)).suggest(f"{bench.message.subject}\n{bench.message.text}", language, most)


def stock(bench: Bench) -> Shelf:
    """The shelf of everything that may be suggested."""
    from toolkit.community.replies.recalling import all_sources
    from toolkit.lint.rule import View

    return Shelf.of(all_sources(bench.replies, View(bench.workspace, bench.now)))
