from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.town import CLASSES, START, Post, Town, endings, passing, some_posts
from toolkit.model import Late, Promise
from toolkit.networks.base import Pace
from toolkit.simulation import Ending, Fault, Script, Verdict, Weather


def counts(verdict: Verdict) -> dict[str, int]:
    return {ending: sum(one.counts.get(ending, 0) for one in verdict.channels) for ending in Ending}


def test_a_calm_month_is_sent_once_and_in_time(tmp_path: Path) -> None:
    """Without faults every message is out once, never early, within one interval and its request.

    A container takes an interval of its own, for each part of a thread.
    """
    _history, verdict = Town(tmp_path, Weather(1), some_posts(100)).live()
    assert {fate.copies for fate in verdict.fates} == {1}
    assert counts(verdict) | {"sent": len(verdict.fates)} == counts(verdict)
    late = {channel.account: channel.late for channel in verdict.channels}
    assert min(min(one) for one in late.values()) >= 0
    assert max(late.pop("two-step")) <= 3 * 180
    assert max(max(one) for one in late.values()) <= 75


@pytest.mark.parametrize("seed", range(4))
def test_a_bad_month_doubles_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    """Every fault at once, deaths and full disks included: nothing doubled, nothing lost, whatever the class."""
    history, verdict = Town(tmp_path, Weather(seed, passing(0.05)), some_posts(60)).live()
    assert (verdict.doubled, verdict.lost) == (0, 0), (f"seed {seed}", endings(verdict))
    assert history.deaths
    assert counts(verdict)["sent"] > 60


def test_the_same_seed_is_the_same_history(tmp_path: Path) -> None:
    """Two runs agree in every fate and every moment; another seed is another history."""
    told = []
    for number, seed in enumerate((5, 5, 6)):
        folder = tmp_path / str(number)
        folder.mkdir()
        history, verdict = Town(folder, Weather(seed, passing(0.1)), some_posts(40)).live()
        told.append((history.ticks, [(f.row.key, f.ending, f.at, f.why, f.copies) for f in verdict.fates]))
    assert told[0] == told[1]
    assert told[0] != told[2]


@pytest.mark.parametrize("promise", CLASSES)
def test_a_verdict_sees_what_is_doubled(tmp_path: Path, promise: Promise) -> None:
    """A copy that the network shows and nobody ordered is counted as doubled: the judge is not blind."""
    town = Town(tmp_path, Weather(1), [Post("A", promise, START + timedelta(hours=1))])
    _history, verdict = town.live(1)
    network = town.network(promise)
    network.record.add(network.record.posts[0])
    with town.open() as ledger:
        from toolkit.simulation import judge

        again = judge(ledger.rows(), town.orders(), town.networks, START, START + timedelta(days=1))
    assert (verdict.doubled, again.doubled) == (0, 1)


def test_a_verdict_sees_what_is_lost(tmp_path: Path) -> None:
    """Confirmed but not on the network, or ordered and without a row: lost."""
    town = Town(tmp_path, Weather(1), [Post("A", Promise.KEY, START + timedelta(hours=1))])
    town.live(1)
    town.network(Promise.KEY).record.by_key.clear()
    town.posts.append(Post("B", Promise.KEY, START + timedelta(hours=2)))
    with town.open() as ledger:
        from toolkit.simulation import judge

        verdict = judge(ledger.rows(), town.orders(), town.networks, START, START + timedelta(days=1))
    assert verdict.lost == 2


def test_blind_networks_ask_a_person(tmp_path: Path) -> None:
    """A lost reply on a blind network is held and told, and nothing goes out twice."""
    town = Town(tmp_path, Weather(1), [Post("A", Promise.BLIND, START + timedelta(hours=1))], sky=Script([Fault.LOST]))
    _history, verdict = town.live(1)
    (fate,) = verdict.asking
    assert (fate.ending, fate.copies) == (Ending.HELD, 1)
    assert "probably published" in fate.why


def test_a_machine_that_is_off_misses(tmp_path: Path) -> None:
    """Off for hours: `late: ask` is missed and told, `late: send` goes out afterwards."""
    posts = [Post(f"{n}", Promise.KEY, START + timedelta(hours=3 * n), 1, Late.ASK) for n in range(1, 200)]
    posts += [Post(f"S{n}", Promise.KEY, START + timedelta(hours=3 * n), 1, Late.SEND) for n in range(1, 200)]
    _history, verdict = Town(tmp_path, Weather(3, {Fault.DOWN: 1.0}), posts).live()
    by = counts(verdict)
    assert by["missed"] > 5
    assert by["sent"] >= 199
    assert (verdict.doubled, verdict.lost) == (0, 0)


@pytest.mark.parametrize("promise", CLASSES)
def test_a_revoked_token_fails_no_post(tmp_path: Path, promise: Promise) -> None:
    """From then on every post waits for a person until its grace is over, and is missed with the reason; none fails."""
    posts = [Post(f"{n}", promise, START + timedelta(hours=36 * n), 1, Late.ASK) for n in range(1, 20)]
    _history, verdict = Town(tmp_path, Weather(1, {Fault.REVOKED: 1.0}), posts).live()
    by = counts(verdict)
    assert by["sent"] + by["missed"] == len(posts)
    assert min(by["sent"], by["missed"]) > 0
    assert all("connected anew" in fate.why for fate in verdict.fates if fate.ending is Ending.MISSED)
    assert (verdict.doubled, verdict.lost) == (0, 0)


def test_nothing_is_asked_before_the_time_that_the_network_named(tmp_path: Path) -> None:
    """429 in all forms, all month long: no request of a post comes before its Retry-After is over."""
    posts = [Post(f"{n}", CLASSES[n % 5], START + timedelta(hours=7 * n)) for n in range(80)]
    weather = Weather(2, {Fault.WAIT_SECONDS: 0.3, Fault.WAIT_DATE: 0.3, Fault.WAIT_BARE: 0.2})
    town = Town(tmp_path, weather, posts)
    _history, verdict = town.live()
    assert sum(network.met[Fault.WAIT_DATE] for network in town.networks.values()) > 10
    assert sum(network.too_early for network in town.networks.values()) == 0
    assert (verdict.doubled, verdict.lost) == (0, 0)


@pytest.mark.parametrize("keeps_pace", [True, False])
def test_a_burst_keeps_the_pace_of_its_network(tmp_path: Path, keeps_pace: bool) -> None:
    """40 posts at once where 5 in ten minutes are taken: known, no request is too fast; not known, the network says so."""
    posts = [Post(f"{n}", Promise.KEY, START + timedelta(hours=1)) for n in range(40)]
    town = Town(tmp_path, Weather(1), posts, paces=(Pace(5, 600.0),), keeps_pace=keeps_pace)
    _history, verdict = town.live(1)
    assert (verdict.doubled, verdict.lost) == (0, 0)
    assert (town.network(Promise.KEY).met["too fast"] > 0) is not keeps_pace
    # Late posts are sent all the same here; nobody loses one by waiting.
    assert counts(verdict)["sent"] == 40
