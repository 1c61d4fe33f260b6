"""Writing the reply: judged while somebody types, kept whatever is wrong with it, handed in when nothing is.

Nothing that was typed is lost: what cannot go on stands in the form again, and beside it what came in between.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.replies.bench import Bench, find_suggestions, lay_out
from toolkit.community.replies.book import BegunError, Wish
from toolkit.community.replies.checking import errors_of
from toolkit.community.replies.composing import refuse_unanswerable
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.community.replies.submitting import Begun, find_begun, hand_in, keep
from toolkit.desk.endpoint import Page, Redirect, Visit
from toolkit.desk.inbox.asking import conversation_path, read_back
from toolkit.desk.inbox.editor import SUGGESTIONS, Trouble, Typed, current_stamp, judge_text, typed_of
from toolkit.desk.inbox.showing import Writing, answer_page
from toolkit.desk.inbox.times import read_moment
from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.values import dataclass

LONGEST: Final = 20_000  # letters; no network takes more
DRAFT: Final = "draft"
SUGGEST: Final = "suggest-"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What came in, and what it is about."""

    visit: Visit
    inbox: Inbox
    bench: Bench
    typed: Typed

    def again(self, mine: Reply | None, trouble: Trouble, status: int) -> Page:
        """The page once more, with what was typed and why it did not go on."""
        # What its writer had not read yet stays marked.
        fresh = typed_of(self.bench, mine, self.visit.person, self.typed.text)
        typed = replace(fresh, after=self.typed.after, shown=self.typed.shown)
        return answer_page(self.visit, self.inbox, Writing(typed, trouble), status)


def check_reply(visit: Visit) -> Page:
    """POST /inbox/{id}/check: what is wrong with the text so far. Changes nothing."""
    with visit.house.inbox(read_only=True) as inbox:
        bench = lay_out(inbox, visit.path["id"], visit.house.workspace, visit.now)
        text = visit.form.get("text", "")[:LONGEST]
        return Page("inbox/check.html", {"judged": judge_text(bench, text) if text.strip() else None})


def write_reply(visit: Visit) -> Page | Redirect:
    """POST /inbox/{id}/reply: keep it as a draft, or hand it in; or begin it with a suggestion."""
    typed = _read(visit)
    do = visit.form.get("do", "submit")
    with visit.house.inbox() as inbox:
        bench = lay_out(inbox, visit.path["id"], visit.house.workspace, visit.now)
        sheet = Sheet(visit, inbox, bench, typed)
        if do.startswith(SUGGEST):
            return _suggested(sheet, do.removeprefix(SUGGEST))
        try:
            return _write(sheet, draft=do == DRAFT)
        except BegunError:
            # A page that was left has been faster by a blink; now what it began is there to be looked at.
            return _write(sheet, draft=do == DRAFT)


def _write(sheet: Sheet, *, draft: bool) -> Page | Redirect:
    """Raises `BegunError` where another request has begun a reply since this one looked for it."""
    bench, visit = sheet.bench, sheet.visit
    begun = find_begun(bench, visit.person)
    mine, clash = begun.mine, _clash(sheet, begun)
    if clash is not None:
        return sheet.again(mine, clash, 409)
    if not sheet.typed.text:
        return _emptied(sheet, mine, draft=draft)
    try:
        if mine is not None and draft and _is_kept(sheet, mine):
            return _back(sheet, mine, _("draft saved"))
        refuse_unanswerable(bench.account, bench.message, private=visit.form.get("private") == "1")
        mine = keep(bench, mine, _wish(sheet), after=_seen(sheet))
    except BegunError:
        raise
    except LeitstandError as error:
        return sheet.again(mine, Trouble(str(error)), 422 if isinstance(error, UsageError) else 409)
    return _go_on(sheet, mine, draft=draft)


def _is_kept(sheet: Sheet, mine: Reply) -> bool:
    """Whether the draft says just that already: a page that was loaded again sends its text twice, in any order."""
    wish = _wish(sheet)
    same = (mine.text, mine.send_after, mine.stamp) == (wish.text, wish.send_after, current_stamp(sheet.bench))
    return same and mine.state is ReplyState.DRAFT and sheet.typed.stamp == mine.stamp


