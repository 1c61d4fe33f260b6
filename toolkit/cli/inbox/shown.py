"""What `inbox` says, as tables and lines for people and as objects for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from toolkit.cli.context import Context, console, table_console
from toolkit.cli.rows import local_time
from toolkit.community.inbox.conversation import Act, Conversation, Entry, Remark, Stage
from toolkit.community.inbox.fetching import Heard
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.saying import act_word, author_word, kind_word, readable, since_word, stage_word
from toolkit.messages import _, decimal, ngettext
from toolkit.model import Message, Showing

if TYPE_CHECKING:
    from rich.table import Table

# Words carry the meaning; colours repeat it.
COLOURS: Final = {Stage.NEW: "bold red", Stage.OPEN: "yellow", Stage.WAITING: "cyan", Stage.SNOOZED: "dim"}
WIDEST: Final = 60  # letters of what somebody wrote, in a list
FEWEST: Final = 12
NARROW: Final = {4: 8, 5: 4, 3: 4}  # column → how narrow it may become: who, whose, account


def inbox_table(found: Iterable[tuple[Conversation, str]], now: datetime, width: int) -> Table:
    """The conversations with the beginning of what was said last, which takes the room that is left of `width`."""
    from rich.table import Table
    from rich.text import Text

    names = ("id", _("stage"), _("waits"), _("account"), _("who"), _("whose"))
    rows = [(one, _cells(one, now), excerpt(text, one)) for one, text in found]
    wanted = [max(len(name), *(len(cells[column]) for _one, cells, _t in rows)) for column, name in enumerate(names)]
    widths = _fit(wanted, width)
    left = max(width - sum(widths) - len(widths), FEWEST)
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(names[0], no_wrap=True, min_width=widths[0])
    for name in (*map(cut, names[1:], widths[1:]), _("what")):
        table.add_column(name, no_wrap=True)
    for one, cells, text in rows:
        styles = ("", COLOURS.get(one.stage, ""), "", "", "", "")
        table.add_row(*map(Text, map(cut, cells, widths), styles), Text(cut(text, left)))
    return table


def _fit(wanted: Sequence[int], width: int) -> list[int]:
    """The columns' widths; where the line is too short names of people and accounts give way, and never the id."""
    widths, over = list(wanted), sum(wanted) + len(wanted) + FEWEST - width
    for column, least in NARROW.items():
        taken = min(max(over, 0), max(widths[column] - least, 0))
        widths[column], over = widths[column] - taken, over - taken
    return widths


def _cells(one: Conversation, now: datetime) -> tuple[str, ...]:
    who, whose = cut(author_word(one), 18), cut(one.assignee or "-", 8)
    return short(one.id), stage_word(one.stage), since_word(one, now), cut(one.channel, 10), who, whose


def excerpt(text: str, conversation: Conversation) -> str:
    """One line of it: labels, subject, text."""
    labels = " ".join(f"#{label}" for label in conversation.labels)
    said = " ".join(readable(f"{conversation.subject} {text}").split())
    return " ".join(filter(None, (labels, cut(said, WIDEST))))


def cut(text: str, width: int) -> str:
    """At most so many letters of it."""
    return text if len(text) <= width else text[: width - 1] + "…"


def conversation_lines(
    conversation: Conversation, entries: Iterable[Entry], beside: Iterable[Remark | Act], context: Context
) -> Iterator[str]:
    """The whole conversation: where it stands, what was said, what we noted and did."""
    yield f"{conversation.id}  {stage_word(conversation.stage)}  {conversation.channel}, {kind_word(conversation.kind)}"
    yield from filter(None, (_who(conversation), _where(conversation), _state(conversation, context)))
    moments: list[tuple[datetime, int, list[str]]] = [
        (entry.message.at, 0, list(_entry_lines(entry, context))) for entry in entries
    ]
    moments += [(one.at, 1, [_beside_line(one, context)]) for one in beside]
    for _at, _kind, lines in sorted(moments, key=lambda moment: moment[:2]):
        yield ""
        yield from lines


