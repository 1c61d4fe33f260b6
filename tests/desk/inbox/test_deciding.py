"""What people do with conversations at the desk: one, or several at once; who comes second changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.community.inbox.inboxes import hear, said
from tests.desk.inbox.house_of import NOW, seen, visit
from toolkit.community.inbox.conversation import Stage
from toolkit.desk.endpoint import Page, Redirect, Visit
from toolkit.desk.house import House
from toolkit.desk.inbox import choosing, deciding
from toolkit.errors import ChangedError, UsageError

Act = Callable[[Visit], Page | Redirect]


def press(house: House, act: Act, remote_id: str = "c1", *, person: str = "mai", **form: str) -> Redirect:
    """A press on the page of a conversation, as it is now."""
    one = seen(house, remote_id)
    done = act(visit(house, person, name=one.id, form={"version": str(one.version), **form}))
    assert isinstance(done, Redirect)
    return done


def test_of_whoever_is_away_the_deputy_takes_it(house: House) -> None:
    """Urs is on holiday: Jo has it, and the page says so."""
    done = press(house, deciding.assign, who="urs")
    assert seen(house, "c1").assignee == "jo"
    assert "Jo" in done.notice
    press(house, deciding.assign, who="")
    assert seen(house, "c1").assignee == ""


def test_done_leads_back_to_the_list_it_came_from(house: House) -> None:
    """With its filters; opened again it stays on the page."""
    done = press(house, deciding.set_stage, to="done", back="/inbox?who=me")
    assert (done.to, seen(house, "c1").stage) == ("/inbox?who=me", Stage.DONE)
    again = press(house, deciding.set_stage, to="open", back="/inbox?who=me")
    assert again.to == f"/inbox/{seen(house, 'c1').id}?who=me"


def test_a_snooze_lasts_until_the_chosen_moment(house: House) -> None:
    """One of the presses, or a moment of one's own."""
    press(house, deciding.snooze, until="hour")
    assert seen(house, "c1").snoozed_until == NOW + timedelta(hours=1)
    press(house, deciding.snooze, "s1", moment="2026-12-03T09:00")
    assert seen(house, "s1").stage is Stage.SNOOZED


def test_labels_come_and_go(house: House) -> None:
    """Several words at once, with or without #."""
    press(house, deciding.set_labels, add="#lob, versand")
    press(house, deciding.set_labels, remove="versand")
    assert seen(house, "c1").labels == ("lob",)


def test_author_sound_and_language_are_kept(house: House) -> None:
    """Roles hold for the author's later conversations, the team's word on a mood at once."""
    press(house, deciding.set_author, role="press")
    press(house, deciding.set_sound, sounds="negative", language="de")
    one = seen(house, "c1")
    with house.inbox(read_only=True) as inbox:
        assert inbox.roles(one) == frozenset({"press"})
    assert (one.negative, one.language) == (1.0, "de")


def test_a_note_needs_no_version(house: House) -> None:
    """Others may change the conversation meanwhile; a note stands beside."""
    one = seen(house, "c1")
    deciding.note(visit(house, "mai", name=one.id, form={"text": " Rechnung liegt bei Jo ", "version": "99"}))
    with house.inbox(read_only=True) as inbox:
        assert [(note.by, note.text) for note in inbox.remarks(one)] == [("mai", "Rechnung liegt bei Jo")]


@pytest.mark.parametrize(
    ("act", "form"),
    [
        (deciding.assign, {"who": "mai"}),
        (deciding.set_stage, {"to": "done"}),
        (deciding.snooze, {"until": "hour"}),
        (deciding.set_labels, {"add": "lob"}),
        (deciding.set_author, {"role": "vip"}),
        (deciding.set_sound, {"sounds": "negative"}),
        (deciding.forget_author, {"sure": "yes"}),
    ],
)
def test_who_comes_second_is_told_and_changes_nothing(house: House, act: Act, form: dict[str, str]) -> None:
    """They wrote again since the page was made: every press is refused, and the conversation is what it was."""
    before = seen(house, "c1")
    with house.inbox() as inbox:
        hear(inbox, said("c2", answers="c1", minute=5))
    now = seen(house, "c1")
    with pytest.raises(ChangedError, match="meanwhile"):
        act(visit(house, "tarek", name=before.id, form={"version": str(before.version), **form}))
    assert seen(house, "c1") == now


