"""Which key figure answers which question: the order in which the dictionary of key figures is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from toolkit.kpis import KPIS, Kpi
from toolkit.messages import _

# Question → its key figures, what most people ask for first.
_QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "react": (
        *("interactions", "engagement_rate_followers", "engagement_rate_views", "engagement_rate_reach"),
        *("likes", "comments", "shares", "saves", "applause", "conversation", "amplification"),
        *("engagements", "engaged_users"),
    ),
    "see": (
        *("posts", "views", "reach", "video_views", "video_view_rate", "view_through_rate", "view_time"),
        *("average_view_time", "opens", "open_rate"),
    ),
    "follow": ("followers", "follower_growth"),
    "go": ("clicks", "click_rate", "consumers", "downloads", "site_visits", "visits_unattributed", "unattributed_rate"),
    "shop": (
        *("visits", "orders", "revenue", "conversion_rate", "order_value", "revenue_per_visit"),
        *("page_views", "leads", "lead_rate", "site_downloads"),
    ),
    "answer": ("messages", "response_rate", "response_time", "response_time_p90", "sentiment"),
    "beside": ("share_of_voice", "share_of_mentions"),
    "found": ("search_impressions", "search_clicks", "search_click_rate", "search_position"),
}
_CALL: Final = re.compile(r"(sum|count|median)\((\w+)\)")


def questions() -> Mapping[str, tuple[Kpi, ...]]:
    """Short name of a question → its key figures; what stands below no question is asked last, under "more"."""
    found = {name: tuple(KPIS[kpi] for kpi in names if kpi in KPIS) for name, names in _QUESTIONS.items()}
    known = {kpi for names in _QUESTIONS.values() for kpi in names}
    rest = tuple(kpi for name, kpi in KPIS.items() if name not in known)
    return {**found, "more": rest} if rest else found


def say_question(name: str) -> str:
    """The question as people ask it."""
    words = {
        "react": _("Does anybody react?"),
        "see": _("Is it seen?"),
        "follow": _("Do we grow?"),
        "go": _("Does anybody come to us?"),
        "shop": _("What does it bring to website and shop?"),
        "answer": _("Do we answer well?"),
        "beside": _("How do we stand beside others?"),
        "found": _("Are we found?"),
    }
    return words.get(name, _("What else is there?"))


def question_of(kpi: Kpi) -> str:
    """The short name of the question that a key figure answers."""
    return next(name for name, kpis in questions().items() if kpi in kpis)


def say_formula(formula: str) -> str:
    """A formula of sums in words, "" for one that words would make longer.

    >>> say_formula("sum(interactions) / sum(views)")
    'Interactions \N{DIVISION SIGN} Views'
    >>> say_formula("quantile(response_time, 0.9)")
    ''
    """
    if re.search(r"[^\w\s()/]", formula):
        return ""
    said = _CALL.sub(lambda found: _term(found[1], found[2]), formula)
    if "(" in said:
        return ""
    return re.sub(r"(?<= / )posts$", lambda _found: _term("count", "posts"), said).replace(" / ", " \N{DIVISION SIGN} ")


def _term(what: str, name: str) -> str:
    title = _(KPIS[name].title) if name in KPIS else name.replace("_", " ")
    return _("median of {name}").format(name=title) if what == "median" else title
