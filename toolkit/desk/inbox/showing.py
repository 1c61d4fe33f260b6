"""A conversation on a page: what was said, what is known of it, what can be done, and the reply below it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.bench import lay_out
from toolkit.community.replies.book import Replies
from toolkit.desk.endpoint import Page, Visit
from toolkit.desk.inbox.asking import Asked, conversation_path, read_asked, read_back
from toolkit.desk.inbox.beside import (
    Above,
    Earlier,
    Reason,
    Role,
    find_above,
    find_earlier,
    known_labels,
    reasons,
    roles,
)
from toolkit.desk.inbox.editor import Editor, Trouble, Typed, begin, make_editor
from toolkit.desk.inbox.listing import list_inbox
from toolkit.desk.inbox.rows import Light, Row, make_row
from toolkit.desk.inbox.rules import verdicts
from toolkit.desk.inbox.team import Mate, mates
from toolkit.desk.inbox.thread import Deed, Item, Told, deeds, thread
from toolkit.desk.inbox.times import Later, snoozes
from toolkit.desk.permissions import Permission
from toolkit.errors import UsageError
from toolkit.messages import _, decimal
from toolkit.values import dataclass

LANGUAGES: Final = ("de", "en")


@dataclass(frozen=True, slots=True)
class Opened:
    """One conversation as it is shown."""

    row: Row
    version: int
    assignee: str  # id
    stage: str  # id
    language: str
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    log: tuple[Deed, ...]
    reasons: tuple[Reason, ...]
    score: str
    above: Above | None
    earlier: tuple[Earlier, ...]
    roles: tuple[Role, ...]
    labels: tuple[str, ...]  # that it might have
    team: tuple[Mate, ...]
    later: tuple[Later, ...]
    editor: Editor | None
    unanswerable: str
    here: str
    query: str
    back: str
    may: bool
    may_forget: bool

    @property
    def language_options(self) -> list[tuple[str, str]]:
        """What may be chosen."""
        return [("", _("unknown")), *((one, one) for one in self.languages)]


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody has in the form, and why it did not go on."""

    typed: Typed
    trouble: Trouble


def show_conversation(visit: Visit) -> Page:
    """GET /inbox/{id}."""
    with visit.house.inbox(read_only=True) as inbox:
        return page_of(visit, inbox, read_asked(visit.query))


def show_news(visit: Visit) -> Page:
    """GET /inbox/{id}/news: whether anything was said or done in it since `version` was shown."""
    with visit.house.inbox(read_only=True) as inbox:
        seen = inbox.conversation(visit.path["id"], now=visit.now)
    asked = read_asked(visit.query)
    older = visit.query.get("version", "") != str(seen.version)
    return Page("inbox/since.html", {"older": older, "here": conversation_path(seen.id) + asked.query})


def page_of(visit: Visit, inbox: Inbox, asked: Asked, writing: Writing | None = None, status: int = 200) -> Page:
    """The page of the conversation that the path names, with the list beside it."""
    seen = inbox.conversation(visit.path["id"], now=visit.now)
    opened = _open(visit, inbox, seen, asked, writing)
    return Page("inbox/inbox.html", {"open": opened, "list": list_inbox(visit, inbox, asked)}, status)


def answer_page(visit: Visit, inbox: Inbox, writing: Writing, status: int) -> Page:
    """The page again after a form that did not go on; what was typed still stands in it."""
    return page_of(visit, inbox, read_back(visit.form), writing, status)


def _open(visit: Visit, inbox: Inbox, seen: Conversation, asked: Asked, writing: Writing | None) -> Opened:
    light = Light(visit.house.settings, visit.now, visit.house.zone, asked.query)
    found = verdicts(visit.house, inbox, [seen], visit.now)[seen.id]
    editor, unanswerable = _editor(visit, inbox, seen, writing)
    entries = tuple(inbox.entries(seen))
    # What its writer has before them in the form stands there only.
    own = editor.typed.reply if editor else ""
    replies = tuple(one for one in Replies(inbox).of(seen) if one.id != own)
    told = Told(entries, tuple(inbox.remarks(seen)), replies, _shown(editor))
    language = seen.language
    return Opened(
        row=make_row(seen, found, "", light),
        version=seen.version,
        assignee=seen.assignee,
        stage=seen.stage.value,
        language=language,
        languages=tuple(dict.fromkeys((*visit.house.settings.languages, *LANGUAGES, *filter(None, (language,))))),
        items=thread(told, light),
        log=deeds(inbox.acts(seen), light),
        reasons=reasons(found),
        score=decimal(found.score, ".1f"),
        above=find_above(seen, visit.house.workspace),
        earlier=find_earlier(inbox, seen, light),
        roles=roles(inbox, seen),
        labels=tuple(one for one in known_labels(inbox, visit) if one not in seen.labels),
        team=mates(visit.house.settings, visit.now.astimezone(visit.house.zone).date()),
        later=snoozes(visit.now, visit.house.zone),
        editor=editor,
        unanswerable=unanswerable,
        here=conversation_path(seen.id),
        query=asked.query,
        back=asked.address(after=asked.after),
        may=Permission.ANSWER in visit.may,
        may_forget=Permission.APPROVE in visit.may,
    )


def _shown(editor: Editor | None) -> datetime | None:
    """Up to which moment whoever writes had read; what came later is marked."""
    return datetime.fromisoformat(editor.typed.shown) if editor and editor.typed.shown else None


def _editor(visit: Visit, inbox: Inbox, seen: Conversation, writing: Writing | None) -> tuple[Editor | None, str]:
    """The editor, or why there is none."""
    if Permission.ANSWER not in visit.may:
        return None, _("you may read here, not answer")
    try:
        bench = lay_out(inbox, seen.id, visit.house.workspace, visit.now)
    except UsageError as error:
        return None, str(error)
    if writing is None:
        return make_editor(visit, bench, begin(bench, visit.person)), ""
    return make_editor(visit, bench, writing.typed, writing.trouble), ""
