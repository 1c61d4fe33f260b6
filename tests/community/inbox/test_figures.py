from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.community.inbox.inboxes import LISTENER, START, all_of, hear, said
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.figures import Counting, tell, tell_if_due
from toolkit.community.inbox.forgetting import find_author, forget
from toolkit.kpis import KPIS, Period, measure
from toolkit.metrics import open_store
from toolkit.model import MessageKind

COUNTING = Counting(
    ZoneInfo("Europe/Berlin"), lambda _channel, asked, answered: (answered - asked).total_seconds(), {"de": 0.2}
)
NOW = START + timedelta(days=2)
TODAY = {"messages": 4.0, "answerable": 2.0, "answered": 1.0}


def told(state: Path) -> dict[tuple[str, str], list[float]]:
    """What the metrics hold: (subject without its token, metric) → values."""
    found: dict[tuple[str, str], list[float]] = {}
    for value in open_store(state).latest():
        found.setdefault((value.subject.partition(":")[0], value.metric), []).append(value.value)
    return found


def write(inbox: Inbox) -> None:
    """One turn of two messages that was answered, one that was not, and one that needed no answer."""
    hear(
        inbox,
        said("a1"),
        said("a2", answers="a1", minute=5),
        said("a3", answers="a2", minute=30, own=True),
        said("b1", minute=40),
        said("c1", minute=50),
    )
    inbox.set_stage(all_of(inbox)[-1], Stage.DONE, "mai", START)


def test_a_day_has_its_messages_its_turns_and_its_waiting_times(inbox: Inbox, tmp_path: Path) -> None:
    """Two messages in a row are one turn; what was called done without an answer wanted none."""
    write(inbox)
    assert tell(inbox, open_store(tmp_path), COUNTING, NOW) == 4
    expected = {("inbox", name): [value] for name, value in TODAY.items()} | {("inbox", "response_time"): [1800.0]}
    assert told(tmp_path) == expected


def test_telling_twice_writes_nothing_twice(inbox: Inbox, tmp_path: Path) -> None:
    """Only what has changed is told again; of what was told before a crash nothing counts double."""
    write(inbox)
    store = open_store(tmp_path)
    tell(inbox, store, COUNTING, NOW)
    assert tell(inbox, store, COUNTING, NOW) == 0
    with inbox.store.transaction() as transaction:
        transaction.run("DELETE FROM told")
    tell(inbox, store, COUNTING, NOW + timedelta(hours=1))
    assert {len(values) for values in told(tmp_path).values()} == {1}
    hear(inbox, said("b2", answers="b1", minute=60, own=True), now=NOW)
    assert tell(inbox, store, COUNTING, NOW + timedelta(hours=2)) == 2
    assert told(tmp_path)["inbox", "answered"] == [2.0]
    assert sorted(told(tmp_path)["inbox", "response_time"]) == [1200.0, 1800.0]


def test_moods_are_told_where_a_classifier_told_them(inbox: Inbox, tmp_path: Path) -> None:
    """With zeros for those that no message had, and the classifier's error; without a classifier there is neither."""
    write(inbox)
    inbox.rate(all_of(inbox)[0], language="de")
    first = inbox.entries(all_of(inbox)[0])[0]
    inbox.feel([(first, "negative")], LISTENER.account_id, guessed=True)
    tell(inbox, open_store(tmp_path), COUNTING, NOW)
    moods = {metric: values for (_subject, metric), values in told(tmp_path).items() if metric not in TODAY}
    assert moods == {
        "negative": [1.0],
        "neutral": [0.0],
        "positive": [0.0],
        "sentiment_error": [0.2],
        "response_time": [1800.0],
    }


