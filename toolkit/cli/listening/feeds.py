"""Where this command line listens besides its accounts: the feeds, hashtags and words of `content/feeds.yml`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from toolkit.cli.context import Context
from toolkit.cli.listening.filing import Filing
from toolkit.community.crisis.house import dangers_of
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.fetching import Heard, Office, open_lines
from toolkit.community.mentions.hearing import hear_feeds
from toolkit.community.mentions.memory import Memory, read_memory, write_memory
from toolkit.community.mentions.searching import Lookout
from toolkit.community.mentions.sought import Sought, list_sought
from toolkit.community.mentions.weighing import Ear, Scales
from toolkit.community.triage.book import read_book
from toolkit.model import Severity
from toolkit.networks import all_networks
from toolkit.networks.opening import open_web
from toolkit.networks.seeking import why_blind
from toolkit.sentiment import load_classifier
from toolkit.workspace import Workspace
from toolkit.workspace.feeds import FEEDS, Reading, read_feeds

Judge = Callable[[Inbox, Collection[str]], None]


def has_feeds(context: Context) -> bool:
    """Whether the workspace listens to anything besides its accounts."""
    reading = read_feeds(context.tree)[0]
    return bool(reading.feeds) or next(list_sought(reading), None) is not None


def listen_elsewhere(context: Context, office: Office, workspace: Workspace, judge: Judge) -> list[Heard]:
    """One round over feeds, hashtags and words; `judge` gets the conversations that something new is in."""
    reading, problems = read_feeds(context.tree)
    found = [Heard(FEEDS, failure=str(one)) for one in problems if one.severity is Severity.ERROR]
    if not has_feeds(context):
        return found
    memory = read_memory(context.state)
    with open_inbox(office.inbox, now=context.clock.now()) as inbox:
        for hear in (_hear_feeds, _search):
            heard = list(hear(context, (office, workspace), inbox, (reading, memory)))
            # Each of them is written at once: a feed that was heard is heard, whatever comes of the search.
            write_memory(context.state, memory)
            for one in heard:
                if one.gathered.conversations:
                    judge(inbox, one.gathered.conversations)
            found += heard
    return found


def load_ear(context: Context, workspace: Workspace) -> Ear | None:
    """The classifier; None without the extra `community`."""
    try:
        return load_classifier(workspace.settings.languages, context.state)
    except ModuleNotFoundError:
        return None


def _hear_feeds(
    context: Context, _where: tuple[Office, Workspace], inbox: Inbox, known: tuple[Reading, Memory]
) -> Iterator[Heard]:
    reading, memory = known
    web, file = open_web(context.settings, context.clock), Filing(context)
    for one in hear_feeds(web, inbox, reading, memory, context.clock.now(), file=file) if reading.feeds else ():
        yield Heard(one.feed, one.gathered, failure=one.failure, again_at=one.again_at, waiting=one.waiting)


def _search(
    context: Context, where: tuple[Office, Workspace], inbox: Inbox, known: tuple[Reading, Memory]
) -> Iterator[Heard]:
    (office, workspace), (reading, memory) = where, known
    accounts, able = context.settings.accounts, list[Sought]()
    for one in list_sought(reading):
        said = why_blind(one.account, one.what, accounts, all_networks())
        if said:
            yield Heard(one.key, failure=said)
        else:
            able.append(one)
    if not able:
        return
    scales = Scales(read_book(workspace), dangers_of(workspace), load_ear(context, workspace))
    with open_lines(office) as (line, _posts):
        lookout = Lookout(inbox, accounts, line, scales, memory, context.clock.now())
        for heard in lookout.look(able):
            told = Heard(heard.sought.key, heard.gathered, failure=heard.failure, again_at=heard.again_at)
            yield replace(told, waiting=heard.waiting, counted=heard.counted)
