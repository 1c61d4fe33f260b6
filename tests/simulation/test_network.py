from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.networks.lockouts import LOCKED, verdict
from tests.simulation.town import START
from toolkit.model import Answer, Count, Outcome, Part, Presence, Promise, Rendition
from toolkit.networks.base import Connection, Intent, Memory, Pace
from toolkit.settings import Account
from toolkit.simulation import (
    Ask,
    Character,
    Fault,
    Request,
    Script,
    SimulatedClock,
    SimulatedNetwork,
    Weather,
    make_line,
)
from toolkit.simulation.character import Twice
from toolkit.simulation.containers import ContainerState
from toolkit.simulation.traffic import reply_from, reply_json
from toolkit.web import NotSent, Uncertain


def make(character: Character, *moods: Fault | None) -> tuple[SimulatedNetwork, Connection, SimulatedClock]:
    clock = SimulatedClock(START)
    network = SimulatedNetwork("a", character, lambda: clock.true, Script(moods), clock.wait)
    return network, make_line(character, network.answer, clock), clock


def intent(key: str = "A", text: str = "Hello", tried: datetime | None = None) -> Intent:
    rendition = Rendition("a", "n", "en", (Part(text, Count(5, 500, "c")),))
    return Intent(key, Account("a", "n", "@a"), rendition, 0, "", tried)


def test_latency_passes_on_the_clock() -> None:
    """A request takes its time; a slow one up to 25 seconds; nobody sleeps for it."""
    network, line, clock = make(Character(latency=timedelta(seconds=2)), None, Fault.SLOW)
    line.send(intent("A"))
    assert clock.true == START + timedelta(seconds=2)
    assert clock.elapsed() == 2.0
    line.send(intent("B"))
    assert timedelta(seconds=2) < clock.true - START <= timedelta(seconds=27)
    assert network.requests == 2


@pytest.mark.parametrize(
    ("fault", "outcome", "posts"),
    [
        (None, Outcome.ACCEPTED, 1),
        (Fault.RESET, Outcome.UNKNOWN, 0),
        (Fault.LOST, Outcome.UNKNOWN, 1),
        (Fault.SLOW_BODY, Outcome.UNKNOWN, 1),
        (Fault.BROKEN, Outcome.UNKNOWN, 1),
        (Fault.BUSY, Outcome.UNKNOWN, 0),
        (Fault.WAIT_SECONDS, Outcome.LATER, 0),
        (Fault.WAIT_DATE, Outcome.LATER, 0),
        (Fault.WAIT_BARE, Outcome.LATER, 0),
        (Fault.REFUSED, Outcome.REFUSED, 0),
        (Fault.GHOST, Outcome.DUPLICATE, 0),
    ],
)
@pytest.mark.parametrize("promise", [Promise.KEY, Promise.RKEY, Promise.READ_BACK, Promise.BLIND])
def test_what_a_sender_hears_and_what_the_world_sees(
    fault: Fault | None, outcome: Outcome, posts: int, promise: Promise
) -> None:
    """Each fault gives the answer that its name says, and the post is public or not."""
    network, line, _clock = make(Character(promise), fault)
    assert line.send(intent()).outcome is outcome
    assert len(network.record.posts) == posts


def test_unreachable_is_said_as_the_real_client_says_it() -> None:
    """Nothing left this machine: `NotSent`, and no request is counted."""
    network, line, _clock = make(Character(), Fault.UNREACHABLE)
    with pytest.raises(NotSent):
        line.send(intent())
    assert network.requests == 0


@pytest.mark.parametrize(
    ("fault", "wait"),
    [(Fault.WAIT_SECONDS, 420.0), (Fault.WAIT_DATE, 420.0), (Fault.WAIT_BARE, 300.0)],
)
def test_retry_after_is_read_in_both_forms(fault: Fault, wait: float) -> None:
    """Seconds and date mean the same seven minutes; without a header it is five."""
    _network, line, clock = make(Character(latency=timedelta()), fault)
    answer = line.send(intent())
    assert answer.retry_at is not None
    assert (answer.retry_at - clock.now()).total_seconds() == pytest.approx(wait, abs=1)


def test_a_key_is_known_for_its_time() -> None:
    """The same key gives the same post, until the network forgets it."""
    network, line, clock = make(Character(Promise.KEY, key_lifetime=timedelta(hours=1)))
    assert line.send(intent()).remote_id == line.send(intent()).remote_id == "1"
    clock.wait(timedelta(hours=1))
    assert line.send(intent()).remote_id == "2"
    assert network.record.copies() == {"A": 2}


