"""When to post: eight cells of the week, shrunken and with all doubt; "no reliable difference" is the normal answer.

`estimate_times` says what is known, `suggest_times` proposes moments (four of five by what is known, one to try where
little is known), and `backtest` what such advice would have been worth. Nothing here moves a post.
"""

from toolkit.learning.times.backtest import METHODS, Delivered, Trial, backtest, sum_up
from toolkit.learning.times.cells import CELLS, cell_name, cell_of, cell_title, part_hours
from toolkit.learning.times.estimate import CellTime, Times, estimate_times
from toolkit.learning.times.openings import find_openings, posting_slots
from toolkit.learning.times.posts import TimedPost, timed_posts
from toolkit.learning.times.reading import (
    ChannelTimes,
    explain_times,
    explain_trials,
    method_title,
    read_times,
    say_times,
    try_times,
)
from toolkit.learning.times.suggest import Suggestion, Why, say_numbers, say_why, suggest_times

__all__ = [
    "CELLS",
    "METHODS",
    "CellTime",
    "ChannelTimes",
    "Delivered",
    "Suggestion",
    "TimedPost",
    "Times",
    "Trial",
    "Why",
    "backtest",
    "cell_name",
    "cell_of",
    "cell_title",
    "estimate_times",
    "explain_times",
    "explain_trials",
    "find_openings",
    "method_title",
    "part_hours",
    "posting_slots",
    "read_times",
    "say_numbers",
    "say_times",
    "say_why",
    "suggest_times",
    "sum_up",
    "timed_posts",
    "try_times",
]
