"""The website's own statistics, fetched once a day: which days, through which line, and what became of each report.

The days are those over in the workspace's zone: from two before the newest that is known, because Matomo counts late
visits, to yesterday; at the first time the last three months. Reports are read by the importer of files, so that a file and
a fetched report say the same, and a report that says nothing new is no import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.collect.intake import Read, Taken, Wishes, read_source, store_read
from toolkit.collect.matomo import CREDENTIAL, PAGES_REPORT, Desk, MatomoError, count_requests
from toolkit.collect.notes import read_patience, write_patience
from toolkit.collect.sources import Source
from toolkit.credentials import read_secret, variable_name
from toolkit.errors import LeitstandError, UsageError
from toolkit.importers import IMPORTERS
from toolkit.messages import _
from toolkit.metrics import Store
from toolkit.model import Clock, Severity
from toolkit.networks.base import Notes
from toolkit.networks.opening import secrets_of
from toolkit.settings import MatomoSite, Settings
from toolkit.values import dataclass
from toolkit.web import Resolver, Web, host_port, look_up

NAME: Final = "matomo"  # the importer's, and how the website is called among what is measured
LOOK_BACK: Final = 92  # days
LATE: Final = 2  # days that are looked at again
ASKED: Final = "measure:asked"  # the note of the day on which everything was fetched


@dataclass(frozen=True, slots=True)
class Ask:
    """What a website is asked: these days, both inclusive."""

    site: MatomoSite
    first: date
    last: date

    @property
    def requests(self) -> int:
        """At least so many."""
        return count_requests(self.site, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of it: each report, and why the others are missing."""

    ask: Ask
    taken: tuple[Taken, ...] = ()
    failure: str = ""
    again_at: datetime | None = None

    @property
    def stored(self) -> int:
        return sum(one.stored for one in self.taken)


def site_key(site: MatomoSite) -> str:
    """Under which the ledger keeps the website's notes."""
    return f"{NAME} {site.server} {site.site}"


def plan_website(settings: Settings, store: Store, notes: Notes | None, now: datetime) -> Ask | None:
    """What is due; None where there is no Matomo, it was asked today, or it asked for patience."""
    site = settings.matomo
    if site is None:
        return None
    yesterday = now.astimezone(ZoneInfo(settings.timezone)).date() - timedelta(days=1)
    if notes is not None and (notes.read(ASKED) == str(yesterday) or (read_patience(notes) or now) > now):
        return None
    return ask_for(site, store, yesterday, settings.timezone)


def ask_for(site: MatomoSite, store: Store, yesterday: date, zone: str) -> Ask:
    """The days up to yesterday that are not settled yet."""
    newest = _newest(store, zone)
    first = newest - timedelta(days=LATE) if newest else yesterday - timedelta(days=LOOK_BACK - 1)
    return Ask(site, min(first, yesterday), yesterday)


def _newest(store: Store, zone: str) -> date | None:
    """The newest day that Matomo told, by file or here."""
    sql = "SELECT max(observed_at) AS last FROM observations WHERE subject = 'site' AND source = 'matomo'"
    (found,) = store.query(sql, {}).to_pylist()
    return found["last"].replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() if found["last"] else None


def open_desk(site: MatomoSite, environ: Mapping[str, str], clock: Clock, resolver: Resolver = look_up) -> Desk:
    """The line to a Matomo, through a client that may reach this server and hides the token; raises `UsageError`."""
    token = read_secret(CREDENTIAL, environ).reveal()
    if not token:
        message = _(
            "[matomo] has no token; set {variable}, or put it into the credentials file {name}; Matomo"
            " makes one under Administration → Personal → Security → Auth tokens"
        )
        raise UsageError(message.format(variable=variable_name(CREDENTIAL), name=CREDENTIAL))
    web = Web(resolver=resolver, allowed_hosts=frozenset({host_port(site.server)}), elapsed=clock.elapsed)
    return Desk(site, web.hiding(*secrets_of(token) or (token,)), token, clock)


def fetch_website(ask: Ask, desk: Desk, wishes: Wishes, store: Store) -> Iterator[Taken]:
    """Fetch and store one report after the other. Raises `LeitstandError`; what came before is stored."""
    for name in ask.site.reports:
        data = desk.report(name, ask.first, ask.last)
        source = Source(f"matomo {name} {ask.first} {ask.last}.json", data, desk.clock.now())
        read = read_source(source, replace(wishes, importer=IMPORTERS[NAME], importer_name=NAME))
        taken = store_read(_once(read, name, ask), store, wishes.now)
        if not taken.good:
            raise MatomoError(_complaint(name, taken))
        yield taken


def run_website(ask: Ask, desk: Desk, wishes: Wishes, store: Store, notes: Notes) -> Brought:
    """Fetch everything, and note that it was, or when to ask again."""
    taken: list[Taken] = []
    try:
        for one in fetch_website(ask, desk, wishes, store):
            taken.append(one)  # noqa: PERF402  # what came before an error is kept
    except LeitstandError as error:
        again_at = getattr(error, "again_at", None)
        if again_at is not None:
            write_patience(notes, again_at)
        return Brought(ask, tuple(taken), str(error), again_at)
    notes.write(ASKED, str(ask.last))
    return Brought(ask, tuple(taken))


def _once(read: Read, report: str, ask: Ask) -> Read:
    """Without Matomo's own sum of downloads where the pages' report says which files are downloads."""
    if report != "Actions.get" or PAGES_REPORT not in ask.site.reports:
        return read
    kept = tuple(one for one in read.extract.observations if one.metric != "downloads")
    return replace(read, extract=replace(read.extract, observations=kept))


def _complaint(report: str, taken: Taken) -> str:
    problems = taken.read.extract.problems
    first = next((one for one in problems if one.severity is Severity.ERROR), None)
    message = _("Matomo's {report} cannot be read: {problem}")
    return message.format(report=report, problem=first.message if first else "?")
