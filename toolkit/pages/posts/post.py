"""The page of one post: its facts, a preview card per network, approvals, deliveries and problems."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from toolkit.dates import say_date, say_moment, say_month, say_short_day, say_time
from toolkit.messages import _, kept_in_each_language
from toolkit.model import Late, WallTime
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, element, heading, hidden, join, link, outside, para, span, tag, when
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import POSTS, month_path
from toolkit.pages.pieces import channel_chip, chip, facts, head, spaced
from toolkit.pages.posts.around import arms, days, steps_beside, way
from toolkit.pages.posts.facts import CardFacts, PostFacts, Said
from toolkit.pages.posts.findings import own_problems
from toolkit.pages.posts.history import history
from toolkit.pages.posts.outcome import outcome
from toolkit.pages.posts.stops import stops
from toolkit.pages.view import Common
from toolkit.workspace.naming import name_post

# What Markdown adds to words: of a link its label and its address are left. Each begins with one of four signs, which
# stand in front: so everything else is passed over quickly.
_MARKS: Final = re.compile(r"(?m)[#*!\[](?:(?<=^#)#{0,5} +|(?<=\*)\*|(?:(?<=\[)|(?<=!)\[)([^\[\]]*)\]\(([^()\s]+)\))")
# Between the steps of the way to a page.
SEPARATOR: Final = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "

_split, _main = element("div", class_="ls-split ls-post"), element("div", class_="ls-main")
_cards, _aside = element("div", class_="ls-cards"), element("aside", class_="ls-side")


def post_page(common: Common, found: PostFacts) -> Page:
    """The page of a post; it stays out of the navigation, which every page would otherwise repeat."""
    title = name_post(found.post)
    return generated(
        title,
        lambda: _body(common, found, title),
        source=found.post.path,
        in_nav=False,
        words=_words(found),
        key=found.key(common),
        day=found.moments[-1].date() if found.moments else None,
    )


def _words(found: PostFacts) -> str:
    """What search finds it by: each text once, however many networks get it."""
    said = dict.fromkeys(part for draft in found.drafts for part in draft.parts) or (found.post.body,)
    return _MARKS.sub(lambda mark: f"{mark[1]} {mark[2]}" if mark[2] else "", "\n".join(said))


def _body(common: Common, found: PostFacts, title: str) -> Html:
    page, around = found.page, found.around
    return join(
        (
            head(title, _summary(common, found), kicker=_kicker(common, found)),
            way(common, page, around.way),
            _split(
                _main(
                    stops(found.stops),
                    outcome(common, page, found.brought, found.heard),
                    _previews(common, found),
                    _problems(found),
                    history(found.steps),
                ),
                _side(common, found),
            ),
            steps_beside(common, page, around),
        )
    )


def _kicker(common: Common, found: PostFacts) -> Html:
    home = common.link(found.page, POSTS)
    if not found.moments:
        return link(home, _("Posts"))
    month = found.moments[0].date().replace(day=1)
    return _above(home, month, common.link(found.page, month_path(month)))


@kept_in_each_language
def _above(home: str, month: date, there: str) -> Html:
    """Most posts lie in their month's folder, so all of a month have the same."""
    return join((link(home, _("Posts")), SEPARATOR, link(there, say_month(month))))


def _summary(common: Common, found: PostFacts) -> Html:
    """How it stands and when; most posts have one moment, or one for each of a few channels."""
    if found.around.days:
        moments = [days(common, found.around.days, found.coming)]
    else:
        moments = [_moment(common, local) for local in found.moments]
    if not moments:
        later = _("next free slot") if found.post.publish_next else _("no publish time yet")
        moments = [span(later, class_="ls-when")]
    campaign = found.campaign if found.around.way is None else None
    about = link(common.link(found.page, campaign.path), campaign.title) if campaign else None
    return div(*spaced([item for item in (chip(found.state), *moments, about) if item]), class_="ls-summary")


def _moment(common: Common, local: datetime) -> Html:
    words = f"{say_moment(local)} ({common.settings.timezone})"
    return when(local.isoformat(), words, class_="ls-when")


def _previews(common: Common, found: PostFacts) -> Html:
    from toolkit.pages.posts.cards import card  # most builds make no page of a post anew

    shown = [card(common, found, one, *_foot(common, found, one)) for one in found.cards]
    said = _("There is no account called {name}.")
    notes = [para(said.format(name=name), class_="ls-empty") for name in found.unknown]
    if not shown and not notes:
        notes = [para(_("No channels yet."), class_="ls-empty"), tag("pre", found.post.body, class_="ls-raw")]
    return tag("section", _top(bool(shown)), _cards(*shown), *notes, aria_labelledby="previews")


