"""The ledger against a model in memory: any order of calls, by dispatchers that hold rows as old as they like."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.ledger.ledgers import ACCOUNT, DUE, START, connection_of, planned
from tests.servers.postgres import Postgres
from toolkit.ledger import ByHand, Event, LedgerPlace, Limits, PauseRow, Row, State, open_ledger, seal, verify
from toolkit.model import Count, Part, Rendition

LIMITS = Limits(attempts=3, hourly=1000, lease=timedelta(minutes=5))
Which = tuple[str, int]  # uid, how many changes ago
WHICH = st.tuples(st.sampled_from("AB"), st.sampled_from([0, 0, 0, 0, 1, 2, 3]))
ARROWS = {
    ("", State.PLANNED),
    (State.PLANNED, State.SENDING),
    (State.PLANNED, State.PLANNED),
    (State.PLANNED, State.MISSED),
    (State.PLANNED, State.SKIPPED),
    (State.PLANNED, State.CANCELLED),
    (State.PLANNED, State.HELD),
    (State.PLANNED, State.CONFIRMED),  # by hand
    (State.HELD, State.CANCELLED),  # handed over, and gone before a person published it
    (State.CANCELLED, State.PLANNED),
    (State.CANCELLED, State.SKIPPED),
    (State.CANCELLED, State.CONFIRMED),
    (State.SENDING, State.CONFIRMED),
    (State.SENDING, State.FAILED),
    (State.SENDING, State.UNKNOWN),
    (State.SENDING, State.PLANNED),
    (State.SENDING, State.HELD),
    (State.UNKNOWN, State.SENDING),
    (State.UNKNOWN, State.CONFIRMED),
    (State.UNKNOWN, State.HELD),
    (State.UNKNOWN, State.PLANNED),
    (State.UNKNOWN, State.SKIPPED),
    *(
        (old, new)
        for old in (State.HELD, State.MISSED, State.FAILED, State.SKIPPED)
        for new in ("planned", "confirmed", "skipped")
    ),
}


def words(text: str) -> Rendition:
    """What a person is given to publish."""
    return Rendition("mastodon", "mastodon", "en", (Part(text, Count(len(text), 500, "c")),))


@dataclass
class Expected:
    """What the model knows of one row."""

    state: State = State.PLANNED
    token: str = ""
    attempts: int = 0
    not_before: datetime | None = None
    lease_until: datetime | None = None
    request_hash: str = ""
    remote_id: str = ""
    rendition: str = ""
    tried: bool = False
    writes: list[str] = field(default_factory=list)  # tokens that were allowed to write to the network

    def held_by(self, row: Row, *states: State) -> bool:
        return self.state in states and self.token == row.token

    def free(self, state: State, **changes: object) -> None:
        self.state, self.token, self.lease_until = state, "", None
        for name, value in changes.items():
            setattr(self, name, value)


class LedgerMachine(RuleBasedStateMachine):
    """`seen` holds every version of every row that some dispatcher has ever read; most calls use the newest."""

    server: ClassVar[str] = ""  # the address of the database, "" for a file

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-model-"))
        schema = self.folder.name if self.server else ""
        self.place = LedgerPlace(self.folder / "ledger.sqlite", self.server, schema)
        self.ledger = open_ledger(self.place, now=START, limits=LIMITS)
        if not self.server:  # kill tests are elsewhere; this one is about logic
            connection_of(self.ledger).execute("PRAGMA synchronous = OFF")
        self.ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START)
        self.model: dict[str, Expected] = {}
        self.seen: dict[str, list[Row]] = {}
        self.now = DUE
        self.held: set[str] = set()
        self.current = {"A": "A", "B": "B"}  # the post that is worked on; what is confirmed is over

    def teardown(self) -> None:
        if self.server:
            with self.ledger.store.transaction() as transaction:
                transaction.run(f'DROP SCHEMA "{self.place.schema}" CASCADE')
        self.ledger.close()
        shutil.rmtree(self.folder)

    def check(self, event: Event | Row | None, expected: bool) -> None:
        assert (event is not None) == expected

    def row(self, uid: str) -> Row:
        (found,) = self.ledger.rows(uid=uid)
        return found

    def version(self, which: Which) -> Row:
        """A row as it is now, or as it was so many changes ago; planned when nobody has seen it yet."""
        line, back = which
        self.plan(line)
        uid = self.current[line]
        versions = self.seen.setdefault(uid, [])
        current = self.row(uid)
        if not versions or versions[-1] != current:
            versions.append(current)
        return versions[max(-1 - back, -len(versions))]

    @rule(line=st.sampled_from("AB"))
    def next_post(self, line: str) -> None:
        """Go on with another post, when this one is out."""
        one = self.model.get(self.current[line])
        if one is not None and one.state is State.CONFIRMED:
            self.current[line] += line

    @rule(line=st.sampled_from("AB"))
    def plan(self, line: str) -> None:
        uid = self.current[line]
        events = self.ledger.plan([planned(uid)], self.now)
        assert bool(events) == (uid not in self.model)
        self.model.setdefault(uid, Expected())

    @rule(line=st.sampled_from("AB"), steps=st.integers(1, 5))
    def go_on(self, line: str, steps: int) -> None:
        """The usual way, some steps far, so that the rare arrows are reached."""
        which = (line, 0)
        way: tuple[Callable[[], None], ...] = (
            partial(self.begin, which, "h1"),
            partial(self.doubt, which),
            partial(self.take, which),
            partial(self.absent, which),
            partial(self.begin, which, "h2"),
        )
        for step in way[:steps]:
            step()

    @rule(minutes=st.sampled_from([0.5, 3.0, 6.0]))
    def wait(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(which=WHICH, digest=st.sampled_from(["h1", "h2"]))
    def begin(self, which: Which, digest: str) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        may = one.attempts < LIMITS.attempts and (one.not_before is None or one.not_before <= self.now)
        sent = self.ledger.begin(row, self.now, rendition="{}", hashes=[digest], commit="")
        self.check(sent, one.held_by(row, State.PLANNED) and may and row.uid not in self.held)
        if sent is not None:
            one.token, one.lease_until = sent.token, self.now + LIMITS.lease
        self.write(one, sent, digest)

    @rule(which=WHICH, digest=st.sampled_from(["h1", "h2"]))
    def replay(self, which: Which, digest: str) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        may = one.attempts < LIMITS.attempts and one.lease_until is not None and one.lease_until > self.now
        sent = self.ledger.replay(row, self.now, digest)
        may = may and row.uid not in self.held
        self.check(sent, one.held_by(row, State.UNKNOWN) and may and one.request_hash == digest)
        self.write(one, sent, digest)

    def write(self, one: Expected, sent: Row | None, digest: str) -> None:
        if sent is None:
            return
        # A write to the network happens only here: with a committed `sending` row that carries this token (I1).
        current = self.row(sent.uid)
        assert (current.state, current.token, current.request_hash) == (State.SENDING, sent.token, digest)
        one.state, one.request_hash, one.attempts = State.SENDING, digest, one.attempts + 1
        one.rendition, one.tried = sent.rendition, True
        one.writes.append(sent.token)

    @rule(which=WHICH, remote_id=st.sampled_from(["1", "2"]))
    def confirm(self, which: Which, remote_id: str) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        expected = one.held_by(row, State.SENDING, State.UNKNOWN)
        self.check(self.ledger.confirm(row, self.now, remote_id, "u"), expected)
        if expected:
            one.free(State.CONFIRMED, remote_id=remote_id)

    @rule(which=WHICH)
    def doubt(self, which: Which) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        expected = one.held_by(row, State.SENDING)
        self.check(self.ledger.doubt(row, self.now, "timeout"), expected)
        if expected:
            one.state, one.lease_until = State.UNKNOWN, None

    @rule(which=WHICH, minutes=st.sampled_from([0, 5]))
    def put_off(self, which: Which, minutes: int) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        until = self.now + timedelta(minutes=minutes)
        expected = one.held_by(row, State.SENDING)
        self.check(self.ledger.put_off(row, self.now, "429", until), expected)
        if expected:
            one.free(State.PLANNED, not_before=until, attempts=one.attempts - 1)

    @rule(which=WHICH)
    def refuse(self, which: Which) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        expected = one.held_by(row, State.SENDING)
        self.check(self.ledger.refuse(row, self.now, "400"), expected)
        if expected:
            one.free(State.FAILED)

    @rule()
    def lapse(self) -> None:
        events = self.ledger.lapse(self.now)
        out = [
            one
            for one in self.model.values()
            if one.state is State.SENDING and one.lease_until is not None and one.lease_until <= self.now
        ]
        assert len(events) == len(out)
        for one in out:
            one.state, one.lease_until = State.UNKNOWN, None

    @rule(which=WHICH)
    def take(self, which: Which) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        taken = self.ledger.take(row, self.now)
        open_lease = one.lease_until is not None and one.lease_until > self.now
        self.check(taken, one.held_by(row, State.UNKNOWN) and not open_lease)
        if taken is not None:
            one.token, one.lease_until = taken.token, self.now + LIMITS.lease

    @rule(which=WHICH)
    def absent(self, which: Which) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        expected = one.held_by(row, State.UNKNOWN)
        self.check(self.ledger.absent(row, self.now, "proof"), expected)
        if expected:
            one.free(State.PLANNED, not_before=None)

    @rule(which=WHICH)
    def hold(self, which: Which) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        expected = one.held_by(row, State.PLANNED, State.SENDING, State.UNKNOWN)
        self.check(self.ledger.hold(row, self.now, "look"), expected)
        if expected:
            one.free(State.HELD)

    @rule(which=WHICH, way=st.sampled_from(["miss", "skip", "cancel"]))
    def give_up(self, which: Which, way: str) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        # What a person was asked to publish is taken back from them; what may have been sent is not.
        asked = way == "cancel" and bool(one.rendition) and not one.tried and one.held_by(row, State.HELD)
        expected = asked or one.held_by(row, State.PLANNED)
        self.check(getattr(self.ledger, way)(row, self.now, "late"), expected)
        if expected:
            one.free({"miss": State.MISSED, "skip": State.SKIPPED, "cancel": State.CANCELLED}[way])

    @rule(which=WHICH)
    def restore(self, which: Which) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        expected = one.held_by(row, State.CANCELLED)
        self.check(self.ledger.restore(row, self.now), expected)
        if expected:
            one.free(State.PLANNED)

    @rule(which=WHICH, way=st.sampled_from(["again", "out", "drop"]))
    def decide(self, which: Which, way: str) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        ended = (State.HELD, State.MISSED, State.UNKNOWN, State.FAILED, State.SKIPPED, State.CANCELLED)
        seen = row.state is one.state
        if way == "drop":
            expected = seen and one.held_by(row, *ended, State.PLANNED)
            event = self.ledger.resolve_drop(row, self.now, "anna")
        elif way == "again":
            expected, event = seen and one.held_by(row, *ended), self.ledger.resolve_again(row, self.now, "anna")
        else:
            expected = seen and one.held_by(row, *ended)
            event = self.ledger.resolve_out(row, self.now, "u", "9", "anna")
        self.check(event, expected)
        if expected and way == "again":
            one.free(State.PLANNED, attempts=0, not_before=None)
        elif expected:
            one.free(State.SKIPPED if way == "drop" else State.CONFIRMED, remote_id="" if way == "drop" else "9")

    @rule(line=st.sampled_from("AB"), stop=st.booleans())
    def pause(self, line: str, stop: bool) -> None:
        """A hold stops intents, replays and hand-overs from this moment on; ended, it does not."""
        uid = self.current[line]
        holds = [pause for pause in self.ledger.pauses(self.now) if pause.value == uid]
        if stop and not holds:
            self.ledger.add_pause(PauseRow(0, "post", uid, "stop", "anna", self.now, None))
            self.held.add(uid)
        elif not stop and holds:
            assert self.ledger.end_pause(holds[0].id, self.now)
            self.held.discard(uid)

    @rule(which=WHICH, text=st.sampled_from(["one", "two"]))
    def hand_over(self, which: Which, text: str) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        expected = one.held_by(row, State.PLANNED) and row.uid not in self.held
        event = self.ledger.hand_over(row, self.now, "by hand", rendition=words(text), commit="abc")
        self.check(event, expected)
        if expected:
            one.state = State.HELD
            one.rendition, one.request_hash = words(text).to_json(), words(text).request_hash(0)

    @rule(which=WHICH, text=st.sampled_from(["one", "two"]), anyway=st.booleans(), early=st.booleans())
    def confirm_by_hand(self, which: Which, text: str, anyway: bool, early: bool) -> None:
        row = self.version(which)
        one = self.model[row.uid]
        latest = DUE - timedelta(days=1) if early else self.now
        expected = one.held_by(row, State.PLANNED, State.HELD, State.MISSED) and not one.tried and not early
        expected = expected and (anyway or row.uid not in self.held)
        said = ByHand("https://x/1", "anna", words(text), latest, anyway)
        self.check(self.ledger.confirm_by_hand(row, said, self.now), expected)
        if expected:
            if not (one.state is State.HELD and one.rendition):
                one.rendition, one.request_hash = words(text).to_json(), words(text).request_hash(0)
            one.free(State.CONFIRMED)

    @rule(which=WHICH, way=st.sampled_from(["begin", "cancel", "hand over", "hold"]), stop=st.booleans())
    def come_back(self, which: Which, way: str, stop: bool) -> None:
        """A row that was in somebody's hands is planned again, and who held it before does something late."""
        self.version((which[0], 0))
        self.begin((which[0], 0), "h1")
        self.version((which[0], 0))
        self.put_off((which[0], 0), 0)
        self.decide((which[0], 0), "again")
        self.pause(which[0], stop)
        match way:
            case "begin":
                self.begin(which, "h2")
            case "cancel":
                self.give_up(which, "cancel")
            case "hand over":
                self.hand_over(which, "one")
            case _:
                self.hold(which)

    @rule(line=st.sampled_from("AB"), digest=st.sampled_from(["h1", "h2"]))
    def look_and_replay(self, line: str, digest: str) -> None:
        """Nobody knows whether it is out; who looks it up sends the same request, or another, with the same key."""
        self.pause(line, stop=False)
        self.go_on(line, 3)
        self.replay((line, 0), digest)

    @rule()
    def seal_the_log(self) -> None:
        seal(self.ledger)

    @invariant()
    def no_event_was_changed(self) -> None:
        assert verify(self.ledger) is None

    @invariant()
    def the_ledger_is_what_the_model_says(self) -> None:
        rows = {row.uid: row for row in self.ledger.rows()}
        assert set(rows) == set(self.model)  # rows are conserved, and unique (I3, I6)
        for uid, one in self.model.items():
            row = rows[uid]
            assert (row.state, row.token, row.attempts) == (one.state, one.token, one.attempts)
            # What was sent, or handed over, stands with its hash (I7).
            assert (row.rendition, row.request_hash) == (one.rendition, one.request_hash)
            assert (row.first_tried_at is not None) == one.tried
            if one.state is State.CONFIRMED:
                assert row.remote_id == one.remote_id  # confirmed is final (I5)

    @invariant()
    def every_arrow_is_legal_and_the_log_is_whole(self) -> None:
        last: dict[str, str] = {}
        for event in self.ledger.events(limit=10_000):
            assert event.old == last.get(event.uid, "")
            assert (event.old, event.state) in ARROWS
            last[event.uid] = event.state
        assert last == {uid: one.state for uid, one in self.model.items()}


