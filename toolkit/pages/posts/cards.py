"""Preview cards: what an account will publish, looking as its network shows it (`surface`), in a frame of ours.

Everything on a card comes from the rendition, the same value that is sent.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial

from toolkit.dates import say_date, say_time
from toolkit.messages import _, kept_in_each_language
from toolkit.model import WallTime
from toolkit.outlook import read_rendition
from toolkit.outlook.standing import State
from toolkit.pages.markup import Child, Element, Html, div, element, hidden, span
from toolkit.pages.media import asset_path
from toolkit.pages.pieces import chip
from toolkit.pages.posts.drift import drift
from toolkit.pages.posts.facts import CardFacts, PostFacts
from toolkit.pages.posts.gallery import orders
from toolkit.pages.posts.readers import readers
from toolkit.pages.posts.surface import Sight, plain_surface, surface
from toolkit.pages.view import Common

_below = element("div", class_="ls-foot", data_search_exclude=True)


def card(common: Common, post: PostFacts, facts: CardFacts, *foot: Child) -> Html:
    """The card of one draft, as it was sent or else as it would be; `foot` stands below what the network shows."""
    draft, account = facts.draft, facts.draft.account
    planned, sent = common.render(draft), read_rendition(facts.sent)
    rendition = sent or planned
    name = account.title or account.name
    language = rendition.language if rendition else draft.language
    sight = _sight(common, post, facts)
    people = common.settings.people
    missing = orders(draft.media, lambda name: people[name].name if name in people else name) if draft.media else None
    shown = surface(sight, rendition, missing) if rendition else plain_surface(sight, language, draft.parts, missing)
    frame = _frame(account.network, name, draft.instance, language, circle=readers(rendition), state=facts.state)
    return frame(shown, _below(*foot, drift(planned, sent)))


@kept_in_each_language
def _frame(
    network: str, name: str, instance: date | None, language: str, *, circle: Html | None, state: State
) -> Element:
    """A card with its head; it is the same on most posts of an account."""
    spoken = span(hidden(_("Language: ")), language, class_="ls-lang") if language else None
    head = div(span(name, class_="ls-channel"), spoken, circle, chip(state), class_="ls-card-head")
    label = _("Preview for {account}").format(account=name)
    # Several cards of one account are told apart by ear as well.
    told = label if instance is None else f"{label}, {say_date(instance)}"
    return partial(element("article", class_=f"ls-card ls-net-{network}", aria_label=told), head)


def _sight(common: Common, post: PostFacts, facts: CardFacts) -> Sight:
    def find(file: str) -> str:
        path = asset_path(file) if file else ""
        return common.link(post.page, path) if path in post.pictures else ""

    return Sight(common.settings.name, facts.draft.account, find, _clock(facts.draft.publish))


@lru_cache(maxsize=64)  # the channels of a post mostly go out together
def _clock(publish: WallTime | None) -> str:
    return say_time(publish.local()) if publish else ""
