"""The reply at the desk: judged while it is typed, kept whatever happens, handed in once; then the yes of somebody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.community.inbox.inboxes import hear, said
from tests.desk.inbox.house_of import NOW, seen, visit
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.book import BegunError, Replies, Wish
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.desk.endpoint import Page, Redirect
from toolkit.desk.house import House
from toolkit.desk.inbox import granting, waiting, writing
from toolkit.desk.inbox.editor import Editor, Judged
from toolkit.desk.inbox.showing import Opened, show_conversation, show_news
from toolkit.desk.inbox.waiting import Under
from toolkit.errors import ChangedError, UsageError


def opened(page: object) -> Opened:
    assert isinstance(page, Page)
    found = page.values["open"]
    assert isinstance(found, Opened)
    return found


def editor(page: object) -> Editor:
    found = opened(page).editor
    assert found is not None
    return found


def form_of(house: House, remote_id: str, person: str = "mai") -> dict[str, str]:
    """The fields of the form as the page shows it now."""
    shown = editor(show_conversation(visit(house, person, name=seen(house, remote_id).id)))
    typed = shown.typed
    return {
        "text": typed.text,
        "reply": typed.reply,
        "version": typed.version,
        "stamp": typed.stamp,
        "shown": typed.shown,
        "private": str(int(shown.private)),
    }


def send(house: House, remote_id: str, form: dict[str, str], person: str = "mai", **more: str) -> Page | Redirect:
    """The form is sent; it is the time at which the page was shown, or later."""
    return writing.write_reply(visit(house, person, name=seen(house, remote_id).id, form={**form, **more}))


def replies_of(house: House, remote_id: str) -> list[Reply]:
    with house.inbox(read_only=True) as inbox:
        return Replies(inbox).of(seen(house, remote_id))


def under(house: House, person: str) -> Under:
    found: Any = waiting.show_replies(visit(house, person)).values["under"]
    assert isinstance(found, Under)
    return found


def test_without_danger_sending_is_enough(house: House) -> None:
    """Checked, kept and approved with one press; the page says who reads it and that no yes is needed."""
    shown = editor(show_conversation(visit(house, "mai", name=seen(house, "c1").id)))
    assert ("everybody reads it" in shown.room, shown.needs_yes, bool(shown.otherwise)) == (True, False, True)
    done = send(house, "c1", form_of(house, "c1"), text="Er kommt morgen.")
    (reply,) = replies_of(house, "c1")
    assert isinstance(done, Redirect)
    assert (reply.state, reply.text, reply.author, done.about) == (
        ReplyState.APPROVED,
        "Er kommt morgen.",
        "mai",
        reply.id,
    )


def test_danger_waits_for_a_manager(house: House) -> None:
    """The page names the class and who has to say yes; her own does not count, the manager's does."""
    shown = editor(show_conversation(visit(house, "mai", name=seen(house, "s1").id)))
    assert ("class 2" in shown.approval, "Tarek" in shown.approval) == (True, True)
    send(house, "s1", form_of(house, "s1"), text="Das tut uns leid, bitte nicht trinken.")
    (draft,) = under(house, "tarek").waiting
    assert (draft.refusal, draft.risk, draft.judged.ready) == ("", 2, True)
    assert [item.text for item in draft.items] == ["Da war ein Splitter drin!"]
    assert under(house, "mai").waiting[0].refusal
    form = {"version": str(draft.version)}
    with pytest.raises(UsageError, match="somebody else"):
        granting.approve(visit(house, "mai", name=draft.id, form=form))
    granting.approve(visit(house, "tarek", name=draft.id, form=form))
    (reply,) = replies_of(house, "s1")
    assert (reply.state, reply.approved_by) == (ReplyState.APPROVED, "tarek")
    (going,) = under(house, "tarek").going
    assert "next publish" in going.words


