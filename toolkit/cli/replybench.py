"""What an answer is written and judged at: one conversation, its account, the house's rules, what was answered before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from toolkit.cli.context import Context
from toolkit.cli.inboxoffice import named_person, opened
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.book import Replies
from toolkit.community.replies.checking import Desk, check_text
from toolkit.community.replies.standing import find_target
from toolkit.errors import UsageError
from toolkit.ledger import account_key
from toolkit.messages import _
from toolkit.model import Message, Problem, Severity, WallTime, in_range
from toolkit.settings import Account
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.community.replies.suggesting import Suggestion

HIGHEST: Final = 3  # class of danger


@dataclass(frozen=True, slots=True)
class Bench:
    """One conversation, and everything that an answer to it is judged by."""

    context: Context
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
        return check_text(text, Desk(rules, self.account, self.message, self.seen.language))

    def risk(self) -> int:
        """The class of danger that the handbook's rules see now; the highest while one of them cannot be read."""
        from toolkit.community.triage import read_book
        from toolkit.community.triage.keeping import examine

        broken = (one for one in self.workspace.handbook.problems if one.severity is Severity.ERROR)
        if any(one.rule == "triage" for one in broken):
            return HIGHEST
        # What a network says of a language is what somebody's app is set to: dangers of all languages count.
        return examine(self.replies.inbox, replace(self.seen, language=""), read_book(self.workspace), self.now).risk


@contextmanager
def open_bench(context: Context, name: str, *, read_only: bool = False) -> Iterator[Bench]:
    """The bench of the conversation of this id; raises `UsageError` where there is nothing to answer, or nobody who could."""
    moment = context.clock.now()
    with opened(context, read_only=read_only) as inbox:
        seen = inbox.conversation(name, now=moment)
        accounts = {account_key(one): one for one in context.settings.accounts.values()}
        if seen.account_id not in accounts:
            message = _("the account {account} is not in leitstand.toml any more")
            raise UsageError(message.format(account=seen.channel))
        message_ = find_target(inbox.entries(seen))
        yield Bench(context, context.load(), Replies(inbox), seen, accounts[seen.account_id], message_, moment)


def find_author(context: Context, by: str) -> str:
    """Who does it; where only one person is named, they are meant."""
    people = list(context.settings.people)
    if not by and len(people) == 1:
        return people[0]
    if not by:
        raise UsageError(
            _("say who you are: --by NAME, one of {people}").format(people=", ".join(people) or "[people]")
        )
    return named_person(context, by).key


def find_suggestions(bench: Bench, most: int) -> Sequence[Suggestion]:
    """What was answered before, or is ready in the handbook, for words like theirs."""
    from toolkit.community.replies.recalling import all_sources
    from toolkit.community.replies.suggesting import Shelf
    from toolkit.lint.rule import View

    shelf = Shelf.of(all_sources(bench.replies, View(bench.workspace, bench.now)))
    language = bench.seen.language or bench.context.settings.languages[0]
    return shelf.suggest(f"{bench.message.subject}\n{bench.message.text}", language, most)


def read_moment(context: Context, text: str) -> datetime:
    """A moment; without an offset it is wall time of the workspace. Raises `UsageError`."""
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        parsed = None
    if parsed is None or not in_range(parsed):
        message = _("--after needs a moment such as {example}, not {text!r}")
        raise UsageError(message.format(example="2026-12-02T08:00", text=text))
    return parsed if parsed.tzinfo is not None else WallTime(parsed, context.settings.timezone).instant()
