"""What each key of guidelines/strategy.md means and takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.workspace import GOAL_KEYS
from toolkit.workspace.keys import CAMPAIGN, Form, Key, Naming, make_keys

STRATEGY_KEYS: Final[Mapping[str, str]] = {
    "title": "Title of the page.",
    "owner": "Person who answers for it.",
    "reviewed": "Day on which somebody last read it.",
    "next_review": "Day on which somebody reads it again.",
    "version": "Version of the page.",
    "language": "Language of the page; default: the workspace's first.",
    "internal": "Whether people outside are shown nothing of it.",
    "goals": "What is to be reached each month; see the goal keys.",
    "products": "What the house sells; see the product keys.",
    "values": "What the brand stands for; see the value keys.",
    "audiences": "Whom we speak to; see the audience keys.",
    "pillars": "Subjects that posts return to, with their shares of a month; see the pillar keys.",
    "channels": "What each account is for; see the channel keys.",
    "competitors": "Whom of leitstand.toml we watch, and why; see the competitor keys.",
    "budget": "What is spent on what; see the budget keys.",
    "currency": "Currency of the budget, such as EUR.",
    "decisions": "What was decided about this page, written by leitstand learn.",
    "learns": "Kinds of findings that leitstand learn puts onto this page, such as pillars and formats.",
}
PRODUCT_KEYS: Final[Mapping[str, str]] = {
    "name": "Name of the product.",
    "about": "What it is, in a few words.",
    "price": "Price and unit price as they may be shown.",
    "since": "First day on which one can buy it; default: always.",
    "until": "Last day on which one can buy it; default: for ever.",
}
VALUE_KEYS: Final[Mapping[str, str]] = {
    "name": "Name of the value.",
    "means": "What it means when we write, in a sentence.",
}
AUDIENCE_KEYS: Final[Mapping[str, str]] = {
    "name": "Short name by which channels and ideas call it.",
    "title": "What people call it.",
    "wants": "What these people want from us.",
}
PILLAR_KEYS: Final[Mapping[str, str]] = {
    "name": "Short name, as in `pillar` of a post.",
    "title": "What people call it.",
    "least": "Smallest share of a month's posts in per cent, such as 15 %.",
    "most": "Largest share of a month's posts in per cent, such as 30 %.",
    "about": "What it is for, in a sentence.",
    "owner": "Person who answers for it.",
}
PURPOSE_KEYS: Final[Mapping[str, str]] = {
    "channel": "Name of the account.",
    "purpose": "What it is for, in a sentence.",
    "audiences": "Names of the audiences it is for.",
    "weekly": "How many posts a week are planned there.",
}
RIVAL_KEYS: Final[Mapping[str, str]] = {
    "name": "Name as in [competitors.NAME] of leitstand.toml.",
    "why": "What we learn from them.",
}
COST_KEYS: Final[Mapping[str, str]] = {
    "for": "What the money is for.",
    "amount": "How much, in the currency of the page.",
    "year": "In which year.",
    "owner": "Person who may spend it.",
}
# The lists of the page but for the goals, which campaigns have, too.
LIST_KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "products": PRODUCT_KEYS,
    "values": VALUE_KEYS,
    "audiences": AUDIENCE_KEYS,
    "pillars": PILLAR_KEYS,
    "channels": PURPOSE_KEYS,
    "competitors": RIVAL_KEYS,
    "budget": COST_KEYS,
}
# One entry of each list, for the problem about anything else.
SHAPES: Final[Mapping[str, str]] = {
    "products": "{name: Polarnacht, price: '8,90 €'}",
    "values": "{name: Ehrlich, means: Wir zeigen auch Fehler}",
    "audiences": "{name: neugierige, title: Die Neugierigen, wants: Herkunft und Zubereitung}",
    "pillars": "{name: wissen, title: Wissen, least: 15 %}",
    "channels": "{channel: mastodon, purpose: das Gespräch, audiences: [neugierige]}",
    "competitors": "{name: Röstwerk Süd, why: gute Fotos}",
    "budget": "{for: Fotos, amount: 2400, year: 2026}",
}

_DAY: Final = Key("", Form.DAY)
_NUMBER: Final = Key("", Form.NUMBER)
_PERSON: Final = Key("", names=Naming.PERSON)
_ACCOUNT: Final = Key("", names=Naming.ACCOUNT)
_PURPOSE: Final = {"channel": _ACCOUNT, "audiences": Key("", Form.WORDS), "weekly": _NUMBER}
STRATEGY_PAGE: Final = make_keys(
    STRATEGY_KEYS,
    {
        "owner": _PERSON,
        "reviewed": _DAY,
        "next_review": _DAY,
        "language": Key("", names=Naming.LANGUAGE),
        "internal": Key("", choices=("true", "false")),
        "goals": Key("", Form.LIST, keys={name: CAMPAIGN["goals"].keys[name] for name in GOAL_KEYS}),
        "products": Key("", Form.LIST, keys=make_keys(PRODUCT_KEYS, {"since": _DAY, "until": _DAY})),
        "values": Key("", Form.LIST, keys=make_keys(VALUE_KEYS, {})),
        "audiences": Key("", Form.LIST, keys=make_keys(AUDIENCE_KEYS, {})),
        "pillars": Key("", Form.LIST, keys=make_keys(PILLAR_KEYS, {"owner": _PERSON})),
        "channels": Key("", Form.LIST, keys=make_keys(PURPOSE_KEYS, _PURPOSE)),
        "competitors": Key("", Form.LIST, keys=make_keys(RIVAL_KEYS, {})),
        "budget": Key("", Form.LIST, keys=make_keys(COST_KEYS, {"amount": _NUMBER, "year": _NUMBER, "owner": _PERSON})),
        "decisions": Key("", Form.LIST),
        "learns": Key("", Form.WORDS),
    },
)