def _who(conversation: Conversation) -> str:
    known = [readable(conversation.name), author_word(conversation)]
    if conversation.reach is not None:
        known.append(ngettext("{count} follower", "{count} followers", conversation.reach))
    return ", ".join(filter(None, known))


def _where(conversation: Conversation) -> str:
    if not conversation.below and not conversation.subject:
        return ""
    told = [_("below {post}").format(post=conversation.uid or conversation.below)] if conversation.below else []
    return ", ".join([*told, *filter(None, [readable(conversation.subject)])])


def _state(conversation: Conversation, context: Context) -> str:
    told = []
    if conversation.waiting_since is not None:
        told.append(_("waits since {moment}").format(moment=local_time(conversation.waiting_since, context)))
    if conversation.snoozed_until is not None:
        told.append(_("snoozed until {moment}").format(moment=local_time(conversation.snoozed_until, context)))
    if conversation.assignee:
        told.append(_("assigned to {person}").format(person=conversation.assignee))
    told += [f"#{label}" for label in conversation.labels]
    if conversation.score:
        told.append(_("urgency {score}").format(score=decimal(conversation.score, ".1f")))
    return ", ".join(told)


def _entry_lines(entry: Entry, context: Context) -> Iterator[str]:
    message = entry.message
    who = _("we") if message.own else readable(message.name or message.author) or _("(forgotten)")
    edited = _(", edited {moment}").format(moment=local_time(message.edited_at, context)) if message.edited_at else ""
    yield f"{local_time(message.at, context)}  {who}{edited}{_shown(message)}"
    if message.url:
        yield f"  {readable(message.url)}"
    if entry.forgotten:
        yield "  " + _("(forgotten)")
    elif entry.deleted_at is not None:
        yield "  " + _("(taken back, seen {moment})").format(moment=local_time(entry.deleted_at, context))
    else:
        yield from (f"  {line}" for line in readable(message.text).splitlines())
        yield from (f"  [{readable(address)}]" for address in message.media)


def _shown(message: Message) -> str:
    """Where others cannot see it there, or it says that our answer came back."""
    words = {Showing.SHOWN: "", Showing.HELD: _(", waits there for approval"), Showing.HIDDEN: _(", hidden there")}
    return words[message.showing] + (_(", our answer came back") if message.bounced else "")


def _beside_line(one: Remark | Act, context: Context) -> str:
    by = one.by or "Leitstand"
    if isinstance(one, Remark):
        text = " ".join(one.text.split())
        return _("{moment}  note by {person}: {text}").format(moment=local_time(one.at, context), person=by, text=text)
    return f"{local_time(one.at, context)}  {by}: {act_word(one)}"


def heard_lines(found: Iterable[Heard], deaf: Iterable[tuple[str, str]], context: Context) -> Iterator[str]:
    """One line per account: what came, what could not be had and why."""
    for one in found:
        if not one.waiting and not one.failure:
            yield _account_line(one)
        if one.unheard:
            yield _("· {account}: {reason}").format(account=one.account, reason=one.unheard)
    for one in found:
        if one.failure:
            again = local_time(one.again_at, context) if one.again_at else ""
            said = _("! {account}: {reason}; asked again from {moment}")
            yield said.format(account=one.account, reason=one.failure, moment=again)
    for account, reason in deaf:
        yield _("- {account}: {reason}").format(account=account, reason=reason)


def _account_line(one: Heard) -> str:
    said = [ngettext("{count} new message", "{count} new messages", one.gathered.new)]
    if one.gathered.changed:
        said.append(ngettext("{count} changed", "{count} changed", one.gathered.changed))
    if one.counted:
        said.append(ngettext("{count} counted", "{count} counted", one.counted))
    if one.deleted:
        said.append(ngettext("{count} taken back", "{count} taken back", one.deleted))
    return f"{one.account}: {', '.join(said)}"


def print_table(found: Sequence[tuple[Conversation, str]], now: datetime) -> None:
    """The table on the terminal, as wide as that is."""
    terminal = table_console()
    terminal.print(inbox_table(found, now, terminal.width))


def print_lines(lines: Iterable[str]) -> None:
    """The lines as they are: nothing in them is markup."""
    terminal = console()
    for line in lines:
        terminal.print(line, markup=False)
