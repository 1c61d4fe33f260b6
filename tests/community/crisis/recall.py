"""A crisis for tests: the house calls a product back."""

from __future__ import annotations

from datetime import datetime, timedelta

from toolkit.community.crisis.incident import Incident


def recall(at: datetime) -> Incident:
    """Declared `at` (aware) with level 3; the first statement is due half an hour later."""
    return Incident(
        id=f"{at:%Y-%m-%d}-recall",
        path=f"content/incidents/{at:%Y-%m-%d}-recall.md",
        playbook="recall",
        title=f"Recall, {at:%Y-%m-%d}",
        level=3,
        declared=at,
        declared_by="chefin",
        reason="handles break",
        first_due=at + timedelta(minutes=30),
    )
