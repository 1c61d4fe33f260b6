"""Competitors' public counts: followers once a day, and for each day its posts and what these won.

Own posts are compared seven days after publication, so a day of a competitor's is looked at anew until it is seven
days over, and then left as it is. Only days that are over are counted; a day on which nothing was posted is a zero that
was read. What lies further back than `LOOK_BACK` at the first look is older when it is counted than it should be, and is
left out. Kept are sums by day, no posts, no texts and no names of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.collect.plan import counts, figures_of
from toolkit.metrics import Store
from toolkit.model import Observation
from toolkit.networks.watching import PublicAccount, PublicPost
from toolkit.settings import Account, Competitor, Settings
from toolkit.values import dataclass

SETTLED: Final = timedelta(days=7)
LOOK_BACK: Final = 28  # days
NOON: Final = time(12)
FEWEST: Final = 2  # requests for one look: the account, and a page of its posts


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor on one network; `account` is ours there, whose line looks at theirs."""

    competitor: Competitor
    account: Account
    handle: str

    @property
    def name(self) -> str:
        return f"{self.competitor.subject} @ {self.account.name}"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look brought; `failure` says why there is nothing, `cut` that not all posts could be read."""

    rival: Rival
    observations: tuple[Observation, ...] = ()
    failure: str = ""
    cut: bool = False


def find_rivals(settings: Settings, accounts: Mapping[str, Account]) -> list[Rival]:
    """The competitors' accounts that a network tells about, on those of `accounts`."""
    return [rival for rival in _rivals(settings, accounts) if is_told(rival.account)]


def by_hand_rivals(settings: Settings) -> list[Rival]:
    """The others: their numbers come as files."""
    return [rival for rival in _rivals(settings, settings.accounts) if not is_told(rival.account)]


def is_told(account: Account) -> bool:
    """Whether the account's network tells anybody's public counts, and we have a line to ask on."""
    return counts(account) and figures_of(account).public


def due_rivals(rivals: Iterable[Rival], store: Store, now: datetime) -> list[Rival]:
    """Those that were not looked at today (UTC)."""
    looked = _looked(store)
    today = now.astimezone(UTC).date()
    return [one for one in rivals if looked.get((one.competitor.subject, one.account.name)) != today]


def observe(
    rival: Rival, seen: PublicAccount, days: Iterable[date], now: datetime, zone: ZoneInfo
) -> list[Observation]:
    """The account's counts as observations of these days, each at the noon of its day, and of now for followers."""
    found = [_row(rival, "followers", seen.followers, now)] if seen.followers is not None else []
    for day in days:
        posts = [post for post in seen.posts if post.at.astimezone(zone).date() == day]
        at = datetime.combine(day, NOON, zone).astimezone(UTC)
        found.append(_row(rival, "posts", float(sum(not post.is_part for post in posts)), at))
        found.append(_row(rival, "interactions", _won(posts), at))
    return found


def open_days(rival: Rival, store: Store, now: datetime, zone: ZoneInfo) -> list[date]:
    """The days to count: those over, of the last four weeks, but for those counted seven days after their end."""
    today = now.astimezone(zone).date()
    settled = _settled(rival, store, zone)
    days = [today - timedelta(days=back) for back in range(LOOK_BACK, 0, -1)]
    return [day for day in days if day not in settled]


def since(days: list[date], zone: ZoneInfo) -> datetime:
    """The beginning of the first of the days; without any the far future, so that no post has to be read."""
    return datetime.combine(days[0], time(0), zone).astimezone(UTC) if days else datetime.max.replace(tzinfo=UTC)


def _won(posts: Iterable[PublicPost]) -> float:
    """Likes, comments and shares; a thread's next part is counted by networks as a comment on the part before."""
    return sum(max(0.0, post.interactions - (1.0 if post.is_part else 0.0)) for post in posts)


def _row(rival: Rival, metric: str, value: float, at: datetime) -> Observation:
    source = rival.account.network
    return Observation(rival.competitor.subject, rival.account.name, metric, value, at, None, source, "")


def _rivals(settings: Settings, accounts: Mapping[str, Account]) -> Iterator[Rival]:
    for competitor in settings.competitors.values():
        for ours, handle in competitor.accounts.items():
            if ours in accounts:
                yield Rival(competitor, accounts[ours], handle)


def _looked(store: Store) -> dict[tuple[str, str], date]:
    sql = """
        SELECT subject, channel, max(imported_at) AS last FROM observations
        WHERE starts_with(subject, 'competitor:') AND starts_with(import_id, 'measure-') GROUP BY ALL"""
    return {(row["subject"], row["channel"]): row["last"].date() for row in store.query(sql, {}).to_pylist()}


def _settled(rival: Rival, store: Store, zone: ZoneInfo) -> set[date]:
    """The days whose counts were taken when they were seven days over."""
    sql = """
        SELECT observed_at, max(imported_at) AS last FROM observations
        WHERE subject = $subject AND channel = $channel AND metric = 'interactions' GROUP BY ALL"""
    asked = {"subject": rival.competitor.subject, "channel": rival.account.name}
    found = set()
    for row in store.query(sql, {}, asked).to_pylist():
        day = row["observed_at"].replace(tzinfo=UTC).astimezone(zone).date()
        end = datetime.combine(day + timedelta(days=1), time(0), zone)
        if row["last"].replace(tzinfo=UTC) - end >= SETTLED:
            found.add(day)
    return found
