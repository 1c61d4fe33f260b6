"""What people do with one conversation: whose it is, how far it is, what it is called, who its author is to us, forgetting them.

Each change names the version that its person saw; who comes second is told so and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.forgetting import Forgotten, find_author, forget, texts_of
from toolkit.community.inbox.saying import stage_word
from toolkit.community.inbox.sounds import Ear, note_sound
from toolkit.community.triage.assigning import find_taker
from toolkit.dates import say_moment
from toolkit.desk.endpoint import Page, Redirect, Visit
from toolkit.desk.inbox.asking import PATH, conversation_path, read_back
from toolkit.desk.inbox.rows import line
from toolkit.desk.inbox.times import read_later
from toolkit.errors import ChangedError, UsageError
from toolkit.messages import _, ngettext
from toolkit.settings import unknown_name
from toolkit.workspace import AuthorRole

LABEL: Final = re.compile(r"\w[\w.-]{0,59}")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", re.ASCII)
Work = Callable[[Inbox, Conversation], str]  # does it, and says what was done


def assign(visit: Visit) -> Redirect:
    """POST /inbox/{id}/assign: `who` is a person, or "" for nobody."""
    return _decide(visit, lambda inbox, seen: give_to(visit, inbox, seen, visit.form.get("who", "")))


def give_to(visit: Visit, inbox: Inbox, seen: Conversation, who: str) -> str:
    """Make it somebody's; of whoever is away the deputy takes it."""
    settings = visit.house.settings
    if not who:
        inbox.assign(seen, "", visit.person, visit.now)
        return _("it is nobody's now")
    if who not in settings.people:
        raise UsageError(unknown_name(_("person"), who, settings.people))
    taker = find_taker(settings.people[who], settings, visit.now.astimezone(visit.house.zone).date())
    inbox.assign(seen, taker.person.key, visit.person, visit.now, taker.detail)
    if taker.stands_in:
        message = _("{person} is away; {deputy} stands in")
        return message.format(person=settings.people[who].name, deputy=taker.person.name)
    return _("assigned to {person}").format(person=taker.person.name)


def snooze(visit: Visit) -> Redirect:
    """POST /inbox/{id}/snooze: `until` is one of `snoozes`, or a moment."""
    return _decide(visit, lambda inbox, seen: put_away(visit, inbox, seen), leaves=True)


def put_away(visit: Visit, inbox: Inbox, seen: Conversation) -> str:
    """Until then, or until they write again."""
    told = visit.form.get("until", "") or visit.form.get("moment", "")
    until = read_later(told, visit.now, visit.house.zone)
    inbox.snooze(seen, until, visit.person, visit.now)
    return _("snoozed until {moment}").format(moment=say_moment(until.astimezone(visit.house.zone)))


def set_stage(visit: Visit) -> Redirect:
    """POST /inbox/{id}/stage: `to` is done or open."""
    to = visit.form.get("to", "")
    if to not in (Stage.DONE, Stage.OPEN):
        raise UsageError(unknown_name(_("stage"), to, {"done": "", "open": ""}))

    def work(inbox: Inbox, seen: Conversation) -> str:
        inbox.set_stage(seen, Stage(to), visit.person, visit.now)
        return f"{who_word(seen)}: {stage_word(Stage(to))}"

    return _decide(visit, work, leaves=to == Stage.DONE)


def set_labels(visit: Visit) -> Redirect:
    """POST /inbox/{id}/label: `add` (several words) and `remove`."""
    add, remove = read_labels(visit.form.get("add", "")), read_labels(visit.form.get("remove", ""))

    def work(inbox: Inbox, seen: Conversation) -> str:
        inbox.label(seen, add, remove, visit.person, visit.now)
        return ""

    return _decide(visit, work)


def read_labels(text: str) -> list[str]:
    """Words with or without ``#``, by commas or spaces. Raises `UsageError` for what is no label."""
    found = [one.removeprefix("#") for one in re.split(r"[,\s]+", text) if one.removeprefix("#")]
    wrong = next((one for one in found if not LABEL.fullmatch(one)), None)
    if wrong is not None:
        raise UsageError(_("{label!r} cannot be a label; use letters, digits, - and .").format(label=wrong[:60]))
    return found


