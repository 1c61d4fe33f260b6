"""The page of one post: its facts, a preview card per network, approvals, deliveries and problems."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.dates import say_date, say_moment, say_month, say_short_day, say_time
from toolkit.dispatch.standing import State, channel_state, is_open, state, together
from toolkit.messages import _
from toolkit.model import Approval, Late, Post, SentBack, Status
from toolkit.networks import by_hand
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, outside, para, span, tag
from toolkit.pages.paths import POSTS, campaign_path, idea_path, kit_path, month_path
from toolkit.pages.pieces import channel_chip, chip, facts, head, spaced
from toolkit.pages.posts.cards import card
from toolkit.pages.posts.findings import problem_list
from toolkit.pages.view import SEARCH_DAYS, Page, Site, generated
from toolkit.planning import Slot
from toolkit.planning.states import say_progress
from toolkit.settings import Account
from toolkit.workspace import Draft, drafts, instances
from toolkit.workspace.naming import name_post

# Between the steps of the way to a page.
SEPARATOR: Final = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def post_page(site: Site, post: Post) -> Page:
    """The page of `post`; it stays out of the navigation, which every page would otherwise repeat."""
    page = site.post_pages[post.path]
    body = join(
        (
            head(name_post(post), _summary(site, page, post), kicker=_kicker(site, page, post)),
            div(
                div(_previews(site, page, post), _problems(site, post), class_="ls-main"),
                _side(site, post),
                class_="ls-split",
            ),
        )
    )
    words = "\n".join(dict.fromkeys(part for draft in drafts(post, site.settings) for part in draft.parts)) or post.body
    search = not _is_old(site, post)
    return generated(name_post(post), body, source=post.path, in_nav=False, search=search, words=words)


def post_state(site: Site, post: Post) -> State:
    """How a post stands over all its channels."""
    entries = site.entries_of.get(post.path, ())
    return together(entry.state for entry in entries) if entries else state(post.status.value)


def _is_old(site: Site, post: Post) -> bool:
    entries = site.entries_of.get(post.path, ())
    return bool(entries) and entries[-1].local < site.now - timedelta(days=SEARCH_DAYS)


def _kicker(site: Site, page: str, post: Post) -> Html:
    entries = site.entries_of.get(post.path, ())
    home = link(site.link(page, POSTS), _("Posts"))
    if not entries:
        return home
    month = entries[0].local.date()
    return join((home, SEPARATOR, link(site.link(page, month_path(month)), say_month(month))))


def _summary(site: Site, page: str, post: Post) -> Html:
    moments = [_moment(site, entry.local) for entry in site.entries_of.get(post.path, ())]
    if not moments:
        moments = [span(_("next free slot") if post.publish_next else _("no publish time yet"), class_="ls-when")]
    campaign = site.workspace.campaigns.get(post.campaign)
    about = link(site.link(page, campaign_path(campaign)), campaign.title) if campaign else None
    return para(
        *spaced([item for item in (chip(post_state(site, post)), *moments, about) if item]), class_="ls-summary"
    )


def _moment(site: Site, local: datetime) -> Html:
    words = f"{say_moment(local)} ({site.settings.timezone})"
    return tag("time", words, datetime=local.isoformat(), class_="ls-when")


def _previews(site: Site, page: str, post: Post) -> Html:
    times = [one for draft in drafts(post, site.settings) for one in _times(site, draft)]
    shown = [card(site, page, draft, _foot(site, page, draft)) for draft in times]
    unknown = [name for name in post.channels if name not in site.settings.accounts]
    notes = [para(_("There is no account called {name}.").format(name=name), class_="ls-empty") for name in unknown]
    if not shown and not notes:
        notes = [para(_("No channels yet."), class_="ls-empty"), tag("pre", post.body, class_="ls-raw")]
    title = heading(2, _("On each network"), "previews")
    return tag("section", title, div(*shown, class_="ls-cards"), *notes, aria_labelledby="previews")


def _times(site: Site, draft: Draft) -> list[Draft]:
    """The next time that the post comes, then one of each other text or set of media that its days have."""
    coming = site.outlook.coming(draft)
    found = {(one.parts, one.media): one for one in reversed([coming, *instances(draft)])}
    return [coming, *(one for one in reversed(found.values()) if one is not coming)]


def _foot(site: Site, page: str, draft: Draft) -> Html:
    due = draft.publish.instant() if draft.publish else None
    standing = channel_state(site.outlook, Slot(draft.post, draft.account, draft, due))
    parts = (_when(draft), chip(standing), _kit(site, page, draft, standing), *_deliveries(site, draft))
    return join((*parts, _verdict(site, draft.post, draft.account)))


def _kit(site: Site, page: str, draft: Draft, standing: State) -> Html | None:
    """The way to what a person needs who publishes it."""
    waits = draft.publish is not None or draft.post.publish_next
    if not (by_hand(draft.account) and draft.post.uid and waits and is_open(standing)):
        return None
    return link(site.link(page, kit_path(page, draft.account, draft.occurrence)), _("Kit to publish it by hand"))


def _when(draft: Draft) -> Html | None:
    if draft.publish is None:
        return None
    local = draft.publish.local()
    return tag(
        "time",
        f"{say_short_day(local)}, {say_time(local)} {local.tzname()}",
        datetime=local.isoformat(),
        class_="ls-when",
    )


def _deliveries(site: Site, draft: Draft) -> list[Child]:
    found: list[Child] = []
    account, occurrence = draft.account, draft.occurrence
    parts = site.rows_of(draft.post, account, occurrence)
    if progress := say_progress(parts):
        found.append(span(progress, class_="ls-reason"))
    for row in (*parts, *site.followers_of(draft.post, account, occurrence)):
        if row.url and row.action == "post":
            found.append(outside(row.url, _("see it on {network}").format(network=account.title)))
        if row.reason:
            found.append(span(row.reason, class_="ls-reason"))
    return found


def _verdict(site: Site, post: Post, account: Account) -> Html | None:
    if post.status is not Status.READY:
        return None
    verdict = site.find_verdict(post, account)
    return None if verdict.granted else span(verdict.reason, class_="ls-reason")


def _problems(site: Site, post: Post) -> Html | None:
    found = site.problems_of.get(post.path, ())
    if not found:
        return None
    return tag(
        "section", heading(2, _("Problems"), "problems"), problem_list(site, "", found), aria_labelledby="problems"
    )


def _side(site: Site, post: Post) -> Html:
    channels = [channel_chip(draft.account) for draft in drafts(post, site.settings)]
    rows: list[tuple[str, Child]] = [
        (_("Channels"), span(*spaced(channels)) if channels else None),
        (_("Author"), site.name_of(post.author)),
        (_("Owner"), site.name_of(post.owner)),
        (_("Due"), say_date(post.due) if post.due else None),
        (_("Pillar"), post.pillar),
        (_("Idea"), _idea(site, post)),
        (_("Labels"), ", ".join(post.labels)),
        (_("Language"), post.language),
        (_("If late"), _late(post.late)),
        ("uid", tag("code", post.uid) if post.uid else _("none yet")),
        (_("File"), _source(site, post)),
    ]
    approvals = [*_approvals(site, post)]
    given = (
        join((heading(2, _("Approvals"), "approvals"), tag("ul", *approvals, class_="ls-plain"))) if approvals else None
    )
    return tag("aside", heading(2, _("Facts"), "facts"), facts(rows), given, class_="ls-side")


def _idea(site: Site, post: Post) -> Html | None:
    """The way back to the idea that it came of."""
    found = site.ideas.get(post.idea)
    return link(site.link(site.post_pages[post.path], idea_path(found.name)), found.title) if found else None


def _late(late: Late) -> str:
    words = {Late.ASK: _("a person decides"), Late.SEND: _("send all the same"), Late.SKIP: _("leave out")}
    return words[late]


def _source(site: Site, post: Post) -> Html:
    path, edit = tag("code", post.path), site.edit_link(post.path)
    return join((path, " ", outside(edit, icon("edit"), _("Edit"), class_="ls-edit"))) if edit else path


def _approvals(site: Site, post: Post) -> Iterator[Html]:
    """Every yes and no, wherever it was said."""
    elsewhere = site.workspace.approvals.get(post.uid, ()) if post.uid else ()
    yield from (_approval(site, post, one) for one in (*post.approved, *elsewhere))
    yield from (_sent_back(site, post, one) for one in (site.workspace.sent_back.get(post.uid, ()) if post.uid else ()))


def _sent_back(site: Site, post: Post, refusal: SentBack) -> Html:
    at = refusal.at.astimezone(site.zone)
    words = _("{name} sent it back: {note}").format(name=site.name_of(refusal.by), note=refusal.note)
    void = refusal.hash != site.outlook.digest(post)
    note = span(_("for an earlier content"), class_="ls-over") if void else None
    return tag(
        "li", icon("retracted"), span(words), " ", tag("time", say_moment(at), datetime=at.isoformat()), " ", note
    )


def _approval(site: Site, post: Post, approval: Approval) -> Html:
    at = approval.at.astimezone(site.zone)
    void = approval.hash != site.outlook.digest(post)
    words = tag("strong", site.name_of(approval.by))
    note = span(_("void: the post changed since"), class_="ls-over") if void else None
    return tag("li", words, " ", tag("time", say_moment(at), datetime=at.isoformat()), " ", note)
