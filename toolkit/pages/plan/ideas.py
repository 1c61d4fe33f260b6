"""Ideas on the site: what waits for a decision first, then what became posts, then what was dropped and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from toolkit.dates import say_date
from toolkit.editorial import Idea, Stage, read_ideas
from toolkit.editorial.ideas import Origin
from toolkit.editorial.ranking import rank
from toolkit.messages import _, decimal, ngettext
from toolkit.pages.markup import Child, Html, div, heading, join, link, outside, para, prose, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import IDEAS, OCCASIONS, TOPICS, campaign_path, idea_path, kpi_path
from toolkit.pages.pieces import channel_chip, empty, facts, head, spaced
from toolkit.pages.plan.pillars import pillar_link
from toolkit.pages.tables import row, table, wrap_tables
from toolkit.pages.view import Site
from toolkit.strategy import Strategy
from toolkit.workspace.naming import name_post

_TONES: Final = {Stage.NEW: "quiet", Stage.SHORTLISTED: "info", Stage.PLANNED: "good", Stage.DROPPED: "quiet"}


def idea_pages(site: Site) -> dict[str, Page]:
    """The index, which leads to occasions and topics too, and a page per idea; nothing before the first of these."""
    ideas = rank(read_ideas(site.workspace)[0])
    if not ideas and not site.workspace.occasions[0] and not site.workspace.handbook.topics:
        return {}
    return {IDEAS: _index(site, ideas), **{idea_path(one.name): _page(site, one) for one in ideas}}


def stage_chip(stage: Stage) -> Html:
    """How far an idea is, in its colour."""
    words = {
        Stage.NEW: _("new idea"),
        Stage.SHORTLISTED: _("shortlisted"),
        Stage.PLANNED: _("planned"),
        Stage.DROPPED: _("dropped idea"),
    }
    return span(words[stage], class_=f"ls-chip ls-{_TONES[stage]}")


def _index(site: Site, ideas: Sequence[Idea]) -> Page:
    title, plan = _("Ideas"), site.strategy
    waiting = [one for one in ideas if one.open]
    said = ngettext("{count} idea waits for a decision", "{count} ideas wait for a decision", len(waiting))
    more = (
        link(site.link(IDEAS, target), name, class_="ls-more")
        for target, name, there in (
            (OCCASIONS, _("Occasions"), site.workspace.occasions[0]),
            (TOPICS, _("No-go topics"), site.workspace.handbook.topics),
        )
        if there
    )
    boxes = tag("ul", *(_box(site, one, plan) for one in waiting), class_="ls-boxes ls-thirds")
    nothing = empty(_("No idea waits for a decision."))
    planned = [one for one in ideas if one.stage is Stage.PLANNED]
    dropped = [one for one in ideas if one.stage is Stage.DROPPED]
    body = join(
        (
            head(title, para(said if waiting else None, *spaced(more), class_="ls-summary")),
            boxes if waiting else nothing,
            _section(_("Became posts"), "planned", _planned(site, planned)) if planned else None,
            _section(_("Dropped, and why"), "dropped", _dropped(site, dropped)) if dropped else None,
        )
    )
    return generated(title, body, search=False)


def _section(title: str, anchor: str, shown: Html) -> Html:
    return tag("section", heading(2, title, anchor), shown, aria_labelledby=anchor)


def _box(site: Site, one: Idea, plan: Strategy) -> Html:
    title = heading(2, link(site.link(IDEAS, idea_path(one.name)), one.title))
    score = _score(one)
    pillar = plan.pillar(one.pillar)
    about = " · ".join(
        filter(None, (pillar.title if pillar else one.pillar, _audience(plan, one), site.name_of(one.owner)))
    )
    line = para(stage_chip(one.stage), " ", tag("b", score) if score else None)
    return tag("li", line, title, para(about), _channels(site, one), class_="ls-campaign")


def _score(one: Idea) -> str:
    return _("value {value}").format(value=decimal(one.score.value, ".1f")) if one.score else ""


def _audience(plan: Strategy, one: Idea) -> str:
    return next((found.title for found in plan.audiences if found.name == one.audience), one.audience)


def _channels(site: Site, one: Idea) -> Html | None:
    accounts = [site.settings.accounts[name] for name in one.channels if name in site.settings.accounts]
    return span(*spaced(map(channel_chip, accounts)), class_="ls-channels") if accounts else None


def _planned(site: Site, ideas: Iterable[Idea]) -> Html:
    heads = (_("Idea"), _("Posts"), _("From"), _("Decided"))
    rows = (
        row(
            (heads[0], link(site.link(IDEAS, idea_path(one.name)), one.title)),
            (heads[1], join(spaced(_posts(site, IDEAS, one)))),
            (heads[2], _origin(one)),
            (heads[3], _decided(site, one)),
        )
        for one in ideas
    )
    return table(heads, rows, _("Became posts"))


def _dropped(site: Site, ideas: Iterable[Idea]) -> Html:
    heads = (_("Idea"), _("Why"), _("Decided"))
    rows = (
        row(
            (heads[0], link(site.link(IDEAS, idea_path(one.name)), one.title)),
            (heads[1], one.reason),
            (heads[2], _decided(site, one)),
        )
        for one in ideas
    )
    return table(heads, rows, _("Dropped, and why"))


def _posts(site: Site, page: str, one: Idea) -> list[Html]:
    found = [site.posts_by_uid[uid] for uid in one.posts if uid in site.posts_by_uid]
    return [link(site.link(page, site.post_pages[post.path]), name_post(post)) for post in found]


def _decided(site: Site, one: Idea) -> str:
    day = say_date(one.decided) if one.decided else ""
    return ", ".join(filter(None, (site.name_of(one.decided_by), day)))


def _origin(one: Idea) -> Child:
    """Where it came from, in words; an address leads there."""
    words = {
        Origin.FEED: _("an article"),
        Origin.INBOX: _("the inbox"),
        Origin.OCCASION: _("an occasion"),
        Origin.REPORT: _("a report"),
        Origin.PERSON: _("somebody of us"),
    }[one.source]
    if one.source is Origin.FEED and one.origin:
        return outside(one.origin, words)
    return f"{words}: {one.origin}" if one.origin else words


def _page(site: Site, one: Idea) -> Page:
    page, plan = idea_path(one.name), site.strategy
    campaign = site.workspace.campaigns.get(one.campaign)
    posts = _posts(site, page, one)
    about = facts(
        (
            (_("From"), _origin(one)),
            (_("Brought in by"), _person(site, one.by, say_date(one.created) if one.created else "")),
            (_("Looks after it"), site.name_of(one.owner) if one.owner != one.by else None),
            (_("Pillar"), pillar_link(site, page, one.pillar) if one.pillar else None),
            (_("Audience"), _audience(plan, one)),
            (_("Goal"), _goal(site, one)),
            (
                _("Campaign"),
                link(site.link(page, campaign_path(campaign)), campaign.title) if campaign else one.campaign,
            ),
            (_("Channels"), _channels(site, one)),
            (_("File"), tag("code", one.path)),
        )
    )
    text = div(Html(wrap_tables(prose(one.text))), class_="ls-prose")
    came = tag("ul", *(tag("li", found) for found in posts), class_="ls-plain") if posts else None
    posts_of = _section(_("Posts"), "posts", came) if came else None
    main = div(_verdict(site, one), text, posts_of, _estimate(one), _next(one), class_="ls-main")
    summary = para(stage_chip(one.stage), " ", _score(one), class_="ls-summary")
    side = tag("aside", heading(2, _("Facts"), "facts"), about, class_="ls-side")
    top = head(one.title, summary, kicker=link(site.link(page, IDEAS), _("Ideas")))
    return generated(one.title, join((top, div(main, side, class_="ls-split"))), source=one.path)


def _goal(site: Site, one: Idea) -> Child:
    """The KPI by its title, and the way to it where the site has figures."""
    if not one.goal:
        return None
    from toolkit.kpis import KPIS  # as in `toolkit.pages.plan.undertaking`

    kpi = KPIS.get(one.goal)
    if kpi is None:
        return one.goal
    title = _(kpi.title)
    return link(site.link(idea_path(one.name), kpi_path(kpi.name)), title) if site.given.figures else title


def _person(site: Site, person: str, day: str) -> str:
    return ", ".join(filter(None, (site.name_of(person), day)))


def _estimate(one: Idea) -> Html | None:
    """The three numbers, each of five, and the value that follows from them."""
    if one.score is None:
        return None
    parts = ((_("Reach"), one.score.reach), (_("Fit"), one.score.fit), (_("Effort"), one.score.effort))
    lines = (
        tag("li", span(name), tag("b", str(number)), span(span(style=f"width:{number * 20}%"), class_="ls-bar"))
        for name, number in parts
    )
    note = para(_("From 1 to 5. Value: reach times fit for each unit of effort."), class_="ls-aside")
    return _section(_("Estimate"), "estimate", join((tag("ul", *lines, class_="ls-estimate"), note)))


def _next(one: Idea) -> Html | None:
    """What brings an idea on that waits."""
    if not one.open:
        return None
    ways = {
        "shortlist": _("Keep it for the next planning") if one.stage is Stage.NEW else "",
        "promote": _("Make a post of it"),
        "drop": _("Let it go, with a reason"),
    }
    rows = ((said, tag("code", f"leitstand idea {verb} {one.name}")) for verb, said in ways.items() if said)
    return _section(_("What happens next"), "next", facts(rows))


def _verdict(site: Site, one: Idea) -> Html | None:
    """What somebody decided, and why, where people look first."""
    if one.stage is Stage.NEW:
        return None
    who = _decided(site, one)
    tone = {Stage.DROPPED: "warn", Stage.PLANNED: "good"}.get(one.stage, "info")
    return tag(
        "section", para(tag("strong", who)), para(one.reason) if one.reason else None, class_=f"ls-note ls-{tone}"
    )
