from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.dispatch.fakes import ACCOUNT_ID, DUE, START, Crash, FakeNetwork, Office, Tree, make_office
from toolkit.community import Pause
from toolkit.dispatch import TickResult, tick
from toolkit.errors import LedgerError, LeitstandError
from toolkit.ledger import Limits, PauseRow, Row, State
from toolkit.model import Answer, Late, Outcome, Promise, Rendition, SetClock
from toolkit.networks.base import Intent

pytestmark = pytest.mark.usefixtures("either_ledger")

CLASSES = [Promise.KEY, Promise.RKEY, Promise.READ_BACK, Promise.BLIND]


def run(office: Office) -> TickResult:
    """One tick of a fresh process."""
    with office.open() as ledger:
        return tick(office.desk(ledger))


def rows(office: Office) -> list[Row]:
    with office.open() as ledger:
        return ledger.rows()


def states(office: Office) -> list[State]:
    return [row.state for row in rows(office)]


def test_nothing_goes_out_early(office: Office) -> None:
    """One microsecond before its time a post is planned, at its time it is out."""
    office.wait(minutes=60, microseconds=-1)
    run(office)
    assert (office.network.requests, states(office)) == (0, [State.PLANNED])
    office.wait(microseconds=1)
    run(office)
    assert [text for _key, _part, text, _at in office.network.published] == ["Hello"]
    (row,) = rows(office)
    assert (row.state, row.remote_id, row.url, row.commit) == (
        State.CONFIRMED,
        "1",
        "https://fake.example/1",
        "c0ffee",
    )


def test_a_second_tick_sends_nothing_again(office: Office) -> None:
    """Ticks may be as many as they like."""
    office.wait(hours=1)
    for _ in range(3):
        run(office)
    assert office.network.requests == 1


def test_a_thread_goes_out_in_one_tick_in_order(tmp_path: Path) -> None:
    """Three parts, each an answer to the one before, each once."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree(texts=("one", "two", "three")))
    office.wait(hours=1)
    run(office)
    assert [(part, text) for _key, part, text, _at in office.network.published] == [
        (0, "one"),
        (1, "two"),
        (2, "three"),
    ]
    assert states(office) == [State.CONFIRMED] * 3


def test_a_thread_resumes_where_it_broke(tmp_path: Path) -> None:
    """Part 2 is refused: part 1 is out, the rest waits; sent again by a person, it goes on without a repetition."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree(texts=("one", "two", "three")))
    office.network.moods = ["accept", "refuse"]
    office.wait(hours=1)
    run(office)
    assert states(office) == [State.CONFIRMED, State.FAILED, State.PLANNED]
    with office.open() as ledger:
        ledger.resolve_again(ledger.rows(states=(State.FAILED,))[0], office.clock.now())
    run(office)
    assert [text for _key, _part, text, _at in office.network.published] == ["one", "two", "three"]


def test_a_thread_keeps_the_text_it_began_with(tmp_path: Path) -> None:
    """An edit between two parts does not mix two versions."""
    tree = Tree(texts=("old one", "old two"))
    office = make_office(tmp_path, Promise.READ_BACK, tree)
    office.network.moods = ["accept", "later"]
    office.wait(hours=1)
    run(office)
    tree.texts = ("new one", "new two")
    office.wait(minutes=6)
    run(office)
    assert [text for _key, _part, text, _at in office.network.published] == ["old one", "old two"]


@pytest.mark.parametrize("promise", CLASSES)
@pytest.mark.parametrize("mood", ["reply lost", "500", "reset before"])
def test_an_unknown_outcome_is_never_simply_sent_again(tmp_path: Path, promise: Promise, mood: str) -> None:
    """Whatever became of the request: it is out once in the end, or, where nobody can ask, a person decides."""
    office = make_office(tmp_path, promise, Tree(grace=timedelta(days=1)))
    office.network.moods = [mood]
    office.wait(hours=1)
    run(office)
    for _minute in range(10):
        office.wait(minutes=1)
        run(office)
    if promise is Promise.BLIND:
        assert states(office) == [State.HELD]
        assert len(office.network.published) == (mood != "reset before")
    else:
        assert states(office) == [State.CONFIRMED]
        assert len(office.network.published) == 1


