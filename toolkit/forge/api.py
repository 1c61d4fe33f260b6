"""Reading a forge's REST API: page by page, politely, and nothing but reading.

What was read is asked for again with its ETag; an answer "304, not modified" costs nothing of GitHub's rate limit
(https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api). Of both forges the limits
are honoured: GitHub's ``x-ratelimit-*`` and ``retry-after``
(https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api), GitLab's ``ratelimit-*`` and
``retry-after`` (https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta
from typing import Final

from toolkit.credentials import Secret
from toolkit.forge.base import ForgeBusyError, ForgeError
from toolkit.forge.shapes import items
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.values import dataclass
from toolkit.web import Reply, Web, WebError

TIMEOUT: Final = 10.0  # seconds per request
MAX_BYTES: Final = 5_000_000
PER_PAGE: Final = 100
MOST_PAGES: Final = 10
# How long the forge is left alone when it does not say, and at most whatever it says.
REST: Final = timedelta(minutes=1)
LONGEST_REST: Final = timedelta(hours=1)
MOST_KEPT: Final = 500
# GitHub answers 422 for a commit that it does not have, and 409 for an empty repository.
NOTHING_THERE: Final = frozenset({404, 409, 422})
BUSY: Final = frozenset({403, 429, 503})


@dataclass(slots=True)
class Api:
    """One repository's API. What was read is kept, with its ETag, for as long as the process lasts."""

    root: str
    token: Secret
    web: Web
    clock: Clock
    headers: Mapping[str, str] = field(default_factory=dict)
    _kept: dict[str, tuple[str, object]] = field(default_factory=dict)
    _until: datetime | None = None

    def read(self, path: str) -> object:
        """The JSON at `path`, None when there is nothing. Raises `ForgeError`."""
        if self._until is not None and self.clock.now() < self._until:
            raise self._busy(self._until)
        etag, kept = self._kept.get(path, ("", None))
        reply = self._ask(path, etag)
        if reply.status == 304 and etag:
            return kept
        if reply.status in NOTHING_THERE:
            return None
        if not reply.ok:
            raise self._refused(reply)
        value = self._json(reply)
        self._keep(path, reply.headers.get("etag", ""), value)
        return value

    def read_all(self, path: str) -> list[object]:
        """The list at `path`, all pages of it; raises `ForgeError` also when there are too many to read."""
        found: list[object] = []
        for page in range(1, MOST_PAGES + 1):
            entries = items(self.read(f"{path}?per_page={PER_PAGE}&page={page}"))
            found += entries
            if len(entries) < PER_PAGE:
                return found
        raise ForgeError(_("{path} has more than {count} entries").format(path=path, count=MOST_PAGES * PER_PAGE))

    def _ask(self, path: str, etag: str) -> Reply:
        headers = {**self.headers, "Authorization": f"Bearer {self.token.reveal()}"}
        if etag:
            headers["If-None-Match"] = etag
        try:
            reply = self.web.request("GET", self.root + path, headers=headers, timeout=TIMEOUT, max_bytes=MAX_BYTES)
        except WebError as error:
            raise ForgeError(str(error)) from None
        self._until = self._rest(reply)
        return reply

    def _rest(self, reply: Reply) -> datetime | None:
        """Until when the forge wants to be left alone; None when it may be asked on."""
        now, headers = self.clock.now(), reply.headers
        waits = _seconds(headers, "retry-after")
        spent = "0" in (headers.get("x-ratelimit-remaining"), headers.get("ratelimit-remaining"))
        reset = _seconds(headers, "x-ratelimit-reset") or _seconds(headers, "ratelimit-reset")
        if waits and reply.status in BUSY:
            rest = timedelta(seconds=min(waits, LONGEST_REST.total_seconds()))
        elif spent and reset:
            rest = datetime.fromtimestamp(min(reset, now.timestamp() + 2 * LONGEST_REST.total_seconds()), UTC) - now
        elif reply.status == 429:
            rest = REST
        else:
            return None
        return now + min(max(rest, timedelta(seconds=1)), LONGEST_REST)

    def _refused(self, reply: Reply) -> ForgeError:
        if self._until is not None and reply.status in BUSY:
            return self._busy(self._until)
        if reply.status in (401, 403):
            message = _("the forge refuses the token ({status}); it must be able to read pull requests")
            return ForgeError(message.format(status=reply.status))
        return ForgeError(_("the forge answers {status} to {url}").format(status=reply.status, url=reply.url))

    def _busy(self, until: datetime) -> ForgeBusyError:
        message = _("the forge wants to be left alone until {when} UTC")
        return ForgeBusyError(message.format(when=f"{until:%H:%M:%S}"), until)

    def _json(self, reply: Reply) -> object:
        try:
            return reply.json()
        except WebError as error:
            raise ForgeError(str(error)) from None

    def _keep(self, path: str, etag: str, value: object) -> None:
        self._kept.pop(path, None)
        if etag and etag.isprintable():
            self._kept[path] = etag, value
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]


def _seconds(headers: Mapping[str, str], name: str) -> float:
    """A header's number, 0 when it has none (`retry-after` may also be a date, which no forge sends)."""
    said = headers.get(name, "").strip()
    return float(said) if said.isascii() and said.isdigit() and len(said) <= 12 else 0.0