def test_two_at_once_race_for_a_key() -> None:
    """Until a key counts, a second request with it makes a second post."""
    network, line, clock = make(Character(Promise.KEY, key_race=timedelta(seconds=10)))
    line.send(intent())
    line.send(intent())
    clock.wait(timedelta(seconds=10))
    line.send(intent())
    assert network.record.copies() == {"A": 2}


def test_a_replayed_key_may_be_answered_with_500() -> None:
    """As some versions of Mastodon do: unknown, and nothing is doubled."""
    network, line, _clock = make(Character(Promise.KEY, replay_fails=True))
    line.send(intent())
    assert line.send(intent()).outcome is Outcome.UNKNOWN
    assert len(network.record.posts) == 1


def test_a_chosen_key_is_there_once_for_ever() -> None:
    """rkey: sent again a year later it is the same record, and it is found at once."""
    network, line, clock = make(Character(Promise.RKEY, lag=timedelta(hours=1)))
    line.send(intent())
    assert line.find(intent()).presence is Presence.FOUND
    clock.wait(timedelta(days=365))
    line.send(intent())
    assert len(network.record.posts) == 1


def test_a_post_is_found_only_after_the_lag() -> None:
    """Within the lag a look-up does not show it; afterwards it does."""
    _network, line, clock = make(Character(lag=timedelta(seconds=30)))
    line.send(intent())
    assert line.find(intent(tried=START)).presence is Presence.ABSENT
    clock.wait(timedelta(seconds=30))
    assert line.find(intent(tried=START)).presence is Presence.FOUND


def test_reading_back_matches_text_and_time() -> None:
    """The same text of last week is another post; two of today are unclear."""
    _network, line, clock = make(Character())
    line.send(intent())
    clock.wait(timedelta(days=7))
    assert line.find(intent("B", tried=clock.now())).presence is Presence.ABSENT
    line.send(intent("B"))
    line.send(intent("C"))
    clock.wait(timedelta(minutes=1))
    assert line.find(intent("B", tried=clock.now())).presence is Presence.UNCLEAR


@pytest.mark.parametrize("wrong", [timedelta(minutes=-10), timedelta(minutes=10)])
def test_a_wrong_clock_there_is_reckoned_with(wrong: timedelta) -> None:
    """The Date header says how wrong the network's clock is, and the post is found all the same."""
    network, line, clock = make(Character(clock_error=wrong))
    line.send(intent())
    clock.wait(timedelta(minutes=1))
    date = network.answer(Request(Ask.LOOK)).headers["date"]
    assert abs(parsedate_to_datetime(date) - clock.now() - wrong) < timedelta(seconds=2)
    assert line.find(intent(tried=START)).presence is Presence.FOUND


def test_a_text_twice_is_forbidden_or_named_or_renamed() -> None:
    """X says 403 without an id, LinkedIn 422 with the first one's, WordPress takes it as "-2"."""
    forbidding, line, _ = make(Character(twice=Twice.FORBID))
    line.send(intent("A"))
    assert line.send(intent("B")).outcome is Outcome.DUPLICATE
    naming, line, _ = make(Character(twice=Twice.NAME))
    line.send(intent("A"))
    assert line.send(intent("A")).remote_id == "1"
    renaming, line, _ = make(Character(twice=Twice.RENAME))
    line.send(intent("A"))
    line.send(intent("B"))
    assert [len(network.record.posts) for network in (forbidding, naming, renaming)] == [1, 1, 2]
    assert [post.name for post in renaming.record.posts] == ["A", "B-2"]


def test_a_named_post_that_is_not_there_is_not_believed() -> None:
    """A ghost URN is a duplicate to be verified, not a success."""
    _network, line, _clock = make(Character(twice=Twice.NAME), Fault.GHOST)
    assert line.send(intent()).outcome is Outcome.DUPLICATE


def test_a_container_goes_its_way() -> None:
    """IN_PROGRESS, FINISHED, PUBLISHED; one that failed or expired says so and is never published."""
    network, line, clock = make(Character(Promise.TWO_STEP))
    assert line.send(intent()).outcome is Outcome.LATER
    assert network.containers.state("c1", clock.true) is ContainerState.IN_PROGRESS
    clock.wait(timedelta(seconds=2))
    assert network.containers.state("c1", clock.true) is ContainerState.FINISHED
    assert line.send(intent()).outcome is Outcome.ACCEPTED
    assert network.containers.state("c1", clock.true) is ContainerState.PUBLISHED
    assert line.send(intent()).remote_id == "1"
    assert len(network.record.posts) == 1


