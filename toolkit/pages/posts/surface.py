"""What readers see of a post on its network: sender, text, media and signs, out of the rendition that is sent.

Every network is the same few elements; the style sheet (posts.css) gives each its order, shapes and colours, so that a
page holds no more than the words. Texts are escaped, or cleaned where a network takes HTML. No logo and no font of a
network is used: the signs are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from toolkit.messages import _, kept_in_each_language, ngettext
from toolkit.model import Part, Rendition
from toolkit.networks.looks import ENDLESS, Piece, find_subject, initials, pieces
from toolkit.networks.units import unit_word
from toolkit.pages.icons import ACTIONS
from toolkit.pages.markup import Child, Html, clean, div, element, hidden, join, para, span, tag
from toolkit.pages.posts.embeds import find_link_card, link_card, poll
from toolkit.pages.posts.folds import find_fold
from toolkit.pages.posts.gallery import gallery
from toolkit.pages.posts.styled import discord_words, mark, styled_words
from toolkit.settings import Account

# Networks that show a sender by the name of the account, and where the handle has an @ in front.
_BY_HANDLE: Final = frozenset({"instagram", "threads"})
_WITH_AT: Final = frozenset({"x", "bluesky"})
# Where only the day or the channel stands below the name: the account's own name is not shown there.
_NAMELESS: Final = frozenset({"linkedin", "facebook", "telegram", "discord", "slack", "wordpress", "feed", "files"})
_TIGHT: Final = 0.95  # of a limit

_message = element("div", class_="ls-part")
_inside = element("div", class_="ls-content")
_words = element("p", class_="ls-text")
_rich = element("div", class_="ls-text ls-rich")


class Sight(NamedTuple):
    """What a surface needs besides the rendition.

    `find` tells where the page has the picture of a file in ``content/``, "" where it has none; `clock` is when it is out.
    """

    brand: str
    account: Account
    find: Callable[[str], str]
    clock: str = ""


def surface(sight: Sight, rendition: Rendition, *below: Child) -> Html:
    """All parts of a rendition; `below` stands under the last."""
    subject = find_subject(rendition)
    total = len(rendition.parts)
    parts = [
        _part(sight, part, subject if index == 0 else "", (index + 1, total))
        for index, part in enumerate(rendition.parts)
    ]
    return div(*parts, *below, class_="ls-shown", lang=rendition.language)


def plain_surface(sight: Sight, language: str, texts: Iterable[str], *below: Child) -> Html:
    """Texts as they are written, for a network that nobody knows."""
    note = para(_("No adapter knows this network; shown as written."), class_="ls-empty")
    bodies = [div(_sender(sight), para(text, class_="ls-text"), class_="ls-part") for text in texts]
    return div(note, *bodies, *below, class_="ls-shown", lang=language)


def _part(sight: Sight, part: Part, subject: str, place: tuple[int, int]) -> Html:
    count = part.count
    return _message(
        _sender(sight),
        _inside(*_content(sight, part, subject)),
        _under(sight.account.network in ACTIONS, count.length, count.limit, count.unit, place),
    )


@kept_in_each_language
def _under(signs: bool, length: int, limit: int, unit: str, place: tuple[int, int]) -> Html:
    """What stands below a part: the network's signs where it has any, and how long the part is."""
    actions = tag("i", class_="ls-actions", aria_hidden="true") if signs else None
    return div(actions, _counter(length, limit, unit_word(unit), _number(*place)), class_="ls-under")


def _sender(sight: Sight) -> Html:
    return _sender_of(sight.brand, sight.account.network, sight.account.id, sight.clock)


# The same few senders at the same few times of the day stand above all posts.
@lru_cache(maxsize=1024)
def _sender_of(brand: str, network: str, handle: str, clock: str) -> Html:
    if network in _WITH_AT and not handle.startswith("@"):
        handle = f"@{handle}"
    name = handle if network in _BY_HANDLE else brand
    second = "" if network in _BY_HANDLE | _NAMELESS else handle
    who = span(
        tag("strong", name),
        span(second, class_="ls-handle") if second else None,
        span(clock, class_="ls-ago") if clock else None,
        class_="ls-who",
    )
    avatar = span(initials(brand), class_="ls-avatar", aria_hidden="true")
    return div(avatar, who, class_="ls-sender", data_search_exclude=True)


