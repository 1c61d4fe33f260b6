"""What goes out when: slots, what is due, collisions, gaps, the calendar, and what a change does to it."""

from toolkit.planning.changes import Change, Kind, changes, count_by_account
from toolkit.planning.collisions import Collision, collisions
from toolkit.planning.days import ClockChange, Day, between, calendar, clock_changes
from toolkit.planning.fits import Fit, fit
from toolkit.planning.gaps import Gap, gaps
from toolkit.planning.slots import Slot, due, slots
from toolkit.planning.states import slot_key, thread_states

__all__ = [
    "Change",
    "ClockChange",
    "Collision",
    "Day",
    "Fit",
    "Gap",
    "Kind",
    "Slot",
    "between",
    "calendar",
    "changes",
    "clock_changes",
    "collisions",
    "count_by_account",
    "due",
    "fit",
    "gaps",
    "slot_key",
    "slots",
    "thread_states",
]