def note(visit: Visit) -> Redirect:
    """POST /inbox/{id}/note: words for the team that no network sees."""
    text = visit.form.get("text", "").strip()
    if not text:
        raise UsageError(_("a note needs words"))
    with visit.house.inbox() as inbox:
        seen = inbox.conversation(visit.path["id"], now=visit.now)
        inbox.remark(seen, text, visit.person, visit.now)
        return _redirect(visit, seen, _("noted"))


def set_author(visit: Visit) -> Redirect:
    """POST /inbox/{id}/author: `role` as often as they have one."""
    wanted = visit.forms.get("role", ())
    for role in wanted:
        if role not in set(AuthorRole):
            raise UsageError(unknown_name(_("role"), role, {one.value: one for one in AuthorRole}))

    def work(inbox: Inbox, seen: Conversation) -> str:
        inbox.set_roles(seen, wanted, visit.person, visit.now)
        return _("noted, also for every later conversation with this author")

    return _decide(visit, work)


def set_sound(visit: Visit) -> Redirect:
    """POST /inbox/{id}/sound: how their last message really sounds, and in which language it is."""
    language, sounds = visit.form.get("language", ""), visit.form.get("sounds", "")
    if language and not LANGUAGE.fullmatch(language):
        raise UsageError(_("{language!r} is no language; write for instance de or en").format(language=language[:20]))

    def work(inbox: Inbox, seen: Conversation) -> str:
        if sounds:
            note_sound(inbox, seen, sounds, Ear(visit.house.state, visit.house.settings.languages), visit.now)
        if language and language != seen.language:
            inbox.rate(seen, language=language)
        elif not sounds:
            return _("nothing was said, so nothing changed")
        return _("noted; the order of the inbox goes by it")

    return _decide(visit, work)


def forget_author(visit: Visit) -> Page | Redirect:
    """POST /inbox/{id}/forget: first what would be forgotten; with `sure`, forget it."""
    sure = visit.form.get("sure") == "yes"
    with ExitStack() as opened:
        inbox = opened.enter_context(visit.house.inbox())
        seen = saw(inbox, visit)
        known = visit.house.ledger_place.exists()
        ledger = opened.enter_context(visit.house.ledger()) if known else None
        who = find_author(inbox, seen.author_id or seen.author, seen.account_id)
        texts = texts_of(inbox, who)
        found = forget(inbox, ledger, who, visit.now, dry_run=not sure)
    if not sure:
        values = {"author": who_word(seen), "found": found, "here": conversation_path(seen.id), "version": seen.version}
        return Page("inbox/forget.html", values)
    if texts:
        from toolkit.sentiment import forget_corrections

        forget_corrections(visit.house.state, texts)
    return Redirect(PATH, _say_forgotten(found))


def _say_forgotten(found: Forgotten) -> str:
    said = ngettext("forgotten: {count} message", "forgotten: {count} messages", found.messages).format(
        count=found.messages
    )
    if found.sent.left:
        said += " · " + _("an answer is still on its way and keeps its words; forget again when it is out")
    if not found.scrubbed:
        said += " · " + _(
            "bytes may be left in the database's files, because another process has it open or the disk is full;"
            " the next fetch tries again"
        )
    return said


def saw(inbox: Inbox, visit: Visit) -> Conversation:
    """The conversation, as long as it is what its person saw. Raises `ChangedError`."""
    seen = inbox.conversation(visit.path["id"], now=visit.now)
    if visit.form.get("version", "") != str(seen.version):
        raise changed(seen)
    return seen


def changed(seen: Conversation) -> ChangedError:
    """What who comes second is told."""
    message = _("somebody, or a new message, changed the conversation with {author} meanwhile; look at it again")
    return ChangedError(message.format(author=who_word(seen)))


def who_word(seen: Conversation) -> str:
    """Whom it is with, in a sentence."""
    return line(seen.name or seen.author) or _("(forgotten)")


def _decide(visit: Visit, work: Work, *, leaves: bool = False) -> Redirect:
    """Do it, and go on: to the list where the conversation `leaves` it, else stay."""
    with visit.house.inbox() as inbox:
        seen = saw(inbox, visit)
        notice = work(inbox, seen)
    return (
        Redirect(read_back(visit.form).address(), notice, about=seen.id) if leaves else _redirect(visit, seen, notice)
    )


def _redirect(visit: Visit, seen: Conversation, notice: str) -> Redirect:
    return Redirect(conversation_path(seen.id) + read_back(visit.form).query, notice, about=seen.id)
