"""A week of the inbox in numbers: what is counted, what is compared with what, and when nothing can be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.summary.weekly import (
    LISTENER,
    MONDAY,
    NOW,
    WEEK,
    answer,
    brand,
    hear,
    opened,
    summary_of,
    word,
)
from tests.servers.postgres import Postgres
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.summary.moods import Verdict
from toolkit.community.summary.pending import Pending
from toolkit.community.summary.shares import Share
from toolkit.community.summary.summary import plain
from toolkit.database import Place
from toolkit.model import Showing
from toolkit.sentiment.confusion import Confusion
from toolkit.workspace import Workspace

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GOOD = Confusion(((90, 8, 2), (5, 90, 5), (2, 8, 90)), "a test")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return brand(tmp_path)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with opened(tmp_path / "state") as found:
        yield found


def conversations(inbox: Inbox) -> list[Conversation]:
    found = inbox.conversations(Wanted(stages=(), limit=10_000), now=NOW)
    return sorted(found, key=lambda one: (one.opened_at, one.id))


def weeks_of(inbox: Inbox, text: str, *, weeks: int = 6, each: int = 10) -> None:
    """So many messages in each of the weeks before."""
    for back in range(1, weeks + 1):
        at = MONDAY - timedelta(weeks=back)
        hear(inbox, *(word(10_000 + 100 * back + number, text, at + number * HOUR) for number in range(each)))


def test_who_still_waits_counts_as_having_waited_so_long(inbox: Inbox, workspace: Workspace) -> None:
    """Of four, one waits since Friday: the middle is known, nine of ten are not, and one of three was in time."""
    friday = MONDAY + 4 * DAY
    hear(
        inbox,
        *(word(number, "Wann?", MONDAY + number * DAY) for number in range(3)),
        answer(1, 0, MONDAY + HOUR),
        answer(2, 1, MONDAY + DAY + 3 * HOUR),
        answer(3, 2, MONDAY + 2 * DAY + 9 * HOUR),  # at six: it is closed by then
        word(4, "Hallo?", friday),
    )
    found = summary_of(inbox, workspace).answers
    assert (found.answered, found.waiting) == (Share(3, 4), 1)
    assert (found.median, found.p90) == (3 * 3600.0, None)
    assert (found.kept, found.pending, found.free) == (Share(1, 4), 0, 0)


def test_who_has_time_left_is_not_late(inbox: Inbox, workspace: Workspace) -> None:
    """A question of a Sunday has its two hours on Monday, and is neither kept nor missed."""
    hear(inbox, word(1, "Wann?", MONDAY + 6 * DAY))
    found = summary_of(inbox, workspace, NOW).answers
    assert (found.kept, found.pending, found.waiting) == (Share(0, 0), 1, 1)
    assert summary_of(inbox, workspace, NOW + 3 * HOUR).answers.kept == Share(0, 1)


def test_what_was_called_done_wanted_no_answer(inbox: Inbox, workspace: Workspace) -> None:
    """Praise that somebody put away is no unanswered question."""
    hear(inbox, word(1, "Lecker!", MONDAY))
    [one] = conversations(inbox)
    inbox.set_stage(one, Stage.DONE, "mai", NOW)
    assert summary_of(inbox, workspace).answers.answered == Share(0, 0)


def test_the_week_before_is_unknown_before_anybody_listened(inbox: Inbox, workspace: Workspace) -> None:
    """Missing is not zero: a first week has nothing to be compared with, a silent one after it has a zero."""
    hear(inbox, word(1, "Moin", MONDAY), word(2, "Moin", MONDAY + DAY))
    found = summary_of(inbox, workspace).volume
    assert (found.total.count, found.total.before, found.usual, found.weeks) == (2, None, None, 0)
    assert list(found.days.values()) == [1, 1, 0, 0, 0, 0, 0]
    hear(inbox, word(3, "Moin", MONDAY - timedelta(weeks=3)))
    found = summary_of(inbox, workspace).volume
    assert (found.total.before, found.usual, found.most, found.weeks) == (0, 0, 1, 3)
    assert {name: one.count for name, one in found.channels.items()} == {"toots": 2}


def test_a_word_that_came_up_is_a_topic(inbox: Inbox, workspace: Workspace) -> None:
    """Six people write of parcels in a week of ten messages; before nobody did, and of coffee all the time."""
    weeks_of(inbox, "Der Kaffee schmeckt")
    texts = ["Mein Paket fehlt", "Ein Paket kam", "Paket offen", *["Wo sind die Pakete?"] * 3] + [
        "Der Kaffee schmeckt"
    ] * 4
    hear(inbox, *(word(number, text, MONDAY + number * HOUR) for number, text in enumerate(texts)))
    [german, english] = summary_of(inbox, workspace).topics
    assert [(one.word, one.share.hits, one.surprising) for one in german.words[:2]] == [
        ("Paket", 6, True),
        ("Kaffee", 4, False),
    ]
    assert german.words[1].expected == pytest.approx(10)
    assert (english.n, english.enough, english.words) == (0, False, ())


def test_what_two_people_write_is_shown_to_nobody(inbox: Inbox, workspace: Workspace) -> None:
    """However often they write it, as a word or as a label: it would lead to them."""
    weeks_of(inbox, "Der Kaffee schmeckt")
    told = [
        word(number, "Zuzannas Zimtschnecken", MONDAY + number * HOUR, author="@a@b.example") for number in range(8)
    ]
    hear(inbox, *told, *(word(20 + number, "Der Kaffee", MONDAY + number * HOUR) for number in range(4)))
    for one in conversations(inbox):
        inbox.label(one, ["fall-zuzanna"], [], "mai", NOW)
    found = summary_of(inbox, workspace)
    assert [one.word for one in found.topics[0].words] == ["Kaffee"]
    assert "Zimtschnecken" not in str(plain(found))


def test_a_compound_is_of_its_head(inbox: Inbox, workspace: Workspace) -> None:
    """Filterkaffee, Eiskaffee and Kaffee are one topic."""
    texts = ["Filterkaffee", "Eiskaffee", "Der Kaffee", "Kaffee!"] * 2
    hear(inbox, *(word(number, text, MONDAY + number * HOUR) for number, text in enumerate(texts)))
    topics = summary_of(inbox, workspace).topics[0]
    assert [(one.word, one.share.hits, one.expected) for one in topics.words] == [("Kaffee", 8, None)]


def test_labels_of_the_team_are_topics_too(inbox: Inbox, workspace: Workspace) -> None:
    """A label on four conversations of four people."""
    hear(inbox, *(word(number, "Wann?", MONDAY + number * HOUR, thread=f"t{number}") for number in range(4)))
    for one in conversations(inbox):
        inbox.label(one, ["lieferung"], [], "mai", NOW)
    [label] = summary_of(inbox, workspace).labels
    assert (label.word, label.share) == ("lieferung", Share(4, 4))


def feel(inbox: Inbox, moods: list[str]) -> None:
    """The moods of all messages in their order, as a classifier guesses them."""
    entries = [entry for one in conversations(inbox) for entry in inbox.entries(one)]
    entries.sort(key=lambda one: one.message.at)
    inbox.feel(zip(entries, moods, strict=True), LISTENER.account_id, guessed=True)


@pytest.mark.parametrize(
    ("bad", "confusion", "wanted"),
    [(2, GOOD, Verdict.WITHIN), (9, GOOD, Verdict.MORE), (9, None, Verdict.UNMEASURED)],
)
def test_a_trend_is_one_beyond_the_error(
    inbox: Inbox, workspace: Workspace, bad: int, confusion: Confusion | None, wanted: Verdict
) -> None:
    """One bad message of ten before, two now, is nothing; nine are; and nobody knows where nobody measured."""
    weeks_of(inbox, "Kaffee", weeks=1)
    hear(inbox, *(word(number, "Kaffee", MONDAY + number * HOUR) for number in range(10)))
    feel(inbox, ["negative"] + ["neutral"] * 9 + ["negative"] * bad + ["neutral"] * (10 - bad))
    [mood] = summary_of(inbox, workspace, confusions={"de": confusion} if confusion else {}).moods
    assert mood.negative is wanted
    assert (mood.now.n, mood.now.labels["negative"]) == (10, bad)
    if confusion is not None:
        assert mood.now.negative is not None
        assert mood.now.negative.low <= bad / 10 <= mood.now.negative.high


def test_a_persons_word_has_no_error(inbox: Inbox, workspace: Workspace) -> None:
    """Where people said of every message how it sounds, the share is exact, measured or not."""
    hear(inbox, word(1, "Kaffee", MONDAY), word(2, "Kaffee", MONDAY + HOUR))
    entries = [entry for one in conversations(inbox) for entry in inbox.entries(one)]
    inbox.feel([(entries[0], "negative"), (entries[1], "positive")], LISTENER.account_id)
    [mood] = summary_of(inbox, workspace).moods
    assert mood.now.negative is not None
    assert (mood.now.by_hand, mood.now.negative.low, mood.now.negative.high) == (2, 0.5, 0.5)


def test_people_have_the_last_word_on_wishes(inbox: Inbox, workspace: Workspace) -> None:
    """Of three wishes that the words find people denied one and confirmed one: two are counted, one of two was right."""
    hear(
        inbox,
        *(
            word(number, "Ich wünsche mir mehr ohne Koffein", MONDAY + number * HOUR, answers="", thread=f"t{number}")
            for number in range(3)
        ),
        word(9, "Ist der ohne Koffein?", MONDAY + 9 * HOUR),
    )
    first, second, *_rest = conversations(inbox)
    inbox.label(inbox.label(first, ["wunsch"], [], "", NOW), [], ["wunsch"], "mai", NOW)
    inbox.label(second, ["wunsch"], [], "mai", NOW)
    [wish] = summary_of(inbox, workspace).voices
    assert (wish.share, wish.right) == (Share(2, 4), Share(1, 2))


def test_the_image_is_said_and_denied(inbox: Inbox, workspace: Workspace) -> None:
    """Endings and denials count, each message once."""
    texts = ["So freundliche Leute, sehr freundlich!", "überhaupt nicht freundlich", "Freundin"]
    hear(inbox, *(word(number, text, MONDAY + number * HOUR) for number, text in enumerate(texts)))
    [trait] = summary_of(inbox, workspace).image
    assert (trait.said, trait.denied, trait.before) == (Share(1, 3), Share(1, 3), None)


def test_what_waits_and_who_is_away(inbox: Inbox, workspace: Workspace) -> None:
    """A question that waits too long is named by its number; away next week is Mai, and Ole stands in."""
    hear(inbox, word(1, "Wann?", MONDAY))
    found = summary_of(inbox, workspace)
    assert [(one.matter, one.channel) for one in found.pending.items] == [("late", "toots")]
    [away] = found.away
    assert (away.person, f"{away.first:%d}-{away.last:%d}", away.deputy) == ("mai", "24-25", "ole")


def test_the_same_inbox_gives_the_same_numbers(inbox: Inbox, workspace: Workspace) -> None:
    """To the last letter of the JSON."""
    weeks_of(inbox, "Der Kaffee schmeckt")
    hear(inbox, *(word(number, "Mein Paket fehlt", MONDAY + number * HOUR) for number in range(9)))
    assert plain(summary_of(inbox, workspace)) == plain(summary_of(inbox, workspace))
    assert plain(WEEK) == "2026-W47"


def test_what_is_hidden_or_of_a_feed(inbox: Inbox, workspace: Workspace) -> None:
    """What the network hides is in no amount and still waits for somebody; below an article nobody waits for an answer."""
    hidden, article = word(1, "Spam", MONDAY), word(2, "Nordlicht in der Zeitung", MONDAY)
    hear(inbox, replace(hidden, showing=Showing.HIDDEN), replace(article, answerable=False, thread="t"))
    found = summary_of(inbox, workspace)
    assert found.volume.total.count == 1
    assert found.answers.answered == Share(0, 1)
    assert found.pending.count == 1


def test_both_databases_tell_the_same(workspace: Workspace, tmp_path: Path, postgres: Postgres) -> None:
    """A PostgreSQL server's inbox and a file's have the same week, to the last letter, but for the conversations' numbers."""
    told = []
    for place in (Place(tmp_path / "a.sqlite"), Place(tmp_path / "b", postgres.address, "summary_inbox")):
        with open_inbox(place, now=MONDAY) as inbox:
            hear(inbox, *(word(number, "Mein Paket fehlt", MONDAY + number * HOUR) for number in range(9)))
            hear(inbox, answer(1, 0, MONDAY + HOUR))
            told.append(replace(summary_of(inbox, workspace), pending=Pending()))
    assert told[0] == told[1]
    assert told[0].answers.answered == Share(1, 9)
