"""What goes out when: slots, collisions, gaps, clock changes, and what a change of the files does to them.

The handbook's posting slots: `timetable` has them as moments, `calendars` what is taken, `free` what is not, `waiting` who
waits for the next one, `following` who goes along with another channel, `duty` whether somebody is there to answer.
Filling gaps: `candidates` has what could, `weighing` how well and why, `suggesting` the choice, `filling` writes it.
Beside them: `reviews` has what somebody looks at again, `charges` who answers for what, `tables` the plan as a workbook.

`states` says what the ledger knows of a slot; it is asked by its own name, so that a check of texts loads no ledger.
"""

from toolkit.planning.advertising import advertises
from toolkit.planning.calendars import Calendars, calendars
from toolkit.planning.changes import Change, Kind, changes, count_by_account
from toolkit.planning.collisions import Collision, collisions
from toolkit.planning.days import ClockChange, between, clock_changes
from toolkit.planning.duty import Cover, Duty, duty_of
from toolkit.planning.fits import Fit, fit
from toolkit.planning.free import free_slots, taken_slots
from toolkit.planning.gaps import Gap, gaps
from toolkit.planning.openings import Line, is_open, next_opening
from toolkit.planning.revisions import Means, correction_means, retraction_means
from toolkit.planning.slots import Slot, slots
from toolkit.planning.specials import Calendar, SpecialDay, knows_school, region_complaint, special_days
from toolkit.planning.timetable import PostingSlot, Timetable
from toolkit.planning.waiting import Turn, waiting

__all__ = [
    "Calendar",
    "Calendars",
    "Change",
    "ClockChange",
    "Collision",
    "Cover",
    "Duty",
    "Fit",
    "Gap",
    "Kind",
    "Line",
    "Means",
    "PostingSlot",
    "Slot",
    "SpecialDay",
    "Timetable",
    "Turn",
    "advertises",
    "between",
    "calendars",
    "changes",
    "clock_changes",
    "collisions",
    "correction_means",
    "count_by_account",
    "duty_of",
    "fit",
    "free_slots",
    "gaps",
    "is_open",
    "knows_school",
    "next_opening",
    "region_complaint",
    "retraction_means",
    "slots",
    "special_days",
    "taken_slots",
    "waiting",
]
