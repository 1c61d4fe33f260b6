"""Observations: what a network or an export said about a post, a channel or a competitor at a moment."""

from __future__ import annotations

from datetime import datetime

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Observation:
    """One snapshot of one metric. Append-only: a later value is a further observation.

    `subject` is a post's uid, ``account`` for channel values (followers), ``site`` or ``shop`` for web and sales,
    ``campaign:NAME`` for the part of them that a campaign's links brought, ``search`` for being found, or
    ``competitor:NAME``. `value` is cumulative for posts, a level for followers, and the amount of the day of
    `observed_at` for everything else, also for what a post's links brought on that day (no `published_at`); averages and
    relative values say so where they are imported. Missing is not zero: what was not delivered has no observation.
    """

    subject: str
    channel: str
    metric: str
    value: float
    observed_at: datetime  # aware, UTC
    published_at: datetime | None  # aware, UTC; None where age has no meaning
    source: str  # adapter or file that said so
    import_id: str

    @property
    def age_hours(self) -> float | None:
        """Hours between publication and observation."""
        if self.published_at is None:
            return None
        return (self.observed_at - self.published_at).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class Subject:
    """What a source says about a post that it counts, so that reports can name posts that have no file here."""

    uid: str
    title: str = ""
    format: str = ""  # photo, video, link, text …
    pillar: str = ""
    campaign: str = ""
    url: str = ""
    paid: bool | None = None  # whether reach was bought for it; None: the source does not say
