"""How reports are called at the top of their pages and in lists."""

from __future__ import annotations

from toolkit.messages import _


def report_title(name: str) -> str:
    """The name of a packaged report in the language spoken; an own one is called like its notebook."""
    titles = {
        "monthly": _("Monthly report"),
        "campaign": _("Campaigns"),
        "channel": _("Channels"),
        "competitors": _("Competitors"),
        "experiment": _("Experiments"),
        "year": _("Twelve months to"),
    }
    return titles.get(name, name)
