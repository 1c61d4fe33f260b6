"""A year and two months of believable exports for a workspace, with known effects hidden in them.

`write_history` writes one CSV file per source, which `leitstand import` reads like any other export, and
`…-planted.json` beside them, which says what was hidden. The same workspace, seed and moment give the same bytes.

Posts are the workspace's own that went out before `now`, and, in the other weeks, invented ones with stable uids.
Networks differ: a newsletter has no likes, a feed only views and downloads, and one account's exports stop three
weeks ago, so that a report has something missing to be honest about.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from ulid import ULID

from toolkit.model import Status
from toolkit.sample.planted import Planted, plant
from toolkit.sample.posts import SLOTS, TITLES
from toolkit.settings import Settings
from toolkit.source.writing import replace_file
from toolkit.workspace import Workspace, drafts

DAYS: Final = 426
DETAILED: Final = 120  # days; older posts have fewer snapshots
AGES: Final = (1, 6, 24, 48, 72, 96, 120, 144, 168, 336, 672)  # hours
OLD_AGES: Final = (24, 168, 672)
SILENT_NETWORK: Final = "x"
SILENT_SINCE: Final = 21  # days before now
_ATTRIBUTED: Final = frozenset({"orders", "revenue", "visits"})
COMPETITORS: Final = {"Kontor Elbkaffee": 1.15, "Röstwerk Süd": 0.7}
COLUMNS: Final = (
    "subject",
    "channel",
    "metric",
    "value",
    "observed_at",
    "published_at",
    "title",
    "format",
    "pillar",
    "campaign",
)


@dataclass(frozen=True, slots=True)
class Audience:
    """What an account of one network can reach, and what its network counts."""

    followers: int  # at the beginning
    yearly: float  # growth of followers in a year, 0.3 = 30 %
    rate: float  # interactions per follower and post
    viewed: float  # views per interaction
    metrics: tuple[str, ...] = ("likes", "comments", "shares", "views", "view_time", "downloads")


AUDIENCES: Final[Mapping[str, Audience]] = {
    "mastodon": Audience(1620, 0.34, 0.0105, 31),
    "bluesky": Audience(840, 0.71, 0.012, 27),
    "linkedin": Audience(1240, 0.19, 0.008, 42),
    "newsletter": Audience(2330, 0.1, 0.011, 36, ("views", "clicks")),
    "feed": Audience(410, 0.05, 0.02, 14, ("views", "downloads")),
    "x": Audience(910, -0.16, 0.005, 60),
    # By the account's own name, where a network has a second, smaller one.
    "bluesky-en": Audience(260, 0.9, 0.013, 24),
}
_OTHER: Final = Audience(500, 0.1, 0.01, 30)


@dataclass(frozen=True, slots=True)
class Sent:
    """A post that went out: the workspace's own or an invented one."""

    uid: str
    title: str
    pillar: str
    format: str
    campaign: str
    channels: Mapping[str, datetime]  # account → moment, UTC


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an export."""

    subject: str
    channel: str
    metric: str
    value: str
    observed_at: datetime
    post: Sent | None = None


def write_history(workspace: Workspace, folder: Path, now: datetime, seed: int = 7) -> tuple[list[Path], Planted]:
    """Write the exports into `folder` and what is hidden in them beside it; returns the exports and what was planted."""
    planted = make_planted(workspace.settings, now, seed)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in exports(workspace, now, planted).items():
        path = folder / f"{name}.csv"
        replace_file(path, _csv(rows))
        written.append(path)
    text = json.dumps(planted.as_json(), ensure_ascii=False, indent=1, sort_keys=True)
    # Beside the folder: an import of the folder would meet a file that is no export.
    replace_file(folder.with_name(f"{folder.name}-planted.json"), (text + "\n").encode())
    return written, planted


def make_planted(settings: Settings, now: datetime, seed: int) -> Planted:
    """What is hidden in the history of these settings."""
    local = now.astimezone(ZoneInfo(settings.timezone))
    planted = plant(seed, local, local.date() - timedelta(days=DAYS))
    silent = next((name for name, account in settings.accounts.items() if account.network == SILENT_NETWORK), "")
    since = local.date() - timedelta(days=SILENT_SINCE)
    return replace(planted, silent=silent, silent_since=since.isoformat()) if silent else planted


def exports(workspace: Workspace, now: datetime, planted: Planted) -> dict[str, list[Row]]:
    """Name of the export → its rows."""
    zone = ZoneInfo(workspace.settings.timezone)
    sent = [*_invented(workspace, planted, zone), *_own(workspace, now)]
    files = {name: _account_rows(name, sent, workspace.settings, now, planted) for name in workspace.settings.accounts}
    files["website"] = list(_site(planted, now, zone))
    files["shop"] = list(_shop(planted, now, zone))
    files["campaigns"] = list(_campaigns(workspace, planted, now, zone))
    files["competitors"] = list(_competitors(planted, now, zone))
    return {name: rows for name, rows in files.items() if rows}


def _own(workspace: Workspace, now: datetime) -> Iterator[Sent]:
    """The workspace's posts that went out before `now`."""
    for post in sorted(workspace.posts, key=lambda post: post.uid):
        moments = {
            draft.account.name: draft.publish.instant()
            for draft in drafts(post, workspace.settings)
            if draft.publish is not None and draft.publish.instant() < now
        }
        if moments and post.uid and post.status is Status.READY:
            form = post.media[0].kind.value if post.media else "text"
            yield Sent(post.uid, post.title, post.pillar, form, post.campaign, moments)