def test_absence_is_not_believed_before_it_is_settled(office: Office) -> None:
    """A post that the network does not show yet is not sent a second time."""
    office.network.moods = ["reply lost"]
    office.wait(hours=1)
    run(office)
    office.wait(seconds=1)
    run(office)
    assert (states(office), office.network.requests) == ([State.UNKNOWN], 1)
    office.wait(seconds=5)
    run(office)
    assert (states(office), office.network.requests) == ([State.CONFIRMED], 1)


def test_a_look_counts_from_when_it_began(office: Office) -> None:
    """A look-up that began too early proves nothing, though its answer comes, or is judged, long afterwards."""
    office.network.moods, office.network.slow_look = ["reply lost"], timedelta(minutes=3)
    office.wait(hours=1)
    run(office)
    office.wait(seconds=1)
    run(office)
    assert (states(office), office.network.requests) == ([State.UNKNOWN], 1)
    run(office)
    assert (states(office), office.network.requests) == ([State.CONFIRMED], 1)


def test_an_old_key_is_not_replayed(tmp_path: Path) -> None:
    """After half the key's lifetime the network is read instead: it may have forgotten the key."""
    office = make_office(tmp_path, Promise.KEY, Tree(grace=timedelta(days=1)))
    office.network.moods = ["reply lost"]
    office.wait(hours=1)
    run(office)
    office.wait(minutes=31)
    run(office)
    assert (states(office), office.network.requests) == ([State.CONFIRMED], 1)


@pytest.mark.parametrize("back", [timedelta(minutes=66), timedelta(days=1)])
def test_a_clock_set_back_makes_no_old_key_young(tmp_path: Path, back: timedelta) -> None:
    """The network counts by its own clock: a key that looks young because ours was set back is not replayed."""
    office = make_office(tmp_path, Promise.KEY, Tree(grace=timedelta(days=1)))
    office.network.clock = SetClock(START)
    office.network.moods, office.network.blind_spots = ["reply lost"], 999
    office.wait(hours=1)
    run(office)
    office.clock.moment -= back
    for _minutes in range(12):
        office.wait(minutes=10)
        office.network.clock.moment += timedelta(minutes=10)
        run(office)
    assert len(office.network.published) == 1


def test_a_young_key_is_replayed(tmp_path: Path) -> None:
    """The same key again gives the same post, even where looking finds nothing."""
    office = make_office(tmp_path, Promise.KEY)
    office.network.moods, office.network.blind_spots = ["reply lost"], 9
    office.wait(hours=1)
    run(office)
    office.wait(minutes=2)
    run(office)
    assert (states(office), office.network.requests, len(office.network.published)) == ([State.CONFIRMED], 2, 1)


def test_a_replay_with_changed_media_is_not_tried(tmp_path: Path) -> None:
    """Other bytes under the same key would be another request; the network is read instead."""
    tree = Tree()
    office = make_office(tmp_path, Promise.KEY, tree)
    office.media["media/a.jpg"] = b"one"
    rendition = tree.order().render()
    tree.render = lambda: _with_medium(rendition, office)
    office.network.moods = ["reply lost"]
    office.wait(hours=1)
    run(office)
    office.media["media/a.jpg"] = b"two"
    office.wait(minutes=3)
    run(office)
    assert (states(office), office.network.requests) == ([State.CONFIRMED], 1)


def _with_medium(rendition: Rendition, office: Office) -> Rendition:
    from toolkit.model import Attachment
    from toolkit.networks import with_media_hashes

    part = replace(rendition.parts[0], attachments=(Attachment("media/a.jpg", "photo", "alt"),))
    return with_media_hashes(replace(rendition, parts=(part,)), office.media.__getitem__)


