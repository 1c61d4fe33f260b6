"""What was said in a conversation, in order: theirs, ours, the team's notes, replies that are not out; as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.community.inbox.conversation import Act, Entry, Remark
from toolkit.community.inbox.saying import act_word, readable
from toolkit.community.replies.reply import Reply
from toolkit.community.replies.saying import state_word
from toolkit.database import surely
from toolkit.desk.inbox.rows import Light, line
from toolkit.desk.inbox.team import name_of
from toolkit.desk.inbox.times import Said, say
from toolkit.desk.rendering import web_link
from toolkit.messages import _
from toolkit.values import dataclass

_ID: Final = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One of them. `kind` is as `message` of parts.html has it; `fresh` came after the reply was begun."""

    author: str
    when: Said
    text: str
    kind: str = ""  # "", note, draft, gone
    ours: bool = False
    states: tuple[str, ...] = ()
    url: str = ""  # http or https only
    media: tuple[str, ...] = ()
    mood: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One act for the log."""

    who: str
    when: Said
    what: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that stands in a conversation, and from which moment on it is new to whoever writes."""

    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]
    replies: tuple[Reply, ...]
    since: datetime | None = None


def thread(told: Told, light: Light) -> tuple[Item, ...]:
    """All of it, the oldest first; replies that are out stand there as messages already."""
    items: list[tuple[datetime, int, Item]] = [
        (one.message.at, 0, _entry(one, told.since, light)) for one in told.entries
    ]
    items += [(one.at, 1, _remark(one, light)) for one in told.remarks]
    under_way = (one for one in told.replies if one.state.written or one.state.going)
    items += [(one.changed_at, 2, _reply(one, light)) for one in under_way]
    return tuple(item for _at, _rank, item in sorted(items, key=lambda one: one[:2]))


def deeds(acts: Iterable[Act], light: Light) -> tuple[Deed, ...]:
    """The log, the newest first."""
    found = [Deed(name_of(light.settings, one.by), _when(one.at, light), _say_act(one, light)) for one in acts]
    return tuple(reversed(found))


def _say_act(act: Act, light: Light) -> str:
    """With people by their names and moments on the house's clock."""
    detail = act.detail
    if act.what == "assigned":
        # The log has ids: who has it, and in brackets for whom they stand in.
        detail = _ID.sub(lambda found: name_of(light.settings, found[0]), detail)
    elif act.what == "snoozed":
        detail = say(surely(detail), light.now, light.zone).short
    return act_word(replace(act, detail=detail))


def _entry(entry: Entry, since: datetime | None, light: Light) -> Item:
    message = entry.message
    gone = entry.forgotten or entry.deleted_at is not None
    return Item(
        author=_("we") if message.own else line(message.name or message.author) or _("(forgotten)"),
        when=_when(message.at, light),
        text="" if gone else readable(message.text),
        kind="gone" if gone else "",
        ours=message.own,
        states=tuple(_states(entry, light)),
        url=web_link(message.url),
        media=tuple(filter(None, map(web_link, message.media))),
        fresh=since is not None and not message.own and entry.heard_at > since,
    )


def _states(entry: Entry, light: Light) -> Iterator[str]:
    message = entry.message
    if entry.forgotten:
        yield _("forgotten")
    elif entry.deleted_at is not None:
        yield _("taken back, seen {moment}").format(moment=_when(entry.deleted_at, light).short)
    if message.edited_at is not None:
        yield _("edited {moment}").format(moment=_when(message.edited_at, light).short)
    if message.automatic:
        yield _("written by a machine")


def _remark(one: Remark, light: Light) -> Item:
    return Item(name_of(light.settings, one.by), _when(one.at, light), one.text, "note", ours=True, states=(_("note"),))


def _reply(one: Reply, light: Light) -> Item:
    states = (_("reply"), state_word(one.state), *((one.note,) if one.note else ()))
    return Item(name_of(light.settings, one.author), _when(one.changed_at, light), one.text, "draft", True, states)


def _when(moment: datetime, light: Light) -> Said:
    return say(moment, light.now, light.zone)
