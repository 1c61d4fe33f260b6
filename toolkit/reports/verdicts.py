"""How a goal stands, in words that reports and the site share."""

from __future__ import annotations

from toolkit.kpis.outlook import Realism
from toolkit.kpis.pace import Pace
from toolkit.messages import _


def pace_word(pace: Pace) -> str:
    """The pace as people say it."""
    words = {
        Pace.EARLY: _("too early to say"),
        Pace.AHEAD: _("ahead"),
        Pace.ON_TRACK: _("on course"),
        Pace.BEHIND: _("behind"),
        Pace.REACHED: _("goal reached"),
        Pace.MISSED: _("goal missed"),
        Pace.UNKNOWN: _("no data"),
        Pace.OPEN: _("counts at the end"),
    }
    return words[pace]


def realism_word(found: Realism) -> str:
    """The verdict as people say it."""
    words = {
        Realism.UNKNOWN: _("too early to say"),
        Realism.SAFE: _("within reach"),
        Realism.OPEN: _("open"),
        Realism.BOLD: _("bold"),
    }
    return words[found]