def test_two_matches_are_held(office: Office) -> None:
    """When two posts fit, a person looks; nothing is sent."""
    office.network.moods = ["reply lost"]
    office.wait(hours=1)
    run(office)
    office.network.published *= 2
    office.wait(minutes=15)
    run(office)
    (row,) = rows(office)
    assert row.state is State.HELD
    assert "probably published - look there" in row.reason
    assert office.network.requests == 1


def test_a_short_outage_while_looking_needs_no_person(office: Office) -> None:
    """A look-up that fails is repeated before anybody is asked."""
    office.network.moods, office.network.blind_spots = ["reply lost"], 3
    office.wait(hours=1)
    run(office)
    for _ in range(4):
        office.wait(minutes=2)
        run(office)
    assert states(office) == [State.CONFIRMED]


def test_what_vanishes_again_and_again_is_held(tmp_path: Path) -> None:
    """Three tries, each proven absent: the attempts cap asks a person."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree(grace=timedelta(days=1)))
    office.network.moods = ["reset before"] * 9
    office.wait(hours=1)
    for _ in range(20):
        run(office)
        office.wait(minutes=3)
    assert (states(office), office.network.requests) == ([State.HELD], 3)


def test_a_duplicate_answer_is_verified(tmp_path: Path) -> None:
    """The answer that it is there already confirms what is really there and holds what cannot be found."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree("A"), Tree("B"))
    office.wait(hours=1)
    key = f"A::{ACCOUNT_ID}:post:0"
    office.network.published = [(key, 0, "Hello", START)]
    office.network.moods = ["duplicate", "duplicate"]
    run(office)
    assert {row.uid: row.state for row in rows(office)} == {"A": State.CONFIRMED, "B": State.HELD}


def test_later_waits_as_long_as_the_network_says(office: Office) -> None:
    """Retry-After five minutes: no request earlier, also from a new process; then it goes out."""
    office.network.moods = ["later"]
    office.wait(hours=1)
    run(office)
    office.wait(minutes=4, seconds=59)
    run(office)
    assert office.network.requests == 1
    office.wait(seconds=1)
    run(office)
    assert (office.network.requests, states(office)) == (2, [State.CONFIRMED])


def test_an_outage_ends_with_the_grace_period(office: Office) -> None:
    """No route for hours: tried with growing pauses, then missed, never failed; nothing was sent."""
    office.network.moods = ["not sent"] * 99
    office.wait(hours=1)
    for _ in range(90):
        run(office)
        office.wait(minutes=1)
    (row,) = rows(office)
    assert (row.state, row.attempts, office.network.requests) == (State.MISSED, 0, 0)
    assert "no route" in row.reason
    assert row.waits == 8  # after 0, 1, 3, 7, 15, 30, 45 and 60 minutes


def test_a_network_that_puts_us_off_for_a_year_does_not_hide_a_post(office: Office) -> None:
    """Retry-After beyond the grace period: missed when the grace is over, so that a person hears of it."""
    office.network.moods = ["later"]
    office.network.retry_after = timedelta(days=365)
    office.wait(hours=1)
    run(office)
    assert states(office) == [State.PLANNED]
    office.wait(hours=1, seconds=1)
    run(office)
    assert (states(office), rows(office)[0].reason) == ([State.MISSED], "429")


def test_what_is_late_but_in_time_goes_out_in_order(tmp_path: Path) -> None:
    """200 posts that fell due within the last hour: each once, in the order of their times."""
    trees = [
        Tree(f"P{number:03}", DUE + timedelta(seconds=10 * (number * 7 % 200)), grace=timedelta(hours=3))
        for number in range(200)
    ]
    office = make_office(tmp_path, Promise.READ_BACK, *trees)
    office.limits = Limits(hourly=1000)
    office.wait(hours=2)
    run(office)
    due = {tree.uid: tree.due for tree in trees}
    sent = [due[key.partition(":")[0]] for key, _part, _text, _at in office.network.published]
    assert sent == sorted(due.values())


