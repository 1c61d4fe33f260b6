"""Matomo's Reporting API: the reports of some days, as the importer `matomo` reads them from a file.

The token goes into the body of a POST and nowhere else; the client hides it from every answer and message. A report comes
in pages of `PAGE` rows a day and for at most `DAYS` days a request. Matomo answers errors with 200 as well, so the body
decides. Its cloud limits 350 requests a minute and answers 429, with no word about how long (matomo.org, “Matomo Cloud API
usage limits”); where a server in front of it says ``Retry-After``, that counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from toolkit.errors import NetworkError
from toolkit.importers.structured import Tree, text
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.networks.answers import retry_at
from toolkit.settings import MatomoSite
from toolkit.values import dataclass
from toolkit.web import BadReply, Reply, Web

PAGE: Final = 500  # rows
PAGES: Final = 40  # of one request's days; more rows than that are no campaigns of ours
PAGES_REPORT: Final = "Actions.getPageUrls"
DAYS: Final = 31
TIMEOUT: Final = 120.0  # seconds; Matomo may have to count a day first
CREDENTIAL: Final = "matomo"  # the name of its token among the credentials

Days = dict[str, Tree]


class MatomoError(NetworkError):
    """Matomo did not answer with a report; `again_at` says when to ask again, where it asked for patience."""

    def __init__(self, message: str, again_at: datetime | None = None) -> None:
        self.again_at = again_at
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Desk:
    """A Matomo, and what it is asked with."""

    site: MatomoSite
    web: Web  # hides the token
    token: str
    clock: Clock

    def report(self, name: str, first: date, last: date) -> bytes:
        """The report by day, as JSON with its days in order. Raises `MatomoError` or `WebError`."""
        days: Days = {}
        for start, end in spans(first, last):
            days |= self._whole(name, start, end)
        return json.dumps(days, sort_keys=True, ensure_ascii=False).encode()

    def site_name(self) -> str:
        """What Matomo calls the website, which it tells only who may read its reports. Raises `MatomoError` or `WebError`."""
        return text(self._ask({"method": "SitesManager.getSiteFromId"}), "name")

    def _whole(self, name: str, first: date, last: date) -> Days:
        """All pages of some days."""
        days: Days = {}
        for page in range(PAGES):
            found = self._page(name, first, last, page)
            for day, rows in found.items():
                known = days.get(day)
                days[day] = [*known, *rows] if isinstance(known, list) and isinstance(rows, list) else rows
            if not any(isinstance(rows, list) and len(rows) >= PAGE for rows in found.values()):
                return days
        message = _("Matomo: {report} has more than {count} rows a day; take another report into [matomo] reports")
        raise MatomoError(message.format(report=name, count=PAGE * PAGES))

    def _page(self, name: str, first: date, last: date, page: int) -> Days:
        form = {
            "method": name,
            "period": "day",
            "date": f"{first},{last}",
            # Pages lie in folders otherwise; campaigns would be mixed with their words.
            "flat": str(int(name == PAGES_REPORT)),
            "filter_limit": str(PAGE),
            "filter_offset": str(page * PAGE),
        }
        return self._ask(form)

    def _ask(self, form: Mapping[str, str]) -> Days:
        fixed = {"module": "API", "idSite": str(self.site.site), "format": "JSON", "token_auth": self.token}
        address = f"{self.site.server}/index.php"
        return self._days(self.web.request("POST", address, form={**fixed, **form}, timeout=TIMEOUT))

    def _days(self, reply: Reply) -> Days:
        now = self.clock.now()
        if reply.status == 429:  # RFC 6585
            message = _("Matomo: it asks for patience, after too many questions; it is asked again later")
            raise MatomoError(message, retry_at(reply, now))
        try:
            tree = reply.json()
        except BadReply:
            raise MatomoError(self._no_api(reply)) from None
        if isinstance(tree, dict) and tree.get("result") == "error":
            raise MatomoError(self._refusal(str(tree.get("message", ""))))
        if not reply.ok or not isinstance(tree, dict):
            raise MatomoError(self._no_api(reply))
        return tree

    def _no_api(self, reply: Reply) -> str:
        message = _("{server} answered {status} and no report of Matomo; is it the address under [matomo] server?")
        return message.format(server=self.site.server, status=reply.status)

    def _refusal(self, words: str) -> str:
        said = " ".join(words.split())[:300]
        if any(word in words.casefold() for word in ("token", "authenticat", "access", "permission")):
            message = _(
                "Matomo: {words}; make a token (Administration → Personal → Security → Auth tokens) of somebody who may"
                " view website {site}, and set LEITSTAND_TOKEN_MATOMO"
            )
            return message.format(words=said, site=self.site.site)
        if "method" in words.casefold() or "plugin" in words.casefold():
            return _("Matomo: {words}; take the report out of [matomo] reports").format(words=said)
        return _("Matomo: {words}").format(words=said)


def spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days in pieces of at most `DAYS`."""
    start = first
    while start <= last:
        end = min(start + timedelta(days=DAYS - 1), last)
        yield start, end
        start = end + timedelta(days=1)


def count_requests(site: MatomoSite, first: date, last: date) -> int:
    """How many requests the reports of these days take at least."""
    return len(site.reports) * len(list(spans(first, last)))
