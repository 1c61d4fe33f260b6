"""Ideas name what exists, say what became of them, and come only once.

## What it does

Reads the front matter of `content/ideas/*.md` and reports what cannot be used, where it stands: unknown keys, people,
accounts, campaigns, KPIs, and pillars or audiences that the strategy does not know; a dropped idea without a reason, a
planned one without its posts. Idea and post name each other, else one of them is told. An open idea that says the same as
a dropped one is told with the reason of then, and one that waits for longer than 60 days is a hint.

## Why is this bad?

Without a reason a dropped idea comes back every quarter, and somebody argues again. Without the way from post to idea
nobody learns which source of ideas is worth the reading.

## Example

```yaml
title: Behind the scenes of the roastery
status: dropped
decided_by: tarek
```

## Use instead

```yaml
title: Behind the scenes of the roastery
status: dropped
decided_by: tarek
decided: 2026-11-05
reason: We showed it in October, with fewer clicks than any other video.
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.editorial.ideas import RULE as ID
from toolkit.editorial.ideas import Idea, Stage
from toolkit.editorial.twins import Known
from toolkit.lint.rule import Rule, View
from toolkit.messages import _, ngettext
from toolkit.model import Post, Problem, Severity
from toolkit.settings import unknown_name
from toolkit.strategy import read_strategy

PATIENCE: Final = timedelta(days=60)


def check(view: View) -> Iterator[Problem]:
    """What is wrong with the ideas themselves, and between them and their posts."""
    ideas, problems = view.ideas
    yield from problems
    if not ideas:
        yield from _homeless(view)
        return
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    posts = {post.uid: post for post in view.workspace.posts if post.uid}
    for idea in ideas:
        yield from _names(idea, view)
        yield from _decided(idea)
        yield from _posts(idea, posts)
        yield from _waiting(idea, today)
    yield from _twice(ideas)
    yield from _unnamed({one.id: one for one in ideas if one.id}, view)


def _names(idea: Idea, view: View) -> Iterator[Problem]:
    settings, plan = view.settings, read_strategy(view.workspace)
    named: list[tuple[str, str, str, Mapping[str, object]]] = [
        ("by", _("person"), idea.by, settings.people),
        ("owner", _("person"), "" if idea.owner == idea.by else idea.owner, settings.people),
        ("decided_by", _("person"), idea.decided_by, settings.people),
        ("campaign", _("campaign"), idea.campaign, view.workspace.campaigns),
        *((f"channels.{at}", _("account"), name, settings.accounts) for at, name in enumerate(idea.channels)),
    ]
    if idea.goal:
        from toolkit.kpis import KPIS  # takes longer to load than most checks need it

        named.append(("goal", _("KPI"), idea.goal, KPIS))
    for key, what, name, known in named:
        if name and name not in known:
            yield _at(idea, key, unknown_name(what, name, known), Severity.ERROR)
    softly = (
        ("pillar", _("pillar"), idea.pillar, dict.fromkeys(one.name for one in plan.pillars)),
        ("audience", _("audience"), idea.audience, dict.fromkeys(one.name for one in plan.audiences)),
    )
    for key, what, name, known in softly:
        if name and known and name not in known:
            yield _at(idea, key, unknown_name(what, name, known), Severity.WARNING)


def _decided(idea: Idea) -> Iterator[Problem]:
    if idea.stage is Stage.DROPPED and not idea.reason:
        message = _("dropped without a reason; say why, so that nobody is asked the same again")
        yield _at(idea, "status", message, Severity.ERROR)
    if idea.stage is Stage.PLANNED and not idea.posts:
        message = _("planned without a post; make one with: leitstand idea promote {name}")
        yield _at(idea, "status", message.format(name=idea.name), Severity.WARNING)


def _posts(idea: Idea, posts: Mapping[str, Post]) -> Iterator[Problem]:
    for at, uid in enumerate(idea.posts):
        if uid not in posts:
            yield _at(idea, f"posts.{at}", _("there is no post with the uid {uid}").format(uid=uid), Severity.WARNING)
        elif idea.id and posts[uid].idea != idea.id:
            message = _("{path} does not name this idea; write there: idea: {id}")
            yield _at(idea, f"posts.{at}", message.format(path=posts[uid].path, id=idea.id), Severity.WARNING)


def _waiting(idea: Idea, today: date) -> Iterator[Problem]:
    if idea.open and idea.created is not None and idea.created < today - PATIENCE:
        days = (today - idea.created).days
        message = ngettext("has waited for {count} day", "has waited for {count} days", days)
        said = _("{waited}; plan it or drop it with a reason").format(waited=message)
        yield _at(idea, "created", said, Severity.HINT)


def _twice(ideas: tuple[Idea, ...]) -> Iterator[Problem]:
    ids, known = Counter(one.id for one in ideas if one.id), Known(ideas)
    for idea in ideas:
        if ids[idea.id] > 1:
            yield _at(idea, "id", _("another idea has this id; take it out of the copy"), Severity.ERROR)
        if idea.open:
            yield from _again(idea, known.alike(idea.title, idea.source, idea.origin))


def _again(idea: Idea, alike: list[Idea]) -> Iterator[Problem]:
    """What was dropped, wherever it lies; else the first that says the same, told at the later one."""
    dropped = next((one for one in alike if one.stage is Stage.DROPPED), None)
    if dropped is not None:
        message = _("was dropped before ({path}): {reason}")
        yield _at(idea, "title", message.format(path=dropped.path, reason=dropped.reason), Severity.WARNING)
    elif alike and alike[0] is not idea:
        yield _at(idea, "title", _("says the same as {path}").format(path=alike[0].path), Severity.HINT)


def _unnamed(ideas: Mapping[str, Idea], view: View) -> Iterator[Problem]:
    for post in view.asked_posts:
        if not post.idea:
            continue
        idea = ideas.get(post.idea)
        if idea is None:
            yield _lost(post)
        elif post.uid not in idea.posts:
            message = _("{path} does not name this post; write its uid there among posts")
            yield RULE.at(post, "idea", message.format(path=idea.path), severity=Severity.WARNING)
        elif idea.stage is Stage.DROPPED:
            message = _("its idea was dropped: {reason}").format(reason=idea.reason)
            yield RULE.at(post, "idea", message, severity=Severity.WARNING)


def _homeless(view: View) -> Iterator[Problem]:
    yield from (_lost(post) for post in view.asked_posts if post.idea)


def _lost(post: Post) -> Problem:
    message = _("there is no idea with the id {id}; take the line out, or bring the idea's file back")
    return RULE.at(post, "idea", message.format(id=post.idea), severity=Severity.WARNING)


def _at(idea: Idea, key: str, message: str, severity: Severity) -> Problem:
    return Problem(idea.path, idea.places.span(key), ID, severity, message)


RULE = Rule(ID, Severity.ERROR, __doc__ or "", check_all=check)
