"""How one account's network is, all the time: its class, its patience, its keys, its clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from toolkit.model import Promise
from toolkit.networks.base import Network, Pace
from toolkit.simulation.faults import Fault, Weather, dice
from toolkit.values import dataclass


class Twice(StrEnum):
    """What a network does with a text that it has already."""

    TAKE = "take"
    FORBID = "403"  # X: refused, without saying where the first one is
    NAME = "422"  # LinkedIn: refused, naming the first one
    RENAME = "slug"  # WordPress: taken, as another page with "-2" behind its name


@dataclass(frozen=True, slots=True)
class Character:
    """The facts of a simulated network."""

    promise: Promise = Promise.READ_BACK
    latency: timedelta = timedelta(seconds=0.4)
    lag: timedelta = timedelta(seconds=5)  # how long a post is public before it is to be found
    key_lifetime: timedelta = timedelta(hours=1)
    key_race: timedelta = timedelta()  # how long after its first request a key does not count yet
    replay_fails: bool = False
    twice: Twice = Twice.TAKE
    # Posts carry a link of our own, so that reading back knows them without doubt.
    marked: bool = False
    paces: tuple[Pace, ...] = ()
    token_lifetime: timedelta | None = None
    revoked_after: timedelta | None = None  # since the simulation began
    clock_error: timedelta = timedelta()  # of the Date header and of the moments it tells
    container_time: timedelta = timedelta(seconds=2)
    container_life: timedelta = timedelta(hours=24)
    # How long the client waits for an answer.
    deadline: timedelta = timedelta(seconds=30)


_TWICE = {"x": Twice.FORBID, "linkedin": Twice.NAME, "wordpress": Twice.RENAME}


def character_of(network: Network, account: str, weather: Weather, length: timedelta) -> Character:
    """The character of an account on `network` under the lasting faults of `weather`, over a time of `length`."""
    settle = timedelta(seconds=network.settle)
    calm = Character(
        promise=network.promise,
        lag=settle / 10,
        key_lifetime=timedelta(seconds=network.key_lifetime),
        twice=_TWICE.get(network.name, Twice.TAKE),
        paces=network.paces,
    )
    return spoil(calm, account, weather, settle, length)


def spoil(calm: Character, account: str, weather: Weather, settle: timedelta, length: timedelta) -> Character:
    """`calm` with every lasting fault of the weather; the degree comes from the seed."""
    chance = dice(weather.seed, account, "character")
    degrees = {fault: chance.random() for fault in sorted(Fault)}
    changes = {
        Fault.LAG: {"lag": settle * (0.5 + 0.45 * degrees[Fault.LAG])},
        Fault.KEY_SHORT: {"key_lifetime": calm.key_lifetime / 2},
        Fault.KEY_RACE: {"key_race": timedelta(seconds=30 * degrees[Fault.KEY_RACE])},
        Fault.REPLAY: {"replay_fails": True},
        Fault.EXPIRED: {"token_lifetime": timedelta(hours=2 + 46 * degrees[Fault.EXPIRED])},
        Fault.REVOKED: {"revoked_after": length * degrees[Fault.REVOKED]},
        Fault.CLOCK: {"clock_error": timedelta(minutes=20 * degrees[Fault.CLOCK] - 10)},
    }
    for fault, change in changes.items():
        if weather.has(fault):
            calm = replace(calm, **change)  # type: ignore[arg-type]  # each names fields of Character
    return calm
