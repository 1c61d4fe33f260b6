"""What `leitstand doctor` says about Matomo: whether there is a token, and with ``--ask`` whether it opens the website's reports."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.cli.context import Context
from toolkit.cli.health import Finding, Health
from toolkit.collect.matomo import Desk
from toolkit.collect.website import open_desk
from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.settings import MatomoSite

NAME = "matomo"


def check_matomo(context: Context, *, ask: bool) -> Iterator[Finding]:
    """Nothing where there is no [matomo]; else its token, which only Matomo itself can judge. Never the token's text."""
    site = context.settings.matomo
    if site is None:
        return
    try:
        desk = open_desk(site, context.environ, context.clock)
    except UsageError as error:
        yield Finding(NAME, Health.WRONG, str(error))
        return
    yield _asked(desk, site) if ask else Finding(NAME, Health.FINE, _unasked(site))


def _unasked(site: MatomoSite) -> str:
    text = _("website {site} at {server}; a token is set, and --ask tries it")
    return text.format(site=site.site, server=site.server)


def _asked(desk: Desk, site: MatomoSite) -> Finding:
    try:
        name = desk.site_name()
    except LeitstandError as error:
        return Finding(NAME, Health.WRONG, str(error))
    text = _("website {site} at {server}, “{name}”: its token may read the reports")
    return Finding(NAME, Health.FINE, text.format(site=site.site, server=site.server, name=name))
