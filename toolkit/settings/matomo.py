"""The table ``[matomo]``: where the website's own statistics are fetched from. The token stands elsewhere, never here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from toolkit.credentials import variable_name
from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import SECRETS, unknown_name
from toolkit.values import dataclass

TABLE: Final = "matomo"
KEYS: Final[Mapping[str, str]] = {
    "server": "Address of your Matomo, such as https://statistik.example.com; the token is LEITSTAND_TOKEN_MATOMO.",
    "site": "Number of the website there (idSite).",
    "reports": "Reports that are fetched, by their names in Matomo. Default: VisitsSummary.get, Actions.get, Referrers.getCampaigns.",
}
# Every report that `toolkit.importers.kinds.matomo` reads.
REPORTS: Final = (
    "VisitsSummary.get",
    "Actions.get",
    "Actions.getPageUrls",
    "Referrers.getCampaigns",
    "MarketingCampaignsReporting.getName",
    "MarketingCampaignsReporting.getContent",
    "MarketingCampaignsReporting.getId",
    "MarketingCampaignsReporting.getSource",
)
USUAL: Final = ("VisitsSummary.get", "Actions.get", "Referrers.getCampaigns")


@dataclass(frozen=True, slots=True)
class MatomoSite:
    """One website in one Matomo."""

    server: str  # without a slash at its end
    site: int
    reports: tuple[str, ...] = USUAL


def read_matomo(reader: Reader, raw: Mapping[str, object]) -> MatomoSite | None:
    """The website that the table names; None without the table, or when it cannot be used (a problem says why)."""
    if TABLE not in raw:
        return None
    before = len(reader.problems)
    table = _open_keys(reader, reader.sub(raw, TABLE))
    server = reader.value(table, TABLE, "server", str, "").rstrip("/").removesuffix("/index.php")
    site = reader.value(table, TABLE, "site", int, 0)
    reports = reader.words(table, TABLE, "reports", USUAL)
    if not _is_address(server):
        reader.error(
            TABLE, "server", _("server must be the address of your Matomo, such as https://matomo.example.com")
        )
    if site < 1:
        reader.error(TABLE, "site", _("site must be the number of the website in Matomo, such as 1"))
    for report in reports:
        if report not in REPORTS:
            reader.error(TABLE, "reports", unknown_name(_("report"), report, dict.fromkeys(REPORTS)))
    return MatomoSite(server, site, reports) if len(reader.problems) == before else None


def _open_keys(reader: Reader, raw: Mapping[str, object]) -> Mapping[str, object]:
    """The keys that this file may have; a token is answered with where it belongs."""
    for key in raw:
        if key in SECRETS:
            message = _("no {key} here, this file is in git: set {name}; withdraw a token that was committed")
            reader.error(TABLE, key, message.format(key=key, name=variable_name(TABLE)))
    return reader.table({key: value for key, value in raw.items() if key not in SECRETS}, TABLE, KEYS)


def _is_address(server: str) -> bool:
    """Whether it is one without a name, a password or a query: this file is in git."""
    try:
        parts = urlsplit(server)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc and not parts.query