def test_an_open_placeholder_keeps_it_a_draft(house: House) -> None:
    """A suggestion comes with its source; until its gap is filled it is kept, said what is wrong, and not handed in."""
    form = form_of(house, "c1")
    begun = editor(send(house, "c1", form, do="suggest-1", text="Moin!"))
    assert begun.typed.text == "Moin!\n\nDein Kaffee ist unterwegs, {vorname}."
    assert begun.ideas[0].source.startswith("guidelines/replies/lieferverzug.md")
    assert begun.judged.open == ("{vorname}",)
    refused = send(house, "c1", form, text=begun.typed.text)
    assert isinstance(refused, Page)
    assert refused.status == 422
    (reply,) = replies_of(house, "c1")
    assert (reply.state, reply.text) == (ReplyState.DRAFT, begun.typed.text)
    again = editor(refused)
    assert (again.typed.text, again.typed.reply, again.typed.version) == (reply.text, reply.id, str(reply.version))


def test_a_newer_message_keeps_the_words_and_asks_again(house: House) -> None:
    """They write while she types: nothing goes out, the text stays, the new message is marked; sent again it goes."""
    form = form_of(house, "c1")
    with house.inbox() as inbox:
        hear(inbox, said("c2", text="Er ist da!", answers="c1", minute=5), now=NOW.replace(minute=30))
    refused = send(house, "c1", form, text="Er kommt morgen.")
    assert isinstance(refused, Page)
    again = editor(refused)
    assert (refused.status, again.typed.text) == (409, "Er kommt morgen.")
    assert "while you were writing" in again.trouble.words
    assert [item.text for item in opened(refused).items if item.fresh] == ["Er ist da!"]
    assert replies_of(house, "c1")[0].state is ReplyState.DRAFT
    send(house, "c1", form_of(house, "c1"), text="Wie schön!")
    assert [(one.state, one.text) for one in replies_of(house, "c1")] == [(ReplyState.APPROVED, "Wie schön!")]


def test_two_windows_lose_no_word(house: House) -> None:
    """The draft was changed on the phone: both texts stand there, and the next press keeps the one in the form."""
    form = form_of(house, "c1")
    send(house, "c1", form, text="Vom Telefon", do="draft")
    refused = send(house, "c1", form, text="Vom Rechner", do="draft")
    assert isinstance(refused, Page)
    again = editor(refused)
    assert (refused.status, again.typed.text, again.trouble.theirs) == (409, "Vom Rechner", "Vom Telefon")
    assert replies_of(house, "c1")[0].text == "Vom Telefon"
    typed = {"reply": again.typed.reply, "version": again.typed.version, "stamp": again.typed.stamp, "private": "0"}
    assert isinstance(send(house, "c1", typed, text="Vom Rechner", do="draft"), Redirect)
    assert [one.text for one in replies_of(house, "c1")] == ["Vom Rechner"]


def test_the_same_press_twice_writes_once(house: House) -> None:
    """An impatient finger: one reply, one yes."""
    form = form_of(house, "c1")
    send(house, "c1", form, text="Er kommt morgen.")
    second = send(house, "c1", form, text="Er kommt morgen.")
    assert isinstance(second, Page)
    assert (second.status, "already" in editor(second).trouble.words) == (409, True)
    states = sorted(one.state for one in replies_of(house, "c1"))
    assert states.count(ReplyState.APPROVED) == 1


def test_the_same_draft_twice_is_one_and_what_follows_the_first_goes_on(house: House) -> None:
    """A page loaded again sends its text before and after: the draft keeps its version, so no clash is told of."""
    form = {**form_of(house, "c1"), "text": "Wir sehen nach.", "do": "draft"}
    send(house, "c1", form)
    first = form_of(house, "c1")
    send(house, "c1", form)
    assert isinstance(send(house, "c1", {**first, "text": "Wir sehen gleich nach.", "do": "draft"}), Redirect)
    assert [one.text for one in replies_of(house, "c1")] == ["Wir sehen gleich nach."]


