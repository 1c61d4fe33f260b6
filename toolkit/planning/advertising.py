"""What counts as advertising, which has no place on days of mourning."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.settings import HolidayPolicy


def advertises(policy: HolidayPolicy, pillar: str, campaign: str, labels: Iterable[str] = ()) -> bool:
    """Whether a post with these words may be advertising: all are, until the house says which (`commercial`)."""
    return not policy.commercial or not policy.commercial.isdisjoint((pillar, campaign, *labels))