def test_forgetting_takes_no_number_away(inbox: Inbox, tmp_path: Path) -> None:
    """That somebody wrote and was answered stays, and nothing in the metrics' files says who."""
    write(inbox)
    store = open_store(tmp_path)
    tell(inbox, store, COUNTING, NOW)
    forget(inbox, None, find_author(inbox, "@ada@far.example"), NOW)
    tell(inbox, store, COUNTING, NOW + timedelta(hours=1))
    assert told(tmp_path)["inbox", "messages"] == [4.0]
    assert told(tmp_path)["inbox", "answered"] == [1.0]
    for file in store.folder.rglob("*"):
        assert not file.is_file() or b"ada" not in file.read_bytes().lower().replace(b"metadata", b"")


def test_a_day_is_the_workspaces(inbox: Inbox, tmp_path: Path) -> None:
    """What was written half an hour before midnight in UTC belongs to the next day in Berlin."""
    late = START.replace(hour=23, minute=30)
    hear(inbox, said("a1"), said("b1", at=late), now=NOW)
    tell(inbox, open_store(tmp_path), COUNTING, NOW)
    found = open_store(tmp_path).query("SELECT DISTINCT observed_at FROM observations", {})
    days = {at.replace(tzinfo=UTC) for at in found.column("observed_at").to_pylist()}
    noon = START.replace(hour=11)
    assert days == {noon, noon + timedelta(days=1)}


def test_the_daemon_tells_once_an_hour(inbox: Inbox, tmp_path: Path) -> None:
    """Each change is a file of its own."""
    write(inbox)
    store = open_store(tmp_path)
    assert tell_if_due(inbox, store, COUNTING, NOW) == 4
    hear(inbox, said("d1", minute=70), now=NOW)
    assert tell_if_due(inbox, store, COUNTING, NOW + timedelta(minutes=59)) == 0
    assert tell_if_due(inbox, store, COUNTING, NOW + timedelta(hours=1)) == 2


def test_the_error_is_that_of_the_messages(inbox: Inbox, tmp_path: Path) -> None:
    """A person is never wrong, German as often as measured, and Danish, which nobody measured, may be wrong each time."""
    hear(inbox, *(said(f"m{number}", minute=number) for number in range(4)))
    for one, language in zip(all_of(inbox), ["de", "de-AT", "da", "da"], strict=True):
        inbox.rate(one, language=language)
    guessed = [(inbox.entries(one)[0], "neutral") for one in all_of(inbox)]
    inbox.feel(guessed, LISTENER.account_id, guessed=True)
    inbox.feel([(guessed[3][0], "positive")], LISTENER.account_id)
    tell(inbox, open_store(tmp_path), COUNTING, NOW)
    assert told(tmp_path)["inbox", "sentiment_error"] == [(0.2 + 0.2 + 1.0 + 0.0) / 4]


def test_the_error_reaches_the_report(inbox: Inbox, tmp_path: Path) -> None:
    """The KPI sentiment has the interval that the told error leaves: 1 friendly of 2, each wrong one time in five."""
    hear(inbox, said("m1"), said("m2", minute=1))
    for one, mood in zip(all_of(inbox), ["positive", "neutral"], strict=True):
        inbox.rate(one, language="de")
        inbox.feel([(inbox.entries(one)[0], mood)], LISTENER.account_id, guessed=True)
    tell(inbox, open_store(tmp_path), COUNTING, NOW)
    period = Period(START - timedelta(days=1), START + timedelta(days=1), NOW)
    [found] = measure(KPIS["sentiment"], open_store(tmp_path), period, zone=COUNTING.zone)
    assert found.value == 0.5
    assert found.interval is not None
    assert [found.interval.low, found.interval.high] == pytest.approx([0.1, 0.9])


def test_nobody_waits_below_a_newspaper_article(inbox: Inbox, tmp_path: Path) -> None:
    """A feed's mention is a message, and no question that we left unanswered."""
    hear(inbox, said("f1", kind=MessageKind.MENTION, answerable=False))
    tell(inbox, open_store(tmp_path), COUNTING, NOW)
    numbers = {metric: values for (_subject, metric), values in told(tmp_path).items()}
    assert numbers == {"messages": [1.0], "answerable": [0.0], "answered": [0.0]}