def test_a_save_that_arrives_late_changes_nothing(house: House) -> None:
    """The page that was left sends its words after the next page has gone on, and again after the reply is out."""
    left = {**form_of(house, "c1"), "text": "Liebe An", "do": "draft"}
    here = form_of(house, "c1")
    send(house, "c1", here, text="Liebe Anna, er kommt morgen.", do="draft")
    late = send(house, "c1", left)
    assert isinstance(late, Page)
    assert (late.status, editor(late).typed.text) == (409, "Liebe An")
    sent = form_of(house, "c1")
    assert isinstance(send(house, "c1", sent), Redirect)
    for form in (left, {**sent, "text": "Liebe Anna", "do": "draft"}):
        late = send(house, "c1", form)
        assert isinstance(late, Page)
        assert (late.status, "already answered" in editor(late).trouble.words) == (409, True)
    [reply] = replies_of(house, "c1")
    assert (reply.state, reply.text) == (ReplyState.APPROVED, "Liebe Anna, er kommt morgen.")
    again = form_of(house, "c1")
    assert isinstance(send(house, "c1", again, text="Und noch etwas.", do="draft"), Redirect)
    assert len(replies_of(house, "c1")) == 2


def test_two_saves_at_the_same_moment_are_one_draft(house: House) -> None:
    """The page that is left and the one that comes, both without a draft, side by side and ten times over."""
    for _time in range(10):
        form = {**form_of(house, "c1"), "text": "Wir sehen nach.", "do": "draft"}
        with ThreadPoolExecutor(max_workers=2) as both:
            done = list(both.map(lambda sent: send(house, "c1", sent), [form, form]))
        assert all(isinstance(one, Redirect) for one in done)
        [draft] = [one for one in replies_of(house, "c1") if one.state is ReplyState.DRAFT]
        send(house, "c1", form_of(house, "c1"), text="", do="draft")
        assert draft.text == "Wir sehen nach."


