"""Collecting: asking the networks how published posts do, less and less often the older they are.

Receipts come from the ledger, observations go to `toolkit.metrics`. An account that cannot be asked is reported and
leaves the others alone; what was not delivered is not an observation of zero.

============  ============================================================================================
module        what it decides
============  ============================================================================================
`due`         when a post is asked about again
`plan`        which posts and accounts there are to ask about
`agenda`      in how many requests, in which order, and what waits for the next round
`measuring`   asking, one measurement per post and account
`doubts`      what of it cannot be right
`rounds`      one round of all that, from the ledger into the store
`rivals`      competitors' public counts, by day
`website`     the website's statistics, once a day
`matomo`      its line to Matomo's Reporting API
`regular`     a round every few minutes, beside the daemon's ticks
`folder`      which files of a dropped folder are exports
`sources`     a file's bytes, of an archive those of its files
`intake`      taking export files over, with `known` posts
============  ============================================================================================
"""

from toolkit.collect.agenda import Agenda, Question, make_agenda
from toolkit.collect.doubts import Doubt, find_doubts
from toolkit.collect.due import account_due, due_for_measuring
from toolkit.collect.measuring import Measurement, OpenConnection, measure
from toolkit.collect.plan import (
    ACCOUNT,
    Last,
    Published,
    due_audiences,
    due_posts,
    figures_of,
    find_audiences,
    find_published,
)
from toolkit.collect.rounds import Office, Round, plan_round, run_round

__all__ = [
    "ACCOUNT",
    "Agenda",
    "Doubt",
    "Last",
    "Measurement",
    "Office",
    "OpenConnection",
    "Published",
    "Question",
    "Round",
    "account_due",
    "due_audiences",
    "due_for_measuring",
    "due_posts",
    "figures_of",
    "find_audiences",
    "find_doubts",
    "find_published",
    "make_agenda",
    "measure",
    "plan_round",
    "run_round",
]
