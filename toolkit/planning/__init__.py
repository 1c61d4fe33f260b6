"""What goes out when: slots, collisions, gaps, clock changes, and what a change of the files does to them.

`states` says what the ledger knows of a slot; it is asked by its own name, so that a check of texts loads no ledger.
"""

from toolkit.planning.changes import Change, Kind, changes, count_by_account
from toolkit.planning.collisions import Collision, collisions
from toolkit.planning.days import ClockChange, between, clock_changes
from toolkit.planning.fits import Fit, fit
from toolkit.planning.gaps import Gap, gaps
from toolkit.planning.openings import Line, is_open, next_opening
from toolkit.planning.revisions import Means, correction_means, retraction_means
from toolkit.planning.slots import Slot, slots
from toolkit.planning.specials import Calendar, SpecialDay, knows_school, region_complaint, special_days

__all__ = [
    "Calendar",
    "Change",
    "ClockChange",
    "Collision",
    "Fit",
    "Gap",
    "Kind",
    "Line",
    "Means",
    "Slot",
    "SpecialDay",
    "between",
    "changes",
    "clock_changes",
    "collisions",
    "correction_means",
    "count_by_account",
    "fit",
    "gaps",
    "is_open",
    "knows_school",
    "next_opening",
    "region_complaint",
    "retraction_means",
    "slots",
    "special_days",
]