def test_a_save_is_judged_by_what_stood_there_at_one_moment(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another page saves the same words right after this one has looked for a draft: one draft, and no word of a clash."""
    form = {**form_of(house, "c1"), "text": "Wir sehen nach.", "do": "draft"}
    look = Replies.of

    def look_and_be_passed(replies: Replies, conversation: Conversation) -> list[Reply]:
        found = look(replies, conversation)
        monkeypatch.setattr(Replies, "of", look)
        send(house, "c1", form)
        return found

    monkeypatch.setattr(Replies, "of", look_and_be_passed)
    assert isinstance(send(house, "c1", form), Redirect)
    assert [one.text for one in replies_of(house, "c1")] == ["Wir sehen nach."]


def test_nobody_begins_two_replies_of_a_conversation(house: House) -> None:
    """Whoever asks: the second is refused in the transaction that would write it; another person's is not."""
    send(house, "c1", form_of(house, "c1"), text="Er kommt morgen.", do="draft")
    with house.inbox() as inbox:
        replies, conversation = Replies(inbox), seen(house, "c1")
        with pytest.raises(BegunError):
            replies.write(conversation, Wish("Er kommt nie.", "mai", private=False), NOW)
        with pytest.raises(BegunError):
            replies.write(conversation, Wish("Er kommt nie.", "jo", private=False), NOW, after=1)
        replies.write(conversation, Wish("Er kommt nie.", "jo", private=False), NOW, after=0)
    assert [one.author for one in replies_of(house, "c1")] == ["mai", "jo"]


def test_a_colleague_s_reply_is_named(house: House) -> None:
    """Jo sees that Mai is at it; his own yes is refused with her words."""
    send(house, "c1", form_of(house, "c1"), text="Er kommt morgen.")
    shown = editor(show_conversation(visit(house, "jo", name=seen(house, "c1").id)))
    assert [(one.author, one.text) for one in shown.others] == [("Mai Community", "Er kommt morgen.")]
    refused = send(house, "c1", form_of(house, "c1", "jo"), "jo", text="Er kommt nie.")
    assert isinstance(refused, Page)
    assert "Er kommt morgen." in editor(refused).trouble.words


@pytest.mark.parametrize(("remote_id", "private"), [("c1", "1"), ("d1", "0")])
def test_who_reads_it_is_never_changed_silently(house: House, remote_id: str, private: str) -> None:
    """A private form for what is public, or the other way round: said, and the words are still there."""
    refused = send(house, remote_id, form_of(house, remote_id), text="Hallo!", private=private)
    assert isinstance(refused, Page)
    assert (refused.status, editor(refused).typed.text) == (422, "Hallo!")
    assert replies_of(house, remote_id) == []


def test_an_empty_answer_is_none(house: House) -> None:
    """Nothing is kept, and the page says what to do."""
    refused = send(house, "c1", form_of(house, "c1"), text="   ")
    assert isinstance(refused, Page)
    assert (refused.status, replies_of(house, "c1")) == (422, [])


def test_emptied_and_sent_nothing_goes_out(house: House) -> None:
    """A draft whose words were all taken out is not sent as it was; kept empty it is dropped."""
    send(house, "c1", form_of(house, "c1"), text="Er kommt morgen.", do="draft")
    refused = send(house, "c1", form_of(house, "c1"), text="")
    assert isinstance(refused, Page)
    assert (refused.status, replies_of(house, "c1")[0].state) == (422, ReplyState.DRAFT)
    assert isinstance(send(house, "c1", form_of(house, "c1"), text="", do="draft"), Redirect)
    assert replies_of(house, "c1")[0].state is ReplyState.DROPPED


def test_who_looks_hears_of_changes(house: House) -> None:
    """The pages of replies and of a conversation tell when they are no longer what there is."""
    stamp = under(house, "tarek").stamp
    assert waiting.show_news(visit(house, "tarek", query={"stamp": stamp})).values["older"] is False
    one = seen(house, "s1")
    asked = visit(house, "tarek", name=one.id, query={"version": str(one.version)})
    assert show_news(asked).values["older"] is False
    handed_in(house)
    assert waiting.show_news(visit(house, "tarek", query={"stamp": stamp})).values["older"] is True
    with house.inbox() as inbox:
        inbox.assign(one, "jo", "jo", NOW)
    assert show_news(asked).values["older"] is True


def test_a_wrong_moment_loses_no_word(house: House) -> None:
    """`Not before` something that is none: the text stands there again."""
    refused = send(house, "c1", form_of(house, "c1"), text="Morgen!", after="übermorgen")
    assert isinstance(refused, Page)
    assert (editor(refused).typed.text, bool(editor(refused).trouble.words)) == ("Morgen!", True)


def test_the_check_counts_as_the_network_does(house: House) -> None:
    """500 letters with the name in front; nothing is written."""
    one = seen(house, "c1").id
    page = writing.check_reply(visit(house, "mai", name=one, form={"text": "ä" * 600}))
    judged = page.values["judged"]
    assert isinstance(judged, Judged)
    assert ("of 500" in judged.sizes[0].words, judged.sizes[0].tone, judged.ready) == (True, "bad", False)
    assert replies_of(house, "c1") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [("Hallo {vorname}", [""]), ("Hallo\n{vorname}", ["line 2"]), ("Hallo Ada", [])],
)
def test_a_finding_says_where_it_is(house: House, text: str, places: list[str]) -> None:
    """Not twice what the message says already; in a longer text the line."""
    page = writing.check_reply(visit(house, "mai", name=seen(house, "c1").id, form={"text": text}))
    judged = page.values["judged"]
    assert isinstance(judged, Judged)
    found = [mark.place for mark in judged.marks if mark.rule == "reply-placeholder"]
    assert found == places


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(text=st.text(max_size=300))
def test_any_text_is_judged(house: House, text: str) -> None:
    """Whatever somebody types or pastes: an answer, never an error of ours."""
    clean = text.encode("utf-8", "replace").decode()
    writing.check_reply(visit(house, "mai", name=seen(house, "c1").id, form={"text": clean}))


