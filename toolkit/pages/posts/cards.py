"""Preview cards: what an account will publish, looking as its network shows it.

Everything on a card comes from the rendition, the same value that is sent. Texts are escaped, or cleaned where a
network takes HTML; nothing of them reaches the site's Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.dates import say_date
from toolkit.dispatch.outlook import read_rendition
from toolkit.messages import _, ngettext
from toolkit.model import Attachment, Count, Media, Part, Rendition, SpanKind
from toolkit.networks.looks import ENDLESS, Piece, find_subject, initials, pieces
from toolkit.networks.units import unit_word
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, clean, div, hidden, join, outside, para, span, tag
from toolkit.pages.media import asset_path
from toolkit.pages.posts.facts import CardFacts, PostFacts
from toolkit.pages.view import Common
from toolkit.settings import Account
from toolkit.workspace import Draft

# Networks that put a row of signs for answering, sharing and liking below a post.
_ANSWERED: Final = frozenset({"mastodon", "bluesky", "x", "threads", "linkedin", "facebook", "instagram"})


def card(common: Common, post: PostFacts, facts: CardFacts, *foot: Child) -> Html:
    """The card of one draft, as it was sent or else as it would be; `foot` stands below what the network shows."""
    draft, account = facts.draft, facts.draft.account
    planned, sent = common.render(draft), read_rendition(facts.sent)
    rendition = sent or planned
    parts = [_part(common, post, account, part) for part in rendition.parts] if rendition else list(_plain_parts(draft))
    total = len(parts)
    inner = [div(_number(index, total), content, class_="ls-part") for index, content in enumerate(parts, start=1)]
    subject = find_subject(rendition)
    shown = div(
        _sender(common.settings.name, account, subject),
        *inner,
        _orders(draft),
        _actions(account.network),
        class_="ls-shown",
        lang=rendition.language if rendition else draft.language,
    )
    label = _("Preview for {account}").format(account=account.title or account.name)
    if draft.instance is not None:
        # Several cards of one account are told apart by ear as well.
        label = f"{label}, {say_date(draft.instance)}"
    return tag(
        "article",
        shown,
        div(*foot, _drift(planned, sent), class_="ls-foot", data_search_exclude=True),
        class_=f"ls-card ls-net-{account.network}",
        aria_label=label,
    )


def _drift(planned: Rendition | None, sent: Rendition | None) -> Html | None:
    """That the file no longer says what was published, where it does not."""
    if planned is None or sent is None or [one.text for one in planned.parts] == [one.text for one in sent.parts]:
        return None
    return span(_("The file has changed since; shown is what was published."), class_="ls-reason")


def _sender(name: str, account: Account, subject: str) -> Html:
    who = div(tag("strong", name), span(account.id, class_="ls-handle"), class_="ls-who")
    avatar = span(initials(name), class_="ls-avatar", aria_hidden="true")
    subject_line = para(hidden(_("Subject: ")), subject, class_="ls-subject") if subject else None
    return join(
        (
            div(
                avatar,
                who,
                span(account.title or account.name, class_="ls-badge"),
                class_="ls-sender",
                data_search_exclude=True,
            ),
            subject_line,
        )
    )


def _number(index: int, total: int) -> Html | None:
    if total < 2:
        return None
    return span(
        hidden(_("Part {index} of {total}").format(index=index, total=total)),
        span(f"{index}/{total}", aria_hidden="true"),
        class_="ls-number",
    )


def _part(common: Common, post: PostFacts, account: Account, part: Part) -> Html:
    body = (
        div(clean(part.html), class_="ls-text ls-rich")
        if part.html
        else para(*map(_mark, pieces(account.network, part)), class_="ls-text")
    )
    content = join((body, _gallery(common, post, part.attachments)))
    warning = part.fields.get("content_warning", "")
    if warning:
        summary = tag("summary", hidden(_("Content warning: ")), warning)
        content = tag("details", summary, content, class_="ls-warning", open=True)
    return join((content, _counter(part.count)))


def _plain_parts(draft: Draft) -> Iterator[Html]:
    note = para(_("No adapter knows this network; shown as written."), class_="ls-empty")
    for index, text in enumerate(draft.parts):
        yield join((note if index == 0 else None, para(text, class_="ls-text")))


def _counter(count: Count) -> Html:
    over = count.length - count.limit
    words = _("{length} / {limit}").format(length=count.length, limit=count.limit)
    unit = unit_word(count.unit)
    if not 0 < count.limit < ENDLESS:
        return para(f"{count.length} {unit}", class_="ls-count")
    share = min(100, round(100 * count.length / count.limit))
    bar = span(span(style=f"width:{share}%"), class_="ls-bar", aria_hidden="true")
    surplus = span(ngettext("{count} too many", "{count} too many", over), class_="ls-over") if over > 0 else None
    tone = "ls-bad" if over > 0 else "ls-warn" if share > 95 else "ls-good"
    return para(bar, span(words), " ", span(unit, class_="ls-unit"), " ", surplus, class_=f"ls-count {tone}")


def _mark(found: Piece) -> Child:
    if found.kind is None:
        return found.words
    if found.kind is not SpanKind.LINK:
        return span(found.words, class_="ls-tag")
    return outside(found.target, found.words, title=found.target)


def _gallery(common: Common, post: PostFacts, attachments: tuple[Attachment, ...]) -> Html | None:
    if not attachments:
        return None
    figures = (_figure(common, post, one) for one in attachments)
    return div(*figures, class_=f"ls-gallery ls-of-{min(len(attachments), 4)}")


def _figure(common: Common, post: PostFacts, one: Attachment) -> Html:
    alt = (
        span(tag("b", "ALT"), " ", one.alt, class_="ls-alt")
        if one.alt
        else span(_("no alt text"), class_="ls-alt ls-over")
    )
    path = asset_path(one.file)
    if path in post.pictures:
        target = common.link(post.page, path)
        image = tag("img", src=target, alt=one.alt, loading="lazy", decoding="async", style=_crop(one))
    else:
        image = div(icon("media"), span(one.file or _("Medium is missing")), class_="ls-placeholder", style=_crop(one))
    return tag("figure", image, tag("figcaption", alt))


def _crop(one: Attachment) -> str | None:
    """The cut that the network will get, as the browser makes it."""
    width, _colon, height = one.crop.partition(":")
    if not (width.isdigit() and height.isdigit()):
        return None
    style = f"aspect-ratio:{width}/{height}"
    return f"{style};object-position:{one.focus[0]:.0%} {one.focus[1]:.0%}" if one.focus else style


def _orders(draft: Draft) -> Html | None:
    """Media that somebody still has to make; no rendition holds them."""
    missing = [medium for medium in draft.media if medium.order]
    return div(*(_order(medium) for medium in missing), class_="ls-gallery") if missing else None


def _order(medium: Media) -> Html:
    due = _("due {day}").format(day=medium.due.isoformat()) if medium.due else ""
    words = " · ".join(filter(None, (medium.order, medium.owner, due)))
    return div(icon("media"), span(_("Ordered: {what}").format(what=words)), class_="ls-placeholder")


def _actions(network: str) -> Html | None:
    """The row of signs, drawn by the style sheet as one element."""
    return div(class_="ls-actions", aria_hidden="true") if network in _ANSWERED else None
