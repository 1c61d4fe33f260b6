"""Where this command line hears feeds: `content/feeds.yml`, the guarded client, the workspace's inbox."""

from __future__ import annotations

from collections.abc import Callable, Collection

from toolkit.cli.context import Context
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.fetching import Heard
from toolkit.community.inbox.place import find_inbox
from toolkit.community.mentions.hearing import hear_feeds
from toolkit.community.mentions.memory import read_memory, write_memory
from toolkit.model import Severity
from toolkit.networks.opening import open_web
from toolkit.workspace.feeds import FEEDS, read_feeds


def has_feeds(context: Context) -> bool:
    """Whether the workspace reads feeds."""
    return bool(read_feeds(context.tree)[0].feeds)


def listen_to_feeds(context: Context, judge: Callable[[Inbox, Collection[str]], None]) -> list[Heard]:
    """One round over the feeds; `judge` gets the conversations that something new is in."""
    reading, problems = read_feeds(context.tree)
    found = [Heard(FEEDS, failure=str(one)) for one in problems if one.severity is Severity.ERROR]
    if not reading.feeds:
        return found
    now, memory = context.clock.now(), read_memory(context.state)
    place = find_inbox(context.state, context.settings, context.environ)
    with open_inbox(place, now=now) as inbox:
        heard = hear_feeds(open_web(context.settings, context.clock), inbox, reading, memory, now)
        write_memory(context.state, memory)
        for one in heard:
            if one.gathered.conversations:
                judge(inbox, one.gathered.conversations)
    told = [
        Heard(one.feed, one.gathered, failure=one.failure, again_at=one.again_at, waiting=one.waiting) for one in heard
    ]
    return [*found, *told]