def _invented(workspace: Workspace, planted: Planted, zone: ZoneInfo) -> Iterator[Sent]:
    """Three or four posts a week, in the weeks in which the workspace has none of its own."""
    own = {
        draft.publish.wall.date().isocalendar()[:2]
        for post in workspace.posts
        for draft in drafts(post, workspace.settings)
        if draft.publish is not None
    }
    today = datetime.fromisoformat(planted.now).date()
    for day in (planted.first_day + timedelta(days=number) for number in range((today - planted.first_day).days)):
        chance = _chance(planted, str(day))
        slots = chance.sample(SLOTS, k=chance.choice((0, 0, 0, 1, 1, 1)))
        for slot in () if day.isocalendar()[:2] in own else slots:
            yield _invent(workspace, planted, datetime.combine(day, slot, zone), chance)


def _chance(planted: Planted, what: str) -> Random:
    """A generator of its own for each thing, so that one more post does not move the numbers of the others."""
    return Random(f"{planted.seed}:{what}")  # noqa: S311  # a sample, not a secret


def _invent(workspace: Workspace, planted: Planted, local: datetime, chance: Random) -> Sent:
    pillar = chance.choice(sorted(TITLES))
    form, title = chance.choice(TITLES[pillar])
    week = local.isocalendar().week
    running = sorted(
        campaign.name
        for campaign in workspace.campaigns.values()
        if campaign.start and campaign.end and campaign.start <= local.date() <= campaign.end
    )
    campaign = chance.choice(running) if running and chance.random() < 0.5 else ""
    accounts = [name for name in workspace.settings.accounts if chance.random() < _appetite(name, workspace.settings)]
    uid = _uid(local, f"{planted.seed}:{local.isoformat()}")
    moment = local.astimezone(ZoneInfo("UTC"))
    return Sent(uid, f"{title} (KW {week})", pillar, form, campaign, dict.fromkeys(accounts, moment))


def _appetite(account: str, settings: Settings) -> float:
    """How often a post goes to an account; a newsletter leaves now and then."""
    return {"newsletter": 0.07, "linkedin": 0.45, "x": 0.5}.get(settings.accounts[account].network, 0.75)


def _uid(local: datetime, key: str) -> str:
    """A ULID that carries the post's time and is the same every time."""
    milliseconds = int(local.timestamp() * 1000)
    return str(ULID(milliseconds.to_bytes(6, "big") + hashlib.sha256(key.encode()).digest()[:10]))


def _account_rows(name: str, sent: Iterable[Sent], settings: Settings, now: datetime, planted: Planted) -> list[Row]:
    zone = ZoneInfo(settings.timezone)
    audience = AUDIENCES.get(name) or AUDIENCES.get(settings.accounts[name].network, _OTHER)
    until = now
    if name == planted.silent:
        until = datetime.combine(date.fromisoformat(planted.silent_since), time(), zone)
    rows = []
    for post in sent:
        moment = post.channels.get(name)
        if moment is not None and moment < until:
            rows += list(_post_rows(post, name, audience, zone, until=until, planted=planted))
    return [*rows, *_followers(name, audience, planted, until, zone)]


def _post_rows(
    post: Sent, account: str, audience: Audience, zone: ZoneInfo, *, until: datetime, planted: Planted
) -> Iterator[Row]:
    local = post.channels[account].astimezone(zone)
    chance = _chance(planted, f"{post.uid}:{account}")
    expected = _level(audience, planted, local.date()) * audience.rate
    effect = planted.effect(post.pillar, post.format, post.campaign, local)
    final = _final(expected * exp(effect + chance.gauss(0, planted.noise)), post.format, audience, chance)
    ages = AGES if until - local < timedelta(days=DETAILED) else OLD_AGES
    for age in ages:
        observed = local + timedelta(hours=age)
        if observed > until:
            break
        seen = 1 - exp(-((age / 30) ** 0.6))
        for metric in audience.metrics:
            if metric in final:
                yield Row(post.uid, account, metric, str(int(final[metric] * seen)), observed, post)


