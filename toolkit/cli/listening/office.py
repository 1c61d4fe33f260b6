"""Where this command line listens: the workspace's accounts, and what happens to what comes in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from toolkit.cli.context import Context
from toolkit.cli.listening.feeds import has_feeds, listen_elsewhere, load_ear
from toolkit.community.hours import read_times
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.fetching import Heard, Office, fetch, why_deaf
from toolkit.community.inbox.figures import Counting, tell_if_due
from toolkit.community.inbox.moods import judge_moods
from toolkit.community.inbox.place import find_inbox
from toolkit.community.inbox.retention import forget_old
from toolkit.community.triage.book import read_book
from toolkit.community.triage.keeping import examine_ours, keep
from toolkit.errors import UsageError
from toolkit.ledger import Ledger, open_ledger
from toolkit.messages import _, ngettext
from toolkit.metrics import open_store
from toolkit.settings import Account, Person, unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sequel:
    """What is done after listening: moods, triage, numbers, and forgetting what is over."""

    context: Context
    workspace: Workspace

    def judge(self, inbox: Inbox, conversations: Collection[str]) -> None:
        """How the messages sound that came in; nothing without the extra `community`."""
        classifier = load_ear(self.context, self.workspace)
        if classifier is not None:
            judge_moods(inbox, conversations, classifier, self.context.clock.now())

    def finish(self, inbox: Inbox, ledger: Ledger | None) -> None:
        """Renew what waits for us, tell the metrics, forget what is over."""
        now, settings = self.context.clock.now(), self.workspace.settings
        keep(inbox, examine_ours(inbox, read_book(self.workspace), now), now)
        times = read_times(settings, self.workspace.handbook, self.workspace.occasions[0])

        def elapsed(channel: str, asked: datetime, answered: datetime) -> float:
            return times.timetable(channel).business_time(asked, answered).total_seconds()

        counting = Counting(self.context.zone, elapsed, self._errors())
        tell_if_due(inbox, open_store(self.context.state), counting, now)
        forget_old(inbox, ledger, settings.inbox, now)

    def _errors(self) -> dict[str, float]:
        """How often the model of each language is wrong, as far as it was measured."""
        from toolkit.sentiment.measuring import measure_models

        found = measure_models(self.context.state, self.workspace.settings.languages)
        return {language: one.error for language, one in found.items()}


def open_office(context: Context) -> Office:
    """Where this context listens."""
    place = find_inbox(context.state, context.settings, context.environ)
    return Office(
        context.settings, context.state, context.ledger, place, context.environ, context.clock, context.tree.read
    )


def listen(
    context: Context, accounts: Mapping[str, Account], advance: Callable[[], None] = lambda: None
) -> list[Heard]:
    """One round with all that follows from it."""
    office, sequel = open_office(context), Sequel(context, context.load())
    found = fetch(office, accounts.values(), advance, sequel.judge)
    if accounts == context.settings.accounts:
        found += listen_elsewhere(context, office, sequel.workspace, sequel.judge)
    with opened(context) as inbox, maybe_ledger(context) as ledger:
        sequel.finish(inbox, ledger)
    return found


def listen_beside(context: Context, say: Callable[[str, str], None], between: Callable[[], None]) -> list[str]:
    """One round of the daemon: says what came, returns what went wrong; `between` may end it after any account."""
    accounts = context.settings.accounts
    deaf = all(map(why_deaf, accounts.values())) and not has_feeds(context)
    if deaf and not open_office(context).inbox.exists():
        return []
    found = listen(context, accounts, between)
    new = sum(one.gathered.new for one in found)
    if new:
        said = ngettext("{count} new message", "{count} new messages", new)
        say("heard", _("heard: {messages}").format(messages=said))
    return [f"{one.account}: {one.failure}" for one in found if one.failure]


@contextmanager
def opened(context: Context, *, read_only: bool = False) -> Iterator[Inbox]:
    """The workspace's inbox."""
    place = find_inbox(context.state, context.settings, context.environ)
    with open_inbox(place, now=context.clock.now(), read_only=read_only) as inbox:
        yield inbox


@contextmanager
def maybe_ledger(context: Context) -> Iterator[Ledger | None]:
    """The workspace's ledger, where there is one."""
    if not context.ledger.exists():
        yield None
        return
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        yield ledger


def named_accounts(context: Context, name: str) -> Mapping[str, Account]:
    """All accounts, or the one of that name. Raises `UsageError` with near names."""
    accounts = context.settings.accounts
    if name and name not in accounts:
        raise UsageError(unknown_name(_("account"), name, accounts))
    return {name: accounts[name]} if name else accounts


def named_person(context: Context, name: str) -> Person:
    """The person of leitstand.toml. Raises `UsageError` with near names."""
    people = context.settings.people
    if name not in people:
        raise UsageError(unknown_name(_("person"), name, people))
    return people[name]