@pytest.mark.parametrize(("late", "state"), [(Late.ASK, State.MISSED), (Late.SKIP, State.SKIPPED)])
def test_late_is_a_decision(tmp_path: Path, late: Late, state: State) -> None:
    """Past its grace a post is missed or skipped, as it says, and not sent."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree(late=late))
    office.wait(hours=2, seconds=1)
    run(office)
    assert (states(office), office.network.requests) == ([state], 0)


def test_late_send_goes_out_whenever(tmp_path: Path) -> None:
    """`late: send` is sent a week later; within the grace period every post is."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree(late=Late.SEND), Tree("B", grace=timedelta(days=8)))
    office.wait(days=7)
    run(office)
    assert states(office) == [State.CONFIRMED] * 2


def test_a_week_of_downtime_bursts_nothing(tmp_path: Path) -> None:
    """1,000 posts fell due while everything was off: all are missed, none is sent."""
    trees = [Tree(f"P{number}", DUE + timedelta(minutes=number)) for number in range(1000)]
    office = make_office(tmp_path, Promise.READ_BACK, *trees)
    office.wait(days=7)
    run(office)
    assert set(states(office)) == {State.MISSED}
    assert office.network.requests == 0


def test_a_missed_post_sent_again_has_a_new_grace(office: Office) -> None:
    """After "send again" it goes out at the next tick, though its time is long over, with its row and key."""
    office.wait(days=2)
    run(office)
    with office.open() as ledger:
        ledger.resolve_again(ledger.rows()[0], office.clock.now())
    run(office)
    assert states(office) == [State.CONFIRMED]


def test_what_falls_due_in_a_pause_is_missed(office: Office) -> None:
    """When the pause is over, nothing is sent by itself."""
    office.trees[0].pause = Pause("all", "", "Rückruf")
    office.wait(hours=1)
    result = run(office)
    office.trees[0].pause = None
    run(office)
    assert (states(office), office.network.requests) == ([State.MISSED], 0)
    assert "Rückruf" in result.events[-1].detail
    assert result.needs_person


def test_a_hold_stops_one_post_and_lets_it_go(office: Office) -> None:
    """A post on hold stays planned; released within its grace it goes out, later it is missed."""
    office.trees[0].pause = Pause("post", "A", "wait")
    office.wait(hours=1)
    result = run(office)
    assert [row.reason for row in result.waiting] == ["stopped: wait"]
    office.trees[0].pause = None
    run(office)
    assert states(office) == [State.CONFIRMED]


def test_the_pause_switch_is_read_right_before_the_intent(office: Office) -> None:
    """A pause that comes between the claim and the intent still stops the post."""

    def pause(point: str) -> None:
        if point == "C1":
            office.trees[0].pause = Pause("all", "", "now")

    office.crash = pause
    office.wait(hours=1)
    run(office)
    assert (states(office), office.network.requests) == ([State.PLANNED], 0)


@pytest.mark.parametrize("change", [{"ready": False}, {"obstacle": "needs 1 approval"}])
def test_an_obstacle_is_noted_once(office: Office, change: dict[str, object]) -> None:
    """What may not go out waits with its reason; the log is not filled with it; without it, the post goes out."""
    run(office)
    office.trees[0] = replace(office.trees[0], **change)  # type: ignore[arg-type]  # two kinds of values
    office.wait(hours=1)
    for _ in range(3):
        result = run(office)
    assert office.network.requests == 0
    assert len(result.waiting) == 1
    with office.open() as ledger:
        assert len(ledger.events()) == 2
    office.trees[0] = Tree()
    run(office)
    assert states(office) == [State.CONFIRMED]