@pytest.mark.parametrize(
    ("act", "form"),
    [
        (deciding.assign, {"who": "niemand"}),
        (deciding.set_stage, {"to": "new"}),
        (deciding.snooze, {"until": "gestern"}),
        (deciding.snooze, {"moment": "2020-01-01T09:00"}),
        (deciding.set_labels, {"add": "<script>"}),
        (deciding.set_author, {"role": "gott"}),
        (deciding.set_sound, {"sounds": "wütend"}),
        (deciding.set_sound, {"language": "deutsch!"}),
        (deciding.note, {"text": "  "}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(house: House, act: Act, form: dict[str, str]) -> None:
    """And nothing changes."""
    before = seen(house, "c1")
    with pytest.raises(UsageError):
        press(house, act, **form)
    assert seen(house, "c1") == before


def test_forgetting_first_says_how_much(house: House) -> None:
    """The first press counts and changes nothing; the second forgets, in every table."""
    one = seen(house, "c1")
    asked = deciding.forget_author(visit(house, "tarek", name=one.id, form={"version": str(one.version)}))
    assert isinstance(asked, Page)
    assert getattr(asked.values["found"], "messages", 0) == 1
    assert seen(house, "c1") == one
    done = press(house, deciding.forget_author, person="tarek", sure="yes")
    assert done.to == "/inbox"
    with house.inbox(read_only=True) as inbox:
        assert not inbox.store.read("SELECT 1 FROM entries WHERE text LIKE '%Kaffee%'")


def pick(house: House, *remote_ids: str) -> list[str]:
    return [f"{one.id}:{one.version}" for one in (seen(house, remote_id) for remote_id in remote_ids)]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"do": "mine"}, ("open", "mai", ())),
        ({"do": "assign", "who": "jo"}, ("open", "jo", ())),
        ({"do": "done"}, ("done", "", ())),
        ({"do": "snooze", "until": "tomorrow"}, ("snoozed", "", ())),
        ({"do": "label", "add": "lob"}, ("open", "", ("lob",))),
    ],
)
def test_several_at_once(house: House, form: dict[str, str], told: tuple[str, str, tuple[str, ...]]) -> None:
    """The chosen ones change, the other does not."""
    done = choosing.change_chosen(visit(house, "mai", form=form, picks=pick(house, "c1", "s1")))
    assert "2 conversations" in done.notice
    for remote_id in ("c1", "s1"):
        one = seen(house, remote_id)
        assert (one.stage.value, one.assignee, one.labels) == told
    assert seen(house, "d1").stage is Stage.NEW


def test_what_changed_meanwhile_stays_and_is_named(house: House) -> None:
    """Of two chosen ones somebody has taken one: the other is done, the first named."""
    picks = pick(house, "c1", "s1")
    with house.inbox() as inbox:
        inbox.assign(seen(house, "s1"), "jo", "jo", NOW)
    done = choosing.change_chosen(visit(house, "mai", form={"do": "done"}, picks=picks))
    assert "1 conversation" in done.notice
    assert "Sam" in done.notice
    assert (seen(house, "c1").stage, seen(house, "s1").stage) == (Stage.DONE, Stage.OPEN)


@pytest.mark.parametrize("form", [{"do": "explode"}, {"do": "label", "add": ""}, {}])
def test_nothing_happens_without_saying_what(house: House, form: dict[str, str]) -> None:
    """No act, no change."""
    before = seen(house, "c1")
    with pytest.raises(UsageError):
        choosing.change_chosen(visit(house, "mai", form=form, picks=pick(house, "c1")))
    with pytest.raises(UsageError, match="chosen"):
        choosing.change_chosen(visit(house, "mai", form={"do": "done"}))
    assert seen(house, "c1") == before