def test_an_expired_container_is_made_anew() -> None:
    """After a day the network has forgotten it; the sender makes another, and only one is published."""
    network, line, clock = make(Character(Promise.TWO_STEP))
    line.send(intent())
    clock.wait(timedelta(days=2))
    assert network.containers.state("c1", clock.true) is ContainerState.EXPIRED
    line.send(intent())
    clock.wait(timedelta(seconds=5))
    assert line.send(intent()).outcome is Outcome.ACCEPTED
    assert len(network.containers.made) == 2
    assert len(network.record.posts) == 1


def test_what_a_container_became_is_asked_after_a_lost_reply() -> None:
    """The container knows that it was published, and as what."""
    _network, line, clock = make(Character(Promise.TWO_STEP, container_time=timedelta()), Fault.LOST)
    assert line.send(intent()).outcome is Outcome.UNKNOWN
    clock.wait(timedelta(minutes=1))
    sighting = line.find(intent())
    assert (sighting.presence, sighting.remote_id) == (Presence.FOUND, "1")


def test_an_expired_token_is_renewed_once_and_rotated() -> None:
    """The old pair is worth nothing afterwards; the post goes out with the same call."""
    clock, memory = SimulatedClock(START), Memory()
    character = Character(token_lifetime=timedelta(hours=1))
    network = SimulatedNetwork("a", character, lambda: clock.true, wait=clock.wait)
    line = make_line(character, network.answer, clock, vault=memory)
    line.send(intent("A"))
    clock.wait(timedelta(hours=2))
    assert line.send(intent("B")).outcome is Outcome.ACCEPTED
    assert (network.tokens.renewals, memory.kept["session"]) == (1, "access-1 refresh-1")
    assert not network.tokens.renew("refresh-0", clock.true)


def test_a_revoked_token_needs_a_person() -> None:
    """The whole account waits for one; nothing is out, and no post is refused."""
    network, line, clock = make(Character(revoked_after=timedelta(hours=1)))
    clock.wait(timedelta(hours=1))
    answer = line.send(intent())
    assert (verdict(answer), answer.reason) == (LOCKED, "the account has to be connected anew")
    assert network.record.posts == []


def test_paces_are_kept_by_the_network() -> None:
    """The third post within a minute is turned away where two are allowed; a minute later it is taken."""
    _network, line, clock = make(Character(paces=(Pace(2, 60.0),)))
    outcomes = [line.send(intent(key)).outcome for key in "ABC"]
    assert outcomes == [Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.LATER]
    clock.wait(timedelta(minutes=1))
    assert line.send(intent("C")).outcome is Outcome.ACCEPTED


def test_editing_and_taking_back_are_done_once() -> None:
    """A correction changes the text; to take back what is gone is to have taken it back."""
    network, line, _clock = make(Character())
    answer: Answer = line.send(intent())
    assert line.edit(answer.remote_id, intent("A:edit", "Hallo")).outcome is Outcome.ACCEPTED
    assert [post.text for post in network.record.posts] == ["Hallo"]
    assert [line.delete(answer.remote_id).outcome for _ in range(2)] == [Outcome.ACCEPTED] * 2
    assert line.edit(answer.remote_id, intent("A:edit", "x")).outcome is Outcome.REFUSED


def test_a_request_and_a_reply_survive_a_socket() -> None:
    """What goes over the storm's socket comes out as it was."""
    request = Request(Ask.POST, "k", "Grüße", "p", "i", "t")
    assert Request.from_json(request.to_json()) == request
    network, _line, _clock = make(Character())
    reply = network.answer(request)
    assert reply_from(reply_json(reply)) == reply


def test_the_weather_does_not_depend_on_who_asks_first() -> None:
    """Two orders of asking, the same faults for the same requests."""
    weather = Weather(7, {Fault.LOST: 0.3, Fault.RESET: 0.3})
    requests = [Request(Ask.POST, f"k{number}") for number in range(50)]
    one = {request.key: weather.fault("a", request, 0) for request in requests}
    other = {request.key: weather.fault("a", request, 0) for request in reversed(requests)}
    assert one == other
    assert set(one.values()) == {Fault.LOST, Fault.RESET, None}


def test_uncertain_is_what_the_real_client_raises() -> None:
    """The wire itself raises the exceptions of `toolkit.web`, so that a line cannot tell it from the real one."""
    network, _line, _clock = make(Character(), Fault.LOST, Fault.RESET)
    for _ in range(2):
        with pytest.raises(Uncertain):
            network.answer(Request(Ask.POST, "k"))