@pytest.mark.parametrize("error", [FileNotFoundError(2, "gone", "a.jpg"), LeitstandError("too big"), TypeError("bug")])
def test_what_cannot_be_rendered_stops_itself_only(tmp_path: Path, error: Exception) -> None:
    """A missing file or a defect in an adapter's rendering holds its post; the others go out."""

    def broken() -> Rendition:
        raise error

    office = make_office(tmp_path, Promise.READ_BACK, Tree("A", render=broken), Tree("B"))
    office.wait(hours=1)
    result = run(office)
    assert [row.uid for row in result.waiting] == ["A"]
    assert result.waiting[0].reason
    assert {row.uid: row.state for row in rows(office)} == {"A": State.PLANNED, "B": State.CONFIRMED}


def test_a_closed_line_holds_its_posts(office: Office) -> None:
    """An account without a token says so beside each of its posts."""

    def refuse(_account_id: str) -> None:
        raise LeitstandError("the account fake has no token")

    office.wait(hours=1)
    with office.open() as ledger:
        desk = replace(office.desk(ledger), open_line=refuse)  # type: ignore[arg-type]  # it never returns
        result = tick(desk)
    assert [row.reason for row in result.waiting] == ["the account fake has no token"]


def test_a_sleep_between_intent_and_write_sends_nothing(office: Office) -> None:
    """The lid was closed after the intent: the clock is read again, and the row goes back unsent."""

    def sleep(point: str) -> None:
        if point == "C2":
            office.crash = lambda _point: None
            office.clock.seconds += 3600

    office.crash = sleep
    office.wait(hours=1)
    run(office)
    (row,) = rows(office)
    assert (row.state, row.attempts, office.network.requests) == (State.PLANNED, 0, 0)


def test_the_breaker_stops_a_burst(tmp_path: Path) -> None:
    """Ten due posts, three tries an hour: three go out now, three in the next hour."""
    trees = [Tree(str(number), late=Late.SEND) for number in range(10)]
    office = make_office(tmp_path, Promise.READ_BACK, *trees)
    office.limits = Limits(hourly=3)
    office.wait(hours=1)
    for expected in (3, 3, 6):
        result = run(office)
        assert len(office.network.published) == expected
        assert {row.reason for row in result.waiting} == {"fake was tried 3 times within an hour; the rest waits"}
        office.wait(minutes=30, seconds=1)


def content(office: Office) -> tuple[object, ...]:
    """Everything in the ledger that a rehearsal could touch."""
    with office.open() as ledger:
        return ledger.rows(), ledger.events(), ledger.meta(), ledger.tries(ACCOUNT_ID, office.clock.now())


def test_a_rehearsal_touches_nothing(office: Office) -> None:
    """It says what would happen, and neither the network nor the ledger notices."""
    from toolkit.ledger import rehearsal_copy

    run(office)
    office.wait(hours=1)
    before = content(office)
    with rehearsal_copy(office.place, now=office.clock.now()) as ledger:
        result = tick(replace(office.desk(ledger), rehearsal=True))
    assert [event.state for event in result.events] == [State.CONFIRMED]
    assert office.network.requests == 0
    assert content(office) == before
    assert states(office) == [State.PLANNED]


def test_a_ledger_that_cannot_be_written_after_sending_doubles_nothing(office: Office) -> None:
    """The answer cannot be recorded because another has locked it: the row stays `sending`, and is looked up later."""
    other = office.open()
    locked = ExitStack()

    def lock(point: str) -> None:
        if point == "C4":
            office.crash = lambda _point: None
            transaction = locked.enter_context(other.store.transaction())
            if office.place.shared:
                transaction.run("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE")

    office.crash = lock
    office.wait(hours=1)
    with office.open() as ledger:
        impatience = "SET lock_timeout = 10" if office.place.shared else "PRAGMA busy_timeout = 0"
        ledger.store.read(impatience)
        with pytest.raises(LedgerError, match=r"locked|lock timeout"):
            tick(office.desk(ledger))
    locked.close()
    other.close()
    assert states(office) == [State.SENDING]
    for _ in range(8):
        office.wait(minutes=1)
        run(office)
    assert (states(office), office.network.requests) == ([State.CONFIRMED], 1)


