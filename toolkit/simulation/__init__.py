"""Simulated networks and histories: what would happen, without a byte leaving this machine.

`SimulatedNetwork` is one account's network with every misbehaviour that is known of real ones, deterministic from one
seed. `live` runs the real tick over weeks on a clock that is moved, and `judge` says what became of every post: one
seed, one history. `leitstand simulate` shows it; the storm tests kill real processes in front of the same network.
"""

from toolkit.simulation.brand import Course, Told, silent_channels, simulate
from toolkit.simulation.character import Character, character_of
from toolkit.simulation.clock import SimulatedClock
from toolkit.simulation.faults import CHANCE, Calm, Fault, Script, Sky, Weather, explain, read_faults
from toolkit.simulation.history import History, Life, live
from toolkit.simulation.lines import SimulatedLine, make_line
from toolkit.simulation.network import SimulatedNetwork
from toolkit.simulation.record import Published
from toolkit.simulation.traffic import Ask, Request
from toolkit.simulation.verdict import ChannelVerdict, Ending, Fate, Verdict, judge

__all__ = [
    "CHANCE",
    "Ask",
    "Calm",
    "ChannelVerdict",
    "Character",
    "Course",
    "Ending",
    "Fate",
    "Fault",
    "History",
    "Life",
    "Published",
    "Request",
    "Script",
    "SimulatedClock",
    "SimulatedLine",
    "SimulatedNetwork",
    "Sky",
    "Told",
    "Verdict",
    "Weather",
    "character_of",
    "explain",
    "judge",
    "live",
    "make_line",
    "read_faults",
    "silent_channels",
    "simulate",
]
