"""The names that this workspace knows, each with what somebody who writes it wants to know: proposed and explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from toolkit.kpis import KPIS
from toolkit.lint.rules.hashtag_case import HASHTAG
from toolkit.lsp.accounts import account_text, network_text
from toolkit.lsp.scene import Scene
from toolkit.messages import _, ngettext
from toolkit.model import Post
from toolkit.settings import Person
from toolkit.strategy import read_strategy
from toolkit.values import dataclass
from toolkit.workspace import Campaign
from toolkit.workspace.keys import Naming

_PICTURES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp")


@dataclass(frozen=True, slots=True)
class Name:
    """A name, a short word about it, and a text in Markdown."""

    name: str
    short: str = ""
    text: str = ""


def names(scene: Scene, naming: Naming) -> list[Name]:
    """The names of this kind, the most useful first."""
    return list(_LISTS[naming](scene))


def find_name(scene: Scene, naming: Naming, name: str) -> Name | None:
    """What is known of `name`; None when nobody knows it."""
    return next((one for one in names(scene, naming) if one.name == name), None)


def hashtags(scene: Scene) -> list[Name]:
    """The hashtags that posts and campaigns use, without #, the most frequent first."""
    texts = [post.body for post in scene.workspace.posts if post.path != scene.page.path]
    texts += [campaign.text for campaign in scene.workspace.campaigns.values()]
    counted = Counter(match[1] for text in texts if "#" in text for match in HASHTAG.finditer(text))
    return [Name(tag, _uses(count)) for tag, count in _frequent(counted)]


def _people(scene: Scene) -> Iterator[Name]:
    for key, person in scene.workspace.settings.people.items():
        yield Name(key, person.name, _person_text(person, scene))


def _person_text(person: Person, scene: Scene) -> str:
    people = scene.workspace.settings.people
    lines = [f"**{person.name}**" + (f" · {', '.join(person.roles)}" if person.roles else "")]
    if person.deputy:
        deputy = people[person.deputy].name if person.deputy in people else person.deputy
        lines.append(_("Deputy: {name}").format(name=deputy))
    ahead = [absence for absence in person.absences if absence.last >= scene.now.date()]
    lines += [_("Absent: {first} to {last}").format(first=one.first, last=one.last) for one in ahead]
    return "\n\n".join(lines)


def _accounts(scene: Scene) -> Iterator[Name]:
    for name, account in scene.workspace.settings.accounts.items():
        network = scene.view.network(account.network)
        short = (
            account.title if network is None or account.title == network.title else f"{account.title}, {network.title}"
        )
        yield Name(name, short, account_text(account, network, scene.workspace.settings))


def _channels(scene: Scene) -> Iterator[Name]:
    accounts = scene.workspace.settings.accounts
    yield from _accounts(scene)
    for name in dict.fromkeys(account.network for account in accounts.values()):
        network = scene.view.network(name)
        if network is not None and name not in accounts:
            yield Name(name, network.title, network_text(network))


def _campaigns(scene: Scene) -> Iterator[Name]:
    posts = Counter(post.campaign for post in scene.workspace.posts)
    for name, campaign in scene.workspace.campaigns.items():
        yield Name(name, campaign.title, _campaign_text(campaign, posts[name], scene))


def _campaign_text(campaign: Campaign, posts: int, scene: Scene) -> str:
    lines = [f"**{campaign.title}** · {ngettext('{count} post', '{count} posts', posts)}"]
    if campaign.start or campaign.end:
        lines.append(_("From {start} to {end}").format(start=campaign.start or "…", end=campaign.end or "…"))
    person = scene.workspace.settings.people.get(campaign.owner)
    if campaign.owner:
        lines.append(_("Owner: {name}").format(name=person.name if person else campaign.owner))
    if campaign.channels:
        lines.append(_("Channels: {names}").format(names=", ".join(campaign.channels)))
    goals = (
        f"{_(KPIS[one.metric].title) if one.metric in KPIS else one.metric} {one.target:g}" for one in campaign.goals
    )
    if campaign.goals:
        lines.append(_("Goals: {goals}").format(goals=", ".join(goals)))
    return "\n\n".join(lines)


def _used(pick: Callable[[Post], Iterable[str]]) -> Callable[[Scene], Iterator[Name]]:
    """Words that other posts use, the most frequent first, and where last."""

    def found(scene: Scene) -> Iterator[Name]:
        posts = [post for post in scene.workspace.posts if post.path != scene.page.path]
        counted = Counter(word for post in posts for word in pick(post) if word)
        titles: dict[str, list[str]] = {}
        for post in posts:
            for word in pick(post):
                titles.setdefault(word, []).append(post.title or post.path)
        for word, count in _frequent(counted):
            latest = ", ".join(titles[word][-3:])
            yield Name(
                word,
                _uses(count),
                _("**{word}** · {uses}; for instance: {titles}").format(word=word, uses=_uses(count), titles=latest),
            )

    return found


def _languages(scene: Scene) -> Iterator[Name]:
    yield from map(Name, scene.workspace.settings.languages)


def _zones(scene: Scene) -> Iterator[Name]:
    from zoneinfo import available_timezones

    own = scene.workspace.settings.timezone
    yield from map(Name, [own, *sorted(available_timezones() - {own})])


def _files(scene: Scene) -> Iterator[Name]:
    used = Counter(medium.file for post in scene.workspace.posts for medium in post.media)
    for file in sorted(scene.view.files.known, key=lambda file: (used[file], file)):
        address = (scene.workspace.root / "content" / file).as_uri()
        picture = f"![{file}]({address})" if file.lower().endswith(_PICTURES) else f"[{file}]({address})"
        yield Name(file, _uses(used[file]) if used[file] else _("new"), picture)


def _pillars(scene: Scene) -> Iterator[Name]:
    """Those of the plan with their shares; without a plan those that other posts use."""
    plan = read_strategy(scene.workspace)
    for one in plan.pillars:
        share = _("of a month's posts {least} to {most} %")
        yield Name(one.name, one.title, share.format(least=round(one.least * 100), most=round(one.most * 100)))
    if not plan.pillars:
        yield from _used(lambda post: (post.pillar,))(scene)


def _kpis(_scene: Scene) -> Iterator[Name]:
    for name, kpi in KPIS.items():
        yield Name(name, _(kpi.title), _(kpi.definition))


def _rules(scene: Scene) -> Iterator[Name]:
    """Those that have something to say here first."""
    said = {problem.rule for problem in scene.problems}
    for name, rule in sorted(scene.rules.items(), key=lambda item: (item[0] not in said, item[0])):
        if not rule.required:
            yield Name(name, _(rule.summary))


def _days(scene: Scene) -> Iterator[Name]:
    post = scene.post
    if post is not None and post.repeat is not None and post.publish is not None:
        yield from (Name(day.isoformat()) for day in post.repeat.instances(post.publish))


def _frequent(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0].casefold()))


def _uses(count: int) -> str:
    return ngettext("{count} use", "{count} uses", count)


_LISTS: Final[Mapping[Naming, Callable[[Scene], Iterable[Name]]]] = {
    Naming.PERSON: _people,
    Naming.ACCOUNT: _accounts,
    Naming.CHANNEL: _channels,
    Naming.CAMPAIGN: _campaigns,
    Naming.PILLAR: _pillars,
    Naming.LABEL: _used(lambda post: post.labels),
    Naming.LANGUAGE: _languages,
    Naming.ZONE: _zones,
    Naming.FILE: _files,
    Naming.KPI: _kpis,
    Naming.RULE: _rules,
    Naming.DAY: _days,
}