def crash_at(point: str) -> Callable[[str], None]:
    """Die the first time the dispatcher comes to `point`."""
    armed = [True]

    def crash(here: str) -> None:
        if here == point and armed[0]:
            armed[0] = False
            raise Crash(point)

    return crash


@pytest.mark.parametrize("promise", CLASSES)
@pytest.mark.parametrize("point", ["C1", "C2", "C3", "C4", "C5", "C6"])
@pytest.mark.parametrize("mood", ["accept", "reply lost", "reset before", "later", "not sent"])
def test_death_at_any_point_neither_doubles_nor_loses(tmp_path: Path, promise: Promise, point: str, mood: str) -> None:
    """Every crash point, every class, every kind of answer: out exactly once, or held where nobody can ask."""
    office = make_office(tmp_path, promise, Tree(texts=("one", "two"), grace=timedelta(days=1)))
    office.crash = office.network.crash = crash_at(point)
    office.network.moods = [mood]
    office.wait(hours=1)
    crashes = 0
    for _half_minute in range(60):
        try:
            run(office)
        except Crash:
            crashes += 1
        office.wait(seconds=30)
        if set(states(office)) <= {State.CONFIRMED, State.HELD} or states(office) == [State.HELD, State.PLANNED]:
            break
    assert crashes == (0 if (point, mood) in _UNREACHED or (promise, point, mood) in _UNREACHED_BLIND else 1)
    texts = [text for _key, _part, text, _at in office.network.published]
    final = states(office)
    assert len(texts) == len(set(texts))
    if promise is Promise.BLIND and State.HELD in final:
        assert texts in ([], ["one"])
    else:
        assert texts == ["one", "two"]
        assert final == [State.CONFIRMED] * 2


# C6 is reached only by an unknown outcome, C3 only by an accepted request; a blind network is never looked at.
_UNREACHED = {("C6", "accept"), ("C6", "later"), ("C6", "not sent")}
_UNREACHED_BLIND = {
    (Promise.BLIND, "C6", "reply lost"),
    (Promise.BLIND, "C6", "reset before"),
    (Promise.BLIND, "C3", "reset before"),
}


def test_a_hold_between_the_last_look_and_the_intent_is_in_time(office: Office) -> None:
    """The intent itself refuses a post on hold, so that `hold` can say "stopped" and be right."""
    run(office)
    office.wait(hours=1)
    tree = office.trees[0].order()
    with office.open() as ledger:
        desk = office.desk(ledger)
        looks = []

        def pause(now: datetime) -> None:
            looks.append(now)
            if len(looks) == 3:  # lateness, before the claim, after the claim
                ledger.add_pause(PauseRow(0, "post", "A", "wait", "anna", now, None))

        held = replace(tree, pause=pause)
        tick(replace(desk, orders=replace(desk.orders, orders={held.key: held})))
        assert len(looks) > 3
    assert (states(office), office.network.requests) == ([State.PLANNED], 0)


@pytest.mark.parametrize("stop", ["deleted", "paused"])
def test_what_was_stopped_is_not_replayed(tmp_path: Path, stop: str) -> None:
    """An unknown post that was deleted or paused meanwhile is looked for, but its key is not sent again."""
    office = make_office(tmp_path, Promise.KEY)
    office.network.moods = ["reset before"]
    office.wait(hours=1)
    run(office)
    if stop == "deleted":
        office.trees = []
    else:
        office.trees[0].pause = Pause("all", "", "stop")
    office.wait(minutes=3)
    run(office)
    assert office.network.requests == 1
    assert states(office)[0] in (State.CANCELLED, State.MISSED)


class Answering(FakeNetwork):
    """A network that answers as it was told."""

    def __init__(self, clock: SetClock, said: list[Answer]) -> None:
        super().__init__(clock)
        self.said = said

    def send(self, intent: Intent) -> Answer:
        return self.said.pop(0)


