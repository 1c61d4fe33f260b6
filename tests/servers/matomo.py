"""A Matomo as its Reporting API is documented, over real HTTP: POST, pages by the day, errors with 200, limits.

Sources: developer.matomo.org/api-reference/reporting-api (parameters, ``filter_limit`` 100 by default, ``filter_offset``,
one object with a key for each day where a period has several dates), matomo.org/faq/troubleshooting/
matomo-cloud-api-usage-limits (429).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.servers.pretend import PretendServer, Reply, Request

TOKEN = "c0ffee00c0ffee00c0ffee00c0ffee00"  # of the pretended Matomo
DENIED = "You can't access this resource as it requires 'view' access for the website id = {site}."
BAD_TOKEN = "Unable to authenticate with the provided token. It is either invalid, expired or is required to be sent as a POST parameter."  # Matomo's sentence
NO_METHOD = "The method '{method}' does not exist or is not available in the module '\\Piwik\\Plugins\\{module}\\API'."

Rows = Mapping[str, object] | list[dict[str, object]]


@dataclass
class Matomo:
    """`reports`: method → day → its row or rows. `busy`: what a busy server in front of it answers first."""

    reports: dict[str, dict[str, Rows]] = field(default_factory=dict)
    site: str = "1"
    busy: list[Reply] = field(default_factory=list)

    def serve(self, pretend: PretendServer) -> None:
        pretend.routes["POST /index.php"] = self.answer

    def answer(self, request: Request) -> Reply:
        form = request.form()
        if self.busy:
            return self.busy.pop(0)
        if form.get("format") != "JSON" or form.get("module") != "API":
            return Reply(200, b"<?xml version='1.0'?><result/>")
        if form.get("token_auth") != TOKEN or "token_auth" in request.query:
            return _error(BAD_TOKEN)
        if form.get("idSite") != self.site:
            return _error(DENIED.format(site=form.get("idSite")))
        return self._open(form)

    def _open(self, form: Mapping[str, str]) -> Reply:
        """What somebody gets who may view the website."""
        method = form.get("method", "")
        if method == "SitesManager.getSiteFromId":  # developer.matomo.org/api-reference/reporting-api#SitesManager
            return Reply(200, {"idsite": int(self.site), "name": "Nordlicht Shop", "timezone": "Europe/Berlin"})
        if method not in self.reports:
            return _error(NO_METHOD.format(method=method, module=method.partition(".")[0]))
        limit, offset = int(form.get("filter_limit", "100")), int(form.get("filter_offset", "0"))
        return Reply(200, {day: self._rows(method, day, limit, offset) for day in _days(form["date"])})

    def _rows(self, method: str, day: str, limit: int, offset: int) -> Rows:
        rows = self.reports[method].get(day, [])
        return rows[offset : offset + limit] if isinstance(rows, list) else rows


def _error(message: str) -> Reply:
    return Reply(200, {"result": "error", "message": message})


def _days(span: str) -> list[str]:
    first, last = (date.fromisoformat(one) for one in span.split(","))
    return [str(first + timedelta(days=number)) for number in range((last - first).days + 1)]
