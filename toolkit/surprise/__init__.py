"""How surprising the number of mentions is: an alarm level, against the brand's own last fourteen days.

A window of 60 minutes is compared with all such windows of the 14 days before. Their mean and variance make a negative
binomial distribution (counts of people who answer each other vary more than chance alone), and the score is -log10 of
the chance of so many mentions or more: 3 is one in a thousand. Levels: ``watch`` from 2.4, ``alert`` from 3,
``candidate`` from 4; brands of under 100 mentions a day are looked at through 180 minutes and lower thresholds. Under
two days of history it is ``learning`` and silent. A level is a proposal: a crisis is declared by a person.

=========  ======================================================================
`tuning`   levels, thresholds, windows: what the detector is told
`grid`     counts in bins of time; what was not seen is not zero
`rolling`  a window's sum beside the mean and variance of those before it
`tail`     the chance of a count: the negative binomial's upper tail
`alarms`   when people are told, and when not: the cool-down
`judging`  a whole series at once
`running`  one count after another, with a memory as JSON
`reading`  counts from a CSV file
`tallies`  many words at once, against the weeks before
=========  ======================================================================

Time of day plays no part: where it was tried, it did not help. numpy is imported by the first judgement. What it is
worth and costs is measured by ``benchmarks/detector.py``.
"""

from toolkit.surprise.alarms import Alarm
from toolkit.surprise.grid import Count, tally
from toolkit.surprise.judging import Reading, judge
from toolkit.surprise.running import Detector, ForgottenError, Memory
from toolkit.surprise.tuning import Level, Scale, Thresholds, Tuning

__all__ = [
    "Alarm",
    "Count",
    "Detector",
    "ForgottenError",
    "Level",
    "Memory",
    "Reading",
    "Scale",
    "Thresholds",
    "Tuning",
    "judge",
    "tally",
]