def histories(few: int) -> settings:
    """So few on every commit; as many as the variable says elsewhere."""
    return settings(
        max_examples=int(os.environ.get("LEITSTAND_MODEL_EXAMPLES", few)),
        stateful_step_count=50,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_any_order_of_calls_keeps_the_invariants() -> None:
    """Histories of fifty calls on a file, some with outdated rows: after each the ledger is what the model says."""
    run_state_machine_as_test(LedgerMachine, settings=histories(60))


def test_any_order_of_calls_keeps_the_invariants_in_postgresql(postgres: Postgres) -> None:
    """The same machine, every arrow taken by PostgreSQL's one statement."""

    class Shared(LedgerMachine):
        server = postgres.address

    run_state_machine_as_test(Shared, settings=histories(12))


def walk(machine: LedgerMachine, chance: random.Random) -> None:
    """One step of a long history; hypothesis shrinks better, this goes deeper."""
    which: Which = (chance.choice("AB"), chance.choice([0, 0, 0, 1, 2, 3]))
    digest = chance.choice(["h1", "h1", "h2"])
    calls: list[tuple[int, Callable[[], None]]] = [
        (8, partial(machine.go_on, which[0], chance.randint(1, 5))),
        (4, partial(machine.wait, chance.choice([0.5, 3.0, 6.0]))),
        (6, partial(machine.begin, which, digest)),
        (4, partial(machine.replay, which, digest)),
        (3, partial(machine.confirm, which, chance.choice("12"))),
        (3, partial(machine.doubt, which)),
        (2, partial(machine.put_off, which, chance.choice([0, 5]))),
        (1, partial(machine.refuse, which)),
        (3, machine.lapse),
        (4, partial(machine.take, which)),
        (3, partial(machine.absent, which)),
        (1, partial(machine.hold, which)),
        (3, partial(machine.pause, which[0], chance.random() < 0.3)),
        (3, partial(machine.next_post, which[0])),
        (3, partial(machine.look_and_replay, which[0], digest)),
        (2, partial(machine.hand_over, which, chance.choice(["one", "two"]))),
        (
            4,
            partial(
                machine.come_back, which, chance.choice(["begin", "cancel", "hand over", "hold"]), chance.random() < 0.4
            ),
        ),
        (1, partial(machine.confirm_by_hand, which, "two", chance.random() < 0.3, chance.random() < 0.3)),
        (1, machine.seal_the_log),
        (2, partial(machine.give_up, which, chance.choice(["miss", "skip", "cancel"]))),
        (2, partial(machine.restore, which)),
        (4, partial(machine.decide, which, chance.choice(["again", "again", "out", "drop"]))),
    ]
    weights = [weight for weight, _call in calls]
    chance.choices(calls, weights)[0][1]()


@pytest.mark.parametrize("seed", range(int(os.environ.get("LEITSTAND_MODEL_SEEDS", "40"))))
def test_long_histories_keep_the_invariants(seed: int) -> None:
    """A hundred random calls, some with outdated rows: the ledger does what the model says after each."""
    machine, chance = LedgerMachine(), random.Random(seed)
    try:
        for _step in range(100):
            walk(machine, chance)
            machine.the_ledger_is_what_the_model_says()
        machine.every_arrow_is_legal_and_the_log_is_whole()
    finally:
        machine.teardown()
