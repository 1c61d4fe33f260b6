"""Service hours: when somebody answers, how much of that time has passed, and until when an answer is promised.

`spans` turns a day's wall times into moments, `timetable` adds them up, `times` knows which hours and which promise
count for a message, `turns` whose turn it was and how long they waited.
"""

from toolkit.community.hours.times import Promise, ServiceTimes, read_times
from toolkit.community.hours.timetable import ALWAYS, Timetable
from toolkit.community.hours.turns import Turn, first_response, turns, waiting_since

__all__ = [
    "ALWAYS",
    "Promise",
    "ServiceTimes",
    "Timetable",
    "Turn",
    "first_response",
    "read_times",
    "turns",
    "waiting_since",
]