def _final(interactions: float, form: str, audience: Audience, chance: Random) -> dict[str, float]:
    """What the counts come to in the end."""
    views = interactions * audience.viewed * exp(chance.gauss(0, 0.25))
    comments = interactions * chance.uniform(0.06, 0.14)
    shares = interactions * chance.uniform(0.1, 0.22)
    final = {"likes": interactions - comments - shares, "comments": comments, "shares": shares, "views": views}
    final["clicks"] = views * chance.uniform(0.03, 0.08)
    if form == "video":
        final["view_time"] = views * chance.uniform(7, 19)
    if form == "document":
        final["downloads"] = views * chance.uniform(0.04, 0.1)
    return final


def _level(audience: Audience, planted: Planted, day: date) -> float:
    return float(audience.followers * (1 + audience.yearly) ** ((day - planted.first_day).days / 365))


def _days(planted: Planted, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Each day's noon in local time, until `until`."""
    day = planted.first_day
    while (noon := datetime.combine(day, time(12), zone)) <= until:
        yield noon
        day += timedelta(days=1)


def _followers(name: str, audience: Audience, planted: Planted, until: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """Daily for the last three months, weekly before."""
    for noon in _days(planted, until, zone):
        if until - noon < timedelta(days=90) or noon.weekday() == 0 or noon.date() == planted.first_day:
            wobble = _chance(planted, f"{name}:{noon.date()}").gauss(0, 1.5)
            yield Row("account", name, "followers", str(round(_level(audience, planted, noon.date()) + wobble)), noon)


def _site(planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    for noon in _days(planted, now, zone):
        chance = _chance(planted, f"site:{noon.date()}")
        weekend = -0.25 if noon.isoweekday() > 5 else 0
        visits = 210 * _trend(planted, noon) * exp(planted.of_day(noon.date()) * 0.6 + weekend + chance.gauss(0, 0.12))
        yield Row("site", "", "visits", str(round(visits)), noon)


def _shop(planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    for noon in _days(planted, now, zone):
        chance = _chance(planted, f"shop:{noon.date()}")
        mean = 9.5 * _trend(planted, noon) * exp(planted.of_day(noon.date()) * 0.8 + chance.gauss(0, 0.2))
        orders = round(mean)
        revenue = sum(chance.uniform(11, 46) for _order in range(orders))
        yield Row("shop", "", "orders", str(orders), noon)
        yield Row("shop", "", "revenue", f"{revenue:.2f}", noon)


def _campaigns(workspace: Workspace, planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """Visits and sales that came through a campaign's links: each goal more or less on its way."""
    for campaign in sorted(workspace.campaigns.values(), key=lambda one: one.name):
        if campaign.start is None or campaign.end is None:
            continue
        days = (campaign.end - campaign.start).days + 1
        for goal in (goal for goal in campaign.goals if goal.metric in _ATTRIBUTED and not goal.channel):
            success = _chance(planted, f"{campaign.name}:{goal.metric}").uniform(0.82, 1.15)
            for noon in _days(planted, now, zone):
                if campaign.start <= noon.date() <= campaign.end:
                    noise = exp(_chance(planted, f"{campaign.name}:{goal.metric}:{noon.date()}").gauss(0, 0.25))
                    amount = goal.target / days * success * noise * exp(planted.of_day(noon.date()) * 0.5)
                    yield Row(f"campaign:{campaign.name}", "", goal.metric, f"{amount:.0f}", noon)


def _trend(planted: Planted, noon: datetime) -> float:
    """The site and the shop grow by a fifth in a year."""
    return float(1.2 ** ((noon.date() - planted.first_day).days / 365))


def _competitors(planted: Planted, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    for name, size in COMPETITORS.items():
        for channel in ("mastodon", "bluesky"):
            audience = AUDIENCES[channel]
            for noon in _days(planted, now, zone):
                chance = _chance(planted, f"{name}:{channel}:{noon.date()}")
                posts = chance.choice((0, 0, 1, 1, 1, 2))
                level = _level(audience, planted, noon.date()) * size
                seen = posts * level * audience.rate * exp(chance.gauss(0, 0.4))
                yield Row(f"competitor:{name}", channel, "posts", str(posts), noon)
                yield Row(f"competitor:{name}", channel, "interactions", str(round(seen)), noon)
                if noon.weekday() == 0:
                    yield Row(f"competitor:{name}", channel, "followers", str(round(level)), noon)


def _csv(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        post = row.post
        about = (post.title, post.format, post.pillar, post.campaign) if post else ("",) * 4
        published = post.channels[row.channel].isoformat() if post else ""
        writer.writerow(
            (row.subject, row.channel, row.metric, row.value, row.observed_at.isoformat(), published, *about)
        )
    return text.getvalue().encode()