def _number(index: int, total: int) -> Html | None:
    if total < 2:
        return None
    spoken = hidden(_("Part {index} of {total}").format(index=index, total=total))
    return span(spoken, span(f"{index}/{total}", aria_hidden="true"), class_="ls-number")


def _content(sight: Sight, part: Part, subject: str) -> Sequence[Child]:
    network, fields = sight.account.network, part.fields
    above = para(hidden(_("Subject: ")), subject, class_="ls-subject") if subject else None
    preheader = fields.get("preheader", "")
    teaser = para(preheader, class_="ls-preheader") if preheader else None
    shown = pieces(network, part)
    card = find_link_card(network, part, shown)
    inside = (
        _text(sight, part, shown),
        gallery(network, part.attachments, sight.find, fields.get("media_title", "")),
        poll(part),
        link_card(card, sight.find) if card else None,
    )
    if warning := fields.get("content_warning", ""):
        summary = tag("summary", hidden(_("Content warning: ")), warning)
        return above, teaser, tag("details", summary, *inside, class_="ls-warning", open=True)
    return above, teaser, *inside


def _text(sight: Sight, part: Part, shown: tuple[Piece, ...]) -> Html:
    if part.html:
        from toolkit.networks.newsletter.render import inner  # with a parser of Markdown

        return _rich(clean(inner(part.html) or part.html))
    if sight.account.network == "discord":
        return _rich(discord_words(part.text))
    styled = styled_words(sight.account.network, part)
    if styled is not None:
        return _words(*styled)
    before, after = _cut(shown, find_fold(sight.account.network, "".join(one.words for one in shown)))
    # The picture of an Instagram post is introduced by who shows it.
    name = tag("strong", sight.account.id, " ") if sight.account.network == "instagram" else None
    if not after:
        return _words(name, _marked(before))
    folded = _words(name, _marked(before), span(_marked(after), class_="ls-rest"))
    switch = (span(_("… more"), class_="ls-open"), span(_("less"), class_="ls-shut"))
    return join((folded, tag("details", tag("summary", *switch), class_="ls-fold")))


@lru_cache(maxsize=64)  # most channels of a post show the same words
def _marked(shown: tuple[Piece, ...]) -> Html:
    return join(map(mark, shown))


def _cut(shown: tuple[Piece, ...], at: int | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces before and after the fold; a piece that it meets is cut in two."""
    if at is None:
        return shown, ()
    before: list[Piece] = []
    for index, one in enumerate(shown):
        if at < len(one.words):
            head = [Piece(one.words[:at], one.kind, one.target)] if at else []
            return (*before, *head), (Piece(one.words[at:], one.kind, one.target), *shown[index + 1 :])
        before.append(one)
        at -= len(one.words)
    return shown, ()


def _counter(length: int, limit: int, unit: str, number: Html | None) -> Html:
    """How long the part is, as its network counts; a ring shows the share of what fits. `number` is its place."""
    if not 0 < limit < ENDLESS:
        return para(number, f"{length} {unit}", class_="ls-count")
    over, share = length - limit, length / limit
    words = _("{length} / {limit}").format(length=length, limit=limit)
    surplus = span(ngettext("{count} too many", "{count} too many", over), class_="ls-over") if over > 0 else None
    tone = "ls-bad" if over > 0 else "ls-warn" if share > _TIGHT else "ls-good"
    ring = tag("i", class_="ls-ring", style=f"--p:{min(100, round(100 * share))}%", aria_hidden="true")
    return para(
        number, ring, words, hidden(f" {unit}"), " ", surplus, class_=f"ls-count {tone}", title=f"{words} {unit}"
    )
