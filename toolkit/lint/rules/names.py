"""People, accounts, campaigns, languages and options must exist.

## What it does

Looks up every name in a post's front matter and in its `## @channel` headings: people and accounts in leitstand.toml,
campaigns in content/campaigns/, languages in the workspace's, options in the network's. Each unknown name comes with
the one that was probably meant. Owners, channels and goals of campaigns and the goals of the strategy are looked up,
too. Also points out texts and options for channels that the post does not go to, and a second text for the same
channel, because nobody would ever see them.

## Why is this bad?

A post for `mastodn` goes nowhere, an option `visibilty` changes nothing, and the text below `## @blusky` would be sent
to everybody else instead.

## Example

```markdown
---
author: redaction
channels: [mastodn]
---
```

## Use instead

```markdown
---
author: redaktion
channels: [mastodon]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.settings import Account, unknown_name
from toolkit.source import OPTION_KEYS, decode, read_body, read_frontmatter
from toolkit.workspace import STRATEGY, Goal

# Dotted key, what it names, the name, the names that exist.
Named = tuple[str, str, str, Mapping[str, object]]


def _kpis() -> Mapping[str, object]:
    """The names of the KPIs; the dictionary takes longer to load than most checks need it."""
    from toolkit.kpis import KPIS

    return KPIS


def check(post: Post, view: View) -> Iterator[Problem]:
    """Unknown names of one post."""
    yield from _people(post, view)
    yield from _channels(post, view)
    yield from _languages(post, view)
    if post.goal and post.goal not in _kpis():
        yield RULE.at(post, "goal", unknown_name(_("KPI"), post.goal, _kpis()))
    if post.campaign and post.campaign not in view.workspace.campaigns:
        message = unknown_name(_("campaign"), post.campaign, view.workspace.campaigns)
        yield RULE.at(post, "campaign", message)
    if post.options:
        yield from _options(post, view)
    if "@" in post.body:
        yield from _variants(post, view)


def _people(post: Post, view: View) -> Iterator[Problem]:
    people = view.settings.people
    named = [("author", post.author), ("owner", post.owner)]
    named += [(f"{medium.key}.owner", medium.owner) for medium in post.media]
    named += [(f"approved.{index}.by", approval.by) for index, approval in enumerate(post.approved)]
    for key, name in named:
        if name and name not in people:
            yield RULE.at(post, key, unknown_name(_("person"), name, people))


def _channels(post: Post, view: View) -> Iterator[Problem]:
    accounts = view.settings.accounts
    for index, name in enumerate(post.channels):
        key = f"channels.{index}"
        if name not in accounts:
            yield RULE.at(post, key, unknown_name(_("account"), name, accounts))
        elif name in post.channels[:index]:
            message = _("{name} stands here twice; it is sent once").format(name=name)
            yield RULE.at(post, key, message, severity=Severity.WARNING)
        else:
            network = view.network(accounts[name].network)
            if network and network.no_posts:
                message = _("nothing is published on {name}: {reason}")
                yield RULE.at(post, key, message.format(name=name, reason=_(network.no_posts)))


def _languages(post: Post, view: View) -> Iterator[Problem]:
    known = {language.split("-")[0].lower() for language in view.settings.languages}
    named = [("language", post.language)]
    named += [(f"options.{name}.language", options.language) for name, options in post.options.items()]
    for key, language in named:
        if language and language.replace("_", "-").split("-")[0].lower() not in known:
            listed = dict.fromkeys(view.settings.languages)
            yield RULE.at(post, key, unknown_name(_("language"), language, listed), severity=Severity.WARNING)


def _options(post: Post, view: View) -> Iterator[Problem]:
    for name, options in post.options.items():
        accounts = _accounts(name, view)
        if not accounts:
            message = unknown_name(_("account or network"), name, _channel_names(view))
            yield RULE.at_key(post, f"options.{name}", message)
            continue
        if not any(account.name in post.channels for account in accounts):
            message = _("these options change nothing: the post does not go to {name}").format(name=name)
            yield RULE.at_key(post, f"options.{name}", message, severity=Severity.WARNING)
        network = view.network(accounts[0].network)
        for key in options.values if network else ():
            if network and key not in network.known_options:
                what = _("option of {network}").format(network=network.title)
                message = unknown_name(what, key, {**network.known_options, **OPTION_KEYS})
                yield RULE.at_key(post, f"options.{name}.{key}", message)


def _variants(post: Post, view: View) -> Iterator[Problem]:
    seen = set()
    for variant in read_body(post.body).variants:
        name = variant.channel
        start = post.body.index("@", variant.start)
        end = start + 1 + len(name)
        accounts = _accounts(name, view)
        if name in seen:
            message = _("a second text for {name}; only the first is sent").format(name=name)
            yield RULE.in_body(post, start, end, message)
        elif name in _times(post):
            pass
        elif not accounts:
            message = unknown_name(_("account or network"), name, {**_channel_names(view), **_times(post)})
            yield RULE.in_body(post, start, end, message)
        elif not any(account.name in post.channels for account in accounts):
            message = _("nobody gets this text: the post does not go to {name}").format(name=name)
            yield RULE.in_body(post, start, end, message, severity=Severity.WARNING)
        seen.add(name)


def _times(post: Post) -> Mapping[str, object]:
    """The days on which a post comes again; one of them may have a text of its own."""
    if post.repeat is None or post.publish is None:
        return {}
    return {day.isoformat(): day for day in post.repeat.days(post.publish)}


def _accounts(name: str, view: View) -> list[Account]:
    """Whom `toolkit.workspace.draft` gives what is written for `name`: the account, and all accounts of a network."""
    return [account for account in view.settings.accounts.values() if name in (account.name, account.network)]


def _channel_names(view: View) -> Mapping[str, object]:
    accounts = view.settings.accounts
    return dict.fromkeys([*accounts, *(account.network for account in accounts.values())])


def check_pages(view: View) -> Iterator[Problem]:
    """Unknown names of campaigns and of the strategy's goals."""
    for campaign in view.workspace.campaigns.values():
        named: list[Named] = [("owner", _("person"), campaign.owner, view.settings.people)]
        for index, channel in enumerate(campaign.channels):
            named.append((f"channels.{index}", _("account"), channel, view.settings.accounts))
        yield from _unknown(campaign.path, [*named, *_goal_names(campaign.goals, view)], view)
    yield from _unknown(STRATEGY, _goal_names(view.workspace.goals, view), view)


def _goal_names(goals: tuple[Goal, ...], view: View) -> list[Named]:
    named: list[Named] = []
    for goal in goals:
        named.append((f"{goal.key}.metric", _("KPI"), goal.metric, _kpis()))
        named.append((f"{goal.key}.channel", _("account"), goal.channel, view.settings.accounts))
    return named


def _unknown(path: str, named: list[Named], view: View) -> Iterator[Problem]:
    wrong = [(key, unknown_name(what, name, known)) for key, what, name, known in named if name and name not in known]
    source = decode(path, view.workspace.tree.read(path))[0] if wrong else None
    if source is not None:
        places, _problems = read_frontmatter(source)
        for key, message in wrong:
            yield Problem(path, places.span(key), RULE.id, Severity.ERROR, message)


RULE = Rule("names", Severity.ERROR, __doc__ or "", check_post=check, check_all=check_pages)