def _emptied(sheet: Sheet, mine: Reply | None, *, draft: bool) -> Page | Redirect:
    """Who takes every word out of a draft and keeps it so does not want it; sent is nothing."""
    if mine is None or not draft:
        return sheet.again(mine, Trouble(_("there is nothing to send; write an answer")), 422)
    gone = sheet.bench.replies.drop(mine, sheet.visit.person, sheet.visit.now)
    return _back(sheet, gone, _("the draft is gone"))


def _go_on(sheet: Sheet, mine: Reply | None, *, draft: bool) -> Page | Redirect:
    """The text is kept; now it is handed in, if nothing is in the way."""
    bench, visit = sheet.bench, sheet.visit
    if mine is None:
        raise UsageError(_("there is nothing to send; write an answer"))
    if sheet.typed.stamp != current_stamp(bench):
        newer = _("something was said while you were writing; read it, then send. Your text is kept as a draft")
        return sheet.again(mine, Trouble(newer), 409)
    if draft:
        return _back(sheet, mine, _("draft saved"))
    if errors_of(bench.check(mine.text)):
        wrong = _("this cannot go out yet; it is kept as a draft. What is wrong stands below the text")
        return sheet.again(mine, Trouble(wrong), 422)
    failure = hand_in(bench, mine, visit.person)
    now = bench.replies.reply(mine.id)
    if failure:
        return sheet.again(now, Trouble(failure), 409)
    said = {ReplyState.REVIEW: _("handed in; it waits for approval"), ReplyState.APPROVED: _say_going(now)}
    return _back(sheet, now, said.get(now.state, _("saved")))


def _say_going(reply: Reply) -> str:
    if reply.send_after is not None:
        return _("approved; it goes out with the first publish after the moment that you chose")
    return _("approved; it goes out with the next publish")


def _back(sheet: Sheet, reply: Reply, notice: str) -> Redirect:
    query = read_back(sheet.visit.form).query
    return Redirect(conversation_path(sheet.bench.seen.id) + query, notice, about=reply.id)


def _suggested(sheet: Sheet, number: str) -> Page:
    """The form with a suggestion in it, below whatever stands there."""
    found = find_suggestions(sheet.bench, SUGGESTIONS)
    index = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0
    if not 1 <= index <= len(found):
        raise UsageError(_("there is no such suggestion any more; load the page again"))
    text = "\n\n".join(filter(None, (sheet.typed.text.strip(), found[index - 1].source.text)))
    typed = replace(sheet.typed, text=text)
    return answer_page(sheet.visit, sheet.inbox, Writing(typed, Trouble()), 200)


def _clash(sheet: Sheet, begun: Begun) -> Trouble | None:
    """Whether the draft is another one than the one that stood in the form: of another window, a phone, a page that was left.

    Without a draft: whether the one of the form is finished, or another one was begun and finished since. What arrives so
    late is kept nowhere but in the form, or a reply that is out would be followed by a draft of its older words.
    """
    typed, mine = sheet.typed, begun.mine
    if mine is None:
        if not typed.reply and begun.count == _seen(sheet):
            return None
        done = _("you have already answered here since this page was made; what stands in the form is not kept yet")
        return Trouble(done)
    if (typed.reply == mine.id and typed.version == str(mine.version)) or typed.text == mine.text:
        return None
    words = _(
        "your draft was changed elsewhere meanwhile; both texts stand here. Sending again keeps the one in the form"
    )
    return Trouble(words, mine.text)


def _seen(sheet: Sheet) -> int:
    """How many replies its writer had begun here when the form was made; -1 where it does not say."""
    version = sheet.typed.version
    return (
        int(version) if not sheet.typed.reply and version.isascii() and version.isdigit() and len(version) < 9 else -1
    )


def _wish(sheet: Sheet) -> Wish:
    after = read_moment(sheet.typed.after, sheet.visit.house.zone) if sheet.typed.after else None
    return Wish(sheet.typed.text, sheet.visit.person, sheet.bench.message.private, send_after=after)


def _read(visit: Visit) -> Typed:
    form = visit.form
    text = form.get("text", "").strip()
    if len(text) > LONGEST:
        raise UsageError(_("this is longer than any answer; {count} letters at most").format(count=LONGEST))
    shown = form.get("shown", "")
    return Typed(
        text,
        form.get("after", ""),
        form.get("reply", ""),
        form.get("version", ""),
        form.get("stamp", ""),
        _moment(shown),
    )


def _moment(text: str) -> str:
    """Only what is a moment."""
    try:
        return text if datetime.fromisoformat(text).tzinfo else ""
    except ValueError:
        return ""
