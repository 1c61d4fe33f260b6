"""GoAccess (JSON): visitors of the website from its server's own log, with no script on any page.

    goaccess access.log --log-format=COMBINED --ignore-crawlers -o report.json

| their panel | becomes of the day |
|---|---|
| visitors | `visitors`: different addresses and browsers of each day |
| requests, of one day's log | `visitors` that came through our tagged links, for accounts, posts and campaigns; `leads`, of the pages that ``[conversions]`` names |
| static_requests, of one day's log | `downloads`, of the files that ``[conversions]`` names |

Requests have no day in the report, so they are taken only where the log is of one day, as after a daily rotation; otherwise a
note says so. Do not switch query strings off (``--no-query-string``): the tags stand there. One person who came through two links
counts once for each of them, so there is no figure for what was not attributed. Without ``--ignore-crawlers`` robots are
visitors too; GoAccess does not write into the report whether it was given. Hosts, which are addresses of people, are
left out, as are all other panels.

The format is what GoAccess 1.7 writes; a test runs the real program.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from toolkit.importers.base import Columns, Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering
from toolkit.importers.origins import tags_of_address
from toolkit.importers.problems import file_problem
from toolkit.importers.sharing import Sharing, Whole
from toolkit.importers.structured import Tree, at, number, read_tree, rows, text
from toolkit.importers.wholedays import WholeDays
from toolkit.messages import _

TITLE: Final = "GoAccess"
NETWORK: Final = ""
MENU: Final = Menu(
    en="goaccess access.log --log-format=COMBINED --ignore-crawlers -o report.json",
    de="goaccess access.log --log-format=COMBINED --ignore-crawlers -o bericht.json",
)
EVIDENCE: Final = Evidence(
    Confidence.TESTED,
    "GoAccess itself",
)
NAME: Final = "goaccess"
PANELS: Final = ("general", "visitors", "requests", "static_requests")
PERSONAL: Final = ("hosts", "remote_user")


def identify(export: Export) -> Match:
    """By GoAccess' own panels."""
    tree = read_tree(export)
    if rows(at(tree, "visitors", "data")) and text(tree, "general", "start_date"):
        return Match(tuple(name for name in PANELS if isinstance(tree, dict) and name in tree))
    return Match(missing=PANELS[:2])


def extract(document: Document) -> Extract:
    """The visitors of every day, and of a single day what they asked for."""
    gathering, tree = Gathering(document, NAME), read_tree(document.export)
    days = WholeDays(document)
    whole = Sharing(gathering, Whole("site", document.account, tagged=False))
    known = [one for row in rows(at(tree, "visitors", "data")) if (one := _visitors(row, gathering))]
    for day, visitors in known:
        noon = days.noon(day)
        if noon is not None:
            whole.add(noon, "visitors", visitors)
    if len(known) == 1:
        _read_requests(tree, known[0][0], days, whole)
    elif _wanted(tree, gathering):
        gathering.remark(
            _("the log has several days and requests have none: links, leads and downloads need one report per day")
        )
    whole.finish()
    days.say_left_out(gathering)
    return gathering.extract([_columns(tree)])


def _visitors(row: dict[str, Tree], gathering: Gathering) -> tuple[date, float] | None:
    gathering.rows += 1
    written, visitors = text(row, "data"), number(row, "visitors", "count")
    try:
        day = date.fromisoformat(written)
    except ValueError:
        visitors = None
    if visitors is None or visitors < 0:
        message = _("{text!r} is no day with a number of visitors").format(text=written)
        gathering.problems.append(file_problem(gathering.document.path, message))
        return None
    return day, visitors


def _read_requests(tree: Tree, day: date, days: WholeDays, whole: Sharing) -> None:
    noon = days.noon(day)
    if noon is None:
        return
    parts = Sharing(whole.gathering, Whole("site", whole.whole.channel, complete=False))
    policy = whole.gathering.document.tracking.conversions
    for row in (*rows(at(tree, "requests", "data")), *rows(at(tree, "static_requests", "data"))):
        address = text(row, "data")
        visitors, hits = number(row, "visitors", "count"), number(row, "hits", "count")
        if visitors is not None and "?" in address:
            parts.add(noon, "visitors", visitors, tags_of_address(address))
        metric = policy.metric(address)
        if metric and hits is not None:
            whole.add(noon, metric, hits)
    parts.finish()
    parts.say_unknown()


def _wanted(tree: Tree, gathering: Gathering) -> bool:
    """Whether there is anything in the requests that a report of one day would have given."""
    policy = gathering.document.tracking.conversions
    addresses = [text(row, "data") for name in PANELS[2:] for row in rows(at(tree, name, "data"))]
    return any(policy.metric(one) or tags_of_address(one).campaign for one in addresses)


def _columns(tree: Tree) -> Columns:
    names = tuple(tree) if isinstance(tree, dict) else ()
    used: dict[str, str] = {name: name for name in PANELS if name in names}
    return Columns(
        used,
        tuple(name for name in names if name not in used and name not in PERSONAL),
        tuple(name for name in PERSONAL if name in names),
    )
