"""A year and two months of believable exports for a workspace, with known effects hidden in them.

`write_history` writes the files of each source, which `leitstand import` reads like any other export, and
`…-planted.json` beside them, which says what was hidden. The same workspace, seed and moment give the same bytes.
Website, shop, reels and searches come as their own systems export them (Matomo, Shopify, Meta, Google Trends), the rest
as general CSV.

Posts are the workspace's own that went out before `now`, and, in the other weeks, invented ones with stable uids.
Networks differ: a newsletter has no likes, a feed only views and downloads, and one account's exports stop three
weeks ago, so that a report has something missing to be honest about.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from math import exp
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from ulid import ULID

from toolkit.model import Status
from toolkit.sample.audiences import AUDIENCES, OTHER, Audience, level
from toolkit.sample.commerce import campaign_rows, write_orders, write_visits
from toolkit.sample.inbox import inbox_rows
from toolkit.sample.planted import Planted, plant
from toolkit.sample.posts import BOUGHT, SLOTS, TITLES
from toolkit.sample.reels import write_exports
from toolkit.sample.rivals import rival_rows
from toolkit.sample.rows import File, Row, Sent, chance_of, noons, to_csv
from toolkit.sample.searches import NAME as SEARCHES
from toolkit.sample.searches import write_searches
from toolkit.settings import Settings
from toolkit.source.writing import replace_file
from toolkit.workspace import Workspace, drafts

DAYS: Final = 426
DETAILED: Final = 120  # days; older posts have fewer snapshots
AGES: Final = (1, 6, 24, 48, 72, 96, 120, 144, 168, 336, 672)  # hours
OLD_AGES: Final = (24, 168, 672)
SILENT_NETWORK: Final = "x"
SILENT_SINCE: Final = 21  # days before now
BUYING: Final = {5: "instagram", 20: "linkedin"}  # day of the month → the network on which reach is bought


def write_history(workspace: Workspace, folder: Path, now: datetime, seed: int = 7) -> tuple[list[Path], Planted]:
    """Write the exports into `folder` and what is hidden in them beside it; returns the exports and what was planted."""
    planted = make_planted(workspace.settings, now, seed)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for file in exports(workspace, now, planted):
        path = folder / file.name
        replace_file(path, file.data)
        os.utime(path, (file.fetched.timestamp(), file.fetched.timestamp()))
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


def exports(workspace: Workspace, now: datetime, planted: Planted) -> Iterator[File]:
    """Every export."""
    settings, zone = workspace.settings, ZoneInfo(workspace.settings.timezone)
    sent = [*_invented(workspace, planted, zone), *_bought(workspace, planted, zone), *_own(workspace, now)]
    tables = {name: _account_rows(name, sent, settings, now, planted) for name in settings.accounts}
    tables["campaigns"] = list(campaign_rows(workspace, planted, now, zone))
    tables["competitors"] = list(rival_rows(planted, now, zone))
    tables["inbox"] = list(inbox_rows(frozenset(settings.accounts), planted, now, zone))
    yield from (File(f"{name}.csv", to_csv(rows), now) for name, rows in tables.items() if rows)
    # Of systems that export whole days, people fetch those that are over.
    today = datetime.combine(now.astimezone(zone).date(), time(), zone)
    yield File("matomo.json", write_visits(planted, today, zone), now)
    yield File("orders_export.csv", write_orders(planted, today, zone), now)
    yield File(SEARCHES, write_searches(planted, today.date()), now)
    for account in settings.accounts.values():
        if account.network == "instagram":
            yield from write_exports(account.id, settings.name, planted, now, zone)


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
            yield Sent(post.uid, post.title, post.pillar, form, post.campaign, moments, frozenset(post.labels))


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
        chance = chance_of(planted, str(day))
        slots = chance.sample(SLOTS, k=chance.choice((0, 0, 0, 1, 1, 1)))
        for slot in () if day.isocalendar()[:2] in own else slots:
            yield _invent(workspace, planted, datetime.combine(day, slot, zone), chance)


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


def _bought(workspace: Workspace, planted: Planted, zone: ZoneInfo) -> Iterator[Sent]:
    """Two posts a month on one account each, for which reach is bought."""
    today = datetime.fromisoformat(planted.now).date()
    for day in (planted.first_day + timedelta(days=number) for number in range((today - planted.first_day).days)):
        network = BUYING.get(day.day)
        accounts = [one.name for one in workspace.settings.accounts.values() if one.network == network]
        if accounts:
            local = datetime.combine(day, time(12, 30), zone)
            title = BOUGHT[day.month % len(BOUGHT)]
            uid = _uid(local, f"{planted.seed}:bought:{day}")
            moments = {accounts[0]: local.astimezone(ZoneInfo("UTC"))}
            yield Sent(uid, f"Anzeige: {title} ({day:%m/%Y})", "produkt", "photo", "", moments, paid=True)


def _appetite(account: str, settings: Settings) -> float:
    """How often a post goes to an account; a newsletter leaves now and then."""
    return {"newsletter": 0.07, "linkedin": 0.45, "x": 0.5}.get(settings.accounts[account].network, 0.75)


def _uid(local: datetime, key: str) -> str:
    """A ULID that carries the post's time and is the same every time."""
    milliseconds = int(local.timestamp() * 1000)
    return str(ULID(milliseconds.to_bytes(6, "big") + hashlib.sha256(key.encode()).digest()[:10]))


def _account_rows(name: str, sent: Iterable[Sent], settings: Settings, now: datetime, planted: Planted) -> list[Row]:
    zone = ZoneInfo(settings.timezone)
    audience = AUDIENCES.get(name) or AUDIENCES.get(settings.accounts[name].network, OTHER)
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
    chance = chance_of(planted, f"{post.uid}:{account}")
    expected = level(audience, planted, local.date()) * audience.rate
    effect = planted.effect(post.pillar, post.format, post.campaign, local) + planted.of_post(
        post.labels, paid=post.paid
    )
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
    final["reach"] = views * chance.uniform(0.6, 0.8)
    final["saves"] = interactions * chance.uniform(0.08, 0.2)
    final["clicks"] = views * chance.uniform(0.03, 0.08)
    if form == "video":
        final["view_time"] = views * chance.uniform(7, 19)
        final["video_views"] = views * chance.uniform(0.4, 0.7)
    if form == "document":
        final["downloads"] = views * chance.uniform(0.04, 0.1)
    return final


def _followers(name: str, audience: Audience, planted: Planted, until: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """Daily for the last three months, weekly before."""
    for noon in noons(planted, until, zone):
        if until - noon < timedelta(days=90) or noon.weekday() == 0 or noon.date() == planted.first_day:
            wobble = chance_of(planted, f"{name}:{noon.date()}").gauss(0, 1.5)
            yield Row("account", name, "followers", str(round(level(audience, planted, noon.date()) + wobble)), noon)