@kept_in_each_language
def _top(shown: bool) -> Html:
    return div(heading(2, _("On each network"), "previews"), looks() if shown else None, class_="ls-look")


def looks() -> Html:
    """The switch between three ways to look at the cards; the style sheet does it, without a script."""
    options = (("network", _("As published")), ("alt", _("With alt texts")), ("text", _("Texts only")))
    radios = (
        tag("label", tag("input", type="radio", name_="look", value=value, checked=index == 0), label)
        for index, (value, label) in enumerate(options)
    )
    return tag("fieldset", tag("legend", hidden(_("Show"))), *radios, class_="ls-looks", data_search_exclude=True)


def _foot(common: Common, found: PostFacts, one: CardFacts) -> tuple[Child, ...]:
    kit = link(common.link(found.page, one.kit), _("Kit to publish it by hand")) if one.kit else None
    refusal = span(one.refusal, class_="ls-reason") if one.refusal else None
    due = _when(one.draft.publish) if one.draft.publish else None
    return due, kit, *_deliveries(one), refusal


@kept_in_each_language
def _when(publish: WallTime) -> Html:
    local = publish.local()
    words = f"{say_short_day(local)}, {say_time(local)} {local.tzname()}"
    return when(local.isoformat(), words, class_="ls-when")


def _deliveries(one: CardFacts) -> list[Child]:
    found: list[Child] = []
    if one.progress:
        found.append(span(one.progress, class_="ls-reason"))
    for each in one.deliveries:
        if each.url:
            found.append(outside(each.url, _("see it on {network}").format(network=one.draft.account.title)))
        if each.reason:
            found.append(span(each.reason, class_="ls-reason"))
    return found


def _problems(found: PostFacts) -> Html | None:
    if not found.problems:
        return None
    title = heading(2, _("Problems"), "problems")
    listed = own_problems(found.problems, dict(found.rules))
    return tag("section", title, listed, aria_labelledby="problems", data_search_exclude=True)


def _side(common: Common, found: PostFacts) -> Html:
    post, channels = found.post, [channel_chip(draft.account) for draft in found.drafts]
    idea = found.idea
    rows: list[tuple[str, Child]] = [
        (_("Channels"), span(*spaced(channels)) if channels else None),
        (_("Author"), found.author),
        (_("Owner"), found.owner),
        (_("Due"), say_date(post.due) if post.due else None),
        (
            _("Pillar"),
            link(common.link(found.page, found.pillar.path), found.pillar.title) if found.pillar else post.pillar,
        ),
        (_("Idea"), link(common.link(found.page, idea.path), idea.title) if idea else None),
        (_("Labels"), ", ".join(post.labels)),
        (_("Experiment"), arms(common, found.page, found.around.arms)),
        (_("Language"), post.language),
        (_("If late"), _late(post.late)),
        ("uid", _uid(post.uid) if post.uid else _("none yet")),
        (_("File"), _source(common, post.path)),
    ]
    said = tag("ul", *map(_said, found.said), class_="ls-plain")
    given = join((heading(2, _("Approvals"), "approvals"), said)) if found.said else None
    return _aside(heading(2, _("Facts"), "facts"), facts(rows), given)


def _uid(uid: str) -> Html:
    """What the commands take for a post, ready to be copied."""
    return join((tag("code", uid, id="uid"), " ", _copying()))


@kept_in_each_language
def _copying() -> Html:
    """The button that copies the uid; the script shows it."""
    return tag(
        "button",
        _("Copy"),
        type="button",
        class_="ls-copy",
        data_copy="uid",
        data_done=_("Copied"),
        data_failed=_("Could not be copied; select it and copy it by hand."),
        hidden=True,
    )


@kept_in_each_language
def _late(late: Late) -> str:
    words = {Late.ASK: _("a person decides"), Late.SEND: _("send all the same"), Late.SKIP: _("leave out")}
    return words[late]


def _source(common: Common, file: str) -> Html:
    path, edit = tag("code", file), common.edit_link(file)
    return join((path, " ", outside(edit, icon("edit"), _("Edit"), class_="ls-edit"))) if edit else path


def _said(one: Said) -> Html:
    at = when(one.at.isoformat(), say_moment(one.at))
    if one.refused:
        words = span(_("{name} sent it back: {note}").format(name=one.name, note=one.note))
        over = span(_("for an earlier content"), class_="ls-over") if one.void else None
        return tag("li", icon("retracted"), words, " ", at, " ", over)
    over = span(_("void: the post changed since"), class_="ls-over") if one.void else None
    return tag("li", tag("strong", one.name), " ", at, " ", over)
