"""One round over the feeds of others; the daemon does the same beside publishing, with all other listening."""

from __future__ import annotations

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.listening.filing import Filing
from toolkit.cli.listening.office import Sequel, maybe_ledger, opened
from toolkit.cli.rows import local_time
from toolkit.community.mentions.hearing import FeedHeard, hear_feeds
from toolkit.community.mentions.memory import read_memory, write_memory
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.networks.opening import open_web
from toolkit.workspace.feeds import FEEDS, Kind, Reading, read_feeds

KINDS = tuple(one for one in Kind if one is not Kind.OURS)


def fetch(*, folder: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Ask each feed whose time has come, once a quarter of an hour at most; exit 1 when one could not be read."""
    context = open_context(folder, now)
    reading, problems = read_feeds(context.tree)
    wrong = [str(one) for one in problems if one.severity is Severity.ERROR]
    found = _hear(context, reading) if any(feed.kind in KINDS for feed in reading.feeds) else []
    if as_json:
        print_json({"feeds": [_json(one) for one in found], "problems": wrong})
    else:
        for line in (*wrong, *(_line(one, context) for one in found)):
            console().print(line, markup=False)
        if not found and not wrong:
            message = _("no feeds of competitors, authorities or topics; name them in {path}, each with its kind")
            console().print(message.format(path=FEEDS), markup=False)
    failed = any(one.failure and not one.waiting for one in found)
    return EXIT_PROBLEMS if failed or wrong else EXIT_CLEAN


def _hear(context: Context, reading: Reading) -> list[FeedHeard]:
    """The round; what names the house becomes a message of the inbox, as with every other feed."""
    memory, moment = read_memory(context.state), context.clock.now()
    web, file = open_web(context.settings, context.clock), Filing(context)
    with opened(context) as inbox:
        found = hear_feeds(web, inbox, reading, memory, moment, file=file, kinds=KINDS)
        write_memory(context.state, memory)
        touched = {one for heard in found for one in heard.gathered.conversations}
        if touched:
            sequel = Sequel(context, context.load())
            sequel.judge(inbox, touched)
            with maybe_ledger(context) as ledger:
                sequel.finish(inbox, ledger)
    return found


def _line(one: FeedHeard, context: Context) -> str:
    if one.failure:
        again = local_time(one.again_at, context) if one.again_at else ""
        words = _("{feed}: {reason}; asked again from {moment}") if again else "{feed}: {reason}"
        return words.format(feed=one.feed, reason=one.failure, moment=again)
    if one.waiting:
        return _("{feed}: asked a moment ago").format(feed=one.feed)
    if one.first:
        known = ngettext("{count} entry", "{count} entries", one.filed)
        return _("{feed}: heard for the first time; what is usual is known from {known}").format(
            feed=one.feed, known=known
        )
    new = ngettext("{count} new entry", "{count} new entries", one.filed)
    if not one.gathered.new:
        return f"{one.feed}: {new}"
    named = ngettext("{count} of them names us", "{count} of them name us", one.gathered.new)
    return f"{one.feed}: {new}, {named}"


def _json(one: FeedHeard) -> dict[str, object]:
    return {
        "feed": one.feed,
        "new": 0 if one.first else one.filed,
        "earlier": one.filed if one.first else 0,
        "mentions": one.gathered.new,
        "failure": one.failure,
        "waiting": one.waiting,
        "again_at": one.again_at.isoformat() if one.again_at else None,
        "dead": one.dead,
    }