def handed_in(house: House) -> Reply:
    send(house, "s1", form_of(house, "s1"), text="Das tut uns leid, bitte nicht trinken.")
    (reply,) = replies_of(house, "s1")
    return reply


def test_given_back_it_comes_with_the_note(house: House) -> None:
    """The author sees why; changed and handed in again it waits anew."""
    reply = handed_in(house)
    form = {"version": str(reply.version)}
    with pytest.raises(UsageError, match="different"):
        granting.send_back(visit(house, "tarek", name=reply.id, form=form))
    granting.send_back(visit(house, "tarek", name=reply.id, form={**form, "note": "Bitte die Chargennummer erfragen."}))
    shown = editor(show_conversation(visit(house, "mai", name=seen(house, "s1").id)))
    assert (shown.note, shown.typed.text) == ("Bitte die Chargennummer erfragen.", reply.text)
    send(house, "s1", form_of(house, "s1"), text=f"{reply.text} Welche Charge?")
    assert [one.state for one in replies_of(house, "s1")] == [ReplyState.REVIEW]


def test_a_yes_is_for_what_was_read(house: House) -> None:
    """The author changed it after the manager's page was made: the yes is refused. So it is when they wrote again."""
    reply = handed_in(house)
    send(house, "s1", form_of(house, "s1"), text="Das tut uns sehr leid.")
    with pytest.raises(ChangedError):
        granting.approve(visit(house, "tarek", name=reply.id, form={"version": str(reply.version)}))
    (now,) = replies_of(house, "s1")
    with house.inbox() as inbox:
        hear(inbox, said("s2", answers="s1", author="@sam@far.example", minute=5))
    with pytest.raises(ChangedError, match="since it was written"):
        granting.approve(visit(house, "tarek", name=reply.id, form={"version": str(now.version)}))
    (stale,) = replies_of(house, "s1")
    assert (stale.state, bool(stale.note)) == (ReplyState.STALE, True)
    granting.approve(visit(house, "tarek", name=reply.id, form={"version": str(stale.version)}))


def test_only_the_author_or_an_approver_drops_it(house: House) -> None:
    """A colleague may not; the author may."""
    reply = handed_in(house)
    form = {"version": str(reply.version)}
    with pytest.raises(UsageError, match="only its author"):
        granting.drop(visit(house, "jo", name=reply.id, form=form))
    granting.drop(visit(house, "mai", name=reply.id, form=form))
    assert replies_of(house, "s1")[0].state is ReplyState.DROPPED
    assert under(house, "tarek").waiting == ()


def test_what_expired_says_what_to_do(house: House) -> None:
    """Nobody said yes in time: it stands there with reason and remedy for a week."""
    from dataclasses import replace

    reply = handed_in(house)
    with house.inbox() as inbox:
        Replies(inbox).change(reply, replace(reply, state=ReplyState.EXPIRED, changed_at=NOW), "", "expired")
    (gone,) = under(house, "mai").expired
    assert (gone.text, bool(gone.words), bool(gone.remedy)) == (reply.text, True, True)


def test_who_may_only_read_has_no_editor(house: House) -> None:
    """And is told so."""
    shown = opened(show_conversation(visit(house, "ada", name=seen(house, "c1").id)))
    assert (shown.editor, shown.may) == (None, False)
    assert shown.unanswerable


def test_only_what_came_after_the_reply_is_marked_new(house: House) -> None:
    """Beside a reply that is still current nothing is marked; after they wrote again their words are."""
    handed_in(house)
    assert [item.fresh for item in under(house, "tarek").waiting[0].items] == [False]
    with house.inbox() as inbox:
        hear(inbox, said("s2", answers="s1", author="@sam@far.example", minute=5), now=NOW.replace(minute=30))
    assert [item.fresh for item in under(house, "tarek").waiting[0].items] == [False, True]