def test_half_a_character_in_an_answer_stops_nothing(tmp_path: Path) -> None:
    """JSON may hold half of a pair of surrogates, which no database stores; what became of the post is recorded."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree("A"), Tree("B"))
    said = [
        Answer(Outcome.REFUSED, reason="bad \ud83d \0"),
        Answer(Outcome.ACCEPTED, "1\udc00", "https://x.example/\ud83d"),
    ]
    office.network = Answering(office.clock, said)
    office.clock.moment = DUE
    with office.open() as ledger:
        tick(office.desk(ledger))
        rows = {row.uid: row for row in ledger.rows()}
    assert (rows["A"].state, rows["A"].reason) == (
        State.FAILED,
        "bad \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}",
    )
    assert (rows["B"].state, rows["B"].remote_id) == (State.CONFIRMED, "1\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("point", ["C2", "C4"])
def test_a_connection_lost_around_a_request_doubles_nothing(office: Office, point: str) -> None:
    """The database goes away between intent and answer: the tick says so, and a later one finds out what became of it."""
    office.clock.moment = DUE
    with office.open() as ledger:

        def lose(at: str) -> None:
            if at == point:
                ledger.close()

        office.crash = lose
        with pytest.raises((LedgerError, sqlite3.ProgrammingError)):
            tick(office.desk(ledger))
    office.crash = lambda _point: None
    for _time in range(4):
        office.wait(minutes=6)
        with office.open() as ledger:
            tick(office.desk(ledger))
    with office.open() as ledger:
        assert [row.state for row in ledger.rows()] == [State.CONFIRMED]
    assert len(office.network.published) == 1


def test_the_next_intent_writes_the_receipt_before_it(office: Office) -> None:
    """One commit holds both; who dies between two posts looks the first one up, and nothing is doubled."""
    office.trees = [Tree(uid="A", texts=("one",)), Tree(uid="B", texts=("two",))]
    office.clock.moment = DUE

    def crash(point: str) -> None:
        if point == "C1" and len(office.network.published) == 1:
            raise Crash

    office.crash = crash
    with office.open() as ledger, pytest.raises(Crash):
        tick(office.desk(ledger))
    with office.open() as ledger:
        assert {row.uid: row.state for row in ledger.rows()} == {"A": State.SENDING, "B": State.PLANNED}
    office.crash = lambda _point: None
    for _tick in range(8):
        office.wait(minutes=2)
        with office.open() as ledger:
            tick(office.desk(ledger))
    with office.open() as ledger:
        assert {row.state for row in ledger.rows()} == {State.CONFIRMED}
    assert [text for _key, _part, text, _at in office.network.published] == ["one", "two"]


def test_what_was_accepted_is_written_when_the_tick_is_stopped(office: Office) -> None:
    """A daemon that is asked to end between two posts leaves no receipt behind."""
    office.trees = [Tree(uid="A", texts=("one",)), Tree(uid="B", texts=("two",))]
    office.clock.moment = DUE

    def stop(point: str) -> None:
        if point == "C5":
            raise RuntimeError("stopped")

    office.crash = stop
    with office.open() as ledger, pytest.raises(RuntimeError, match="stopped"):
        tick(office.desk(ledger))
    with office.open() as ledger:
        assert {row.uid: row.state for row in ledger.rows()} == {"A": State.CONFIRMED, "B": State.PLANNED}


def test_an_account_that_another_dispatcher_is_at_is_left_to_it(office: Office) -> None:
    """Two at once would take turns and mix up the order; the next tick sends what is left."""
    office.trees = [Tree(uid=uid, texts=(uid,)) for uid in "ABC"]
    office.clock.moment = DUE
    with office.open() as ledger, office.open() as other:
        desk = office.desk(ledger)

        def faster(point: str) -> None:
            if point == "C1" and not office.network.published:
                row = next(row for row in other.rows(uid="A"))
                assert other.begin(row, DUE, rendition="{}", hashes=["h"], commit="") is not None

        tick(replace(desk, crash=faster))
        assert office.network.published == []
        tick(desk)
    assert [text for _key, _part, text, _at in office.network.published] == ["B", "C"]
