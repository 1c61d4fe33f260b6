"""What a network hangs below a text: the card of a link, and a poll.

A card shows what is known here, which is what the author wrote or else the address; title and picture of the page
itself are read by the network when the post goes out, and nothing is fetched for a preview.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from toolkit.messages import _, kept_in_each_language, ngettext
from toolkit.model import Part, SpanKind
from toolkit.networks.looks import Piece
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, element, hidden, outside, span, tag

# Which of a text's links gets the card; LinkedIn and Bluesky make none by themselves.
_FIRST: Final[Mapping[str, int]] = {"mastodon": 0, "threads": 0, "telegram": 0, "discord": 0, "facebook": 0, "x": -1}
# Options by which an author asks for no card.
_REFUSED: Final[Mapping[str, str]] = {"telegram": "link_preview", "discord": "previews"}
_NO: Final = frozenset({"no", "false", "none", "off", "0"})
_WWW: Final = re.compile(r"^www\.")

_blank = element("span", class_="ls-link-blank", aria_hidden="true")
_open = element("span", class_="ls-link-open")
_owner = element("span", class_="ls-link-domain")
_words = element("span", class_="ls-link-words")


class LinkCard(NamedTuple):
    """A link as a network shows it; `title` is "" where only the page knows it, `picture` a file in ``content/``."""

    target: str
    domain: str
    title: str = ""
    description: str = ""
    picture: str = ""


def find_link_card(network: str, part: Part, shown: Sequence[Piece]) -> LinkCard | None:
    """The card below the text, None for none: pictures and polls take its place."""
    fields = part.fields
    pictures = [one.file for one in part.attachments if one.kind == "card"]
    if len(pictures) < len(part.attachments) or fields.get("poll_options"):
        return None
    target = "" if network == "instagram" else fields.get("card_link") or fields.get("link", "")
    if not target and network in _FIRST and fields.get(_REFUSED.get(network, ""), "").lower() not in _NO:
        links = [one.target for one in shown if one.kind is SpanKind.LINK and one.target.startswith("http")]
        target = links[_FIRST[network]] if links else ""
    if not target.startswith("http"):
        return None
    domain = _domain(target)
    if domain is None:
        return None
    picture = pictures[0] if pictures else ""
    return LinkCard(target, domain, fields.get("card_title", ""), fields.get("card_description", ""), picture)


@lru_cache(maxsize=64)  # most channels of a post show the same link
def _domain(address: str) -> str | None:
    """Whose page it is; None for an address that is none, such as ``http://[``."""
    try:
        return _WWW.sub("", urlsplit(address).hostname or "")
    except ValueError:
        return None


def link_card(card: LinkCard, find: Callable[[str], str]) -> Html:
    """The card; `find` tells where the page has a file's picture, "" where it has not."""
    return _drawn(card, find(card.picture) if card.picture else "")


@kept_in_each_language
def _drawn(card: LinkCard, source: str) -> Html:
    picture = tag("img", src=source, alt="", loading="lazy", decoding="async") if source else _blank(icon("link"))
    title = tag("strong", card.title) if card.title else _open(_("The network reads title and picture from the page."))
    about = span(card.description, class_="ls-link-about") if card.description else None
    words = _words(_owner(card.domain), title, about)
    return outside(card.target, picture, words, class_="ls-link", title=card.target)


def poll(part: Part) -> Html | None:
    """The answers of a poll, not yet voted on; None where there is none."""
    answers = [one.strip() for one in part.fields.get("poll_options", "").split("|") if one.strip()]
    if not answers:
        return None
    several = part.fields.get("poll_multiple", "").lower() in {"yes", "true"}
    question, days = part.fields.get("poll_question", ""), part.fields.get("poll_days", "")
    ends = ngettext("open for {count} day", "open for {count} days", int(days)) if days.isdecimal() else ""
    note = " · ".join(filter(None, (_("several answers") if several else "", ends)))
    return div(
        tag("strong", question) if question else hidden(_("Poll")),
        tag("ul", *(tag("li", answer) for answer in answers)),
        span(note, class_="ls-poll-note") if note else None,
        class_="ls-poll ls-several" if several else "ls-poll",
    )
