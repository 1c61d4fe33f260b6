"""The KPIs that are not counted over posts: accounts, website and shop, share of voice, inbox."""

from __future__ import annotations

from typing import Final

from toolkit.kpis.definitions import Better, Fold, Kpi, Of, Unit
from toolkit.kpis.facts import DAY_METRICS, Accounts, Answers, Days, Voices, WebDays
from toolkit.kpis.posts import AT_AGE
from toolkit.kpis.units import Column, Units, column

_SITE, _SHOP, _INBOX, _SEARCH, _ACCOUNT = (
    Days(subject, DAY_METRICS[subject]) for subject in ("site", "shop", "inbox", "search", "account")
)


def _needs(*names: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({name}) for name in names)


def _day(name: str, title: str, definition: str, facts: Days, *, unit: Unit = Unit.COUNT, metric: str = "") -> Kpi:
    units = Units(facts, column(metric or name))
    formula = f"sum({metric or name})"
    return Kpi(name, title, definition, formula, "", unit, Of.DAYS, units, _needs(metric or name), sampled=False)


def _ratio(
    name: str, title: str, definition: str, facts: Days | WebDays, rate: tuple[str, str], *, unit: Unit = Unit.SHARE
) -> Kpi:
    part, base = rate
    units = Units(facts, column(part), column(base))
    formula = f"sum({part}) / sum({base})"
    return Kpi(name, title, definition, formula, base, unit, Of.DAYS, units, _needs(part, base), sampled=False)


def _response(name: str, title: str, definition: str, formula: str, fold: Fold) -> Kpi:
    units, needs = Units(Answers(), column("response_time")), _needs("response_time")
    return Kpi(
        name, title, definition, formula, "", Unit.SECONDS, Of.MESSAGES, units, needs, better=Better.LOWER, fold=fold
    )


def _classified(part: Column, doubt: Column | None = None) -> Units:
    return Units(_INBOX, part, lambda table: table.positive + table.neutral + table.negative, doubt=doubt)


ACCOUNT_KPIS: Final = (
    Kpi(
        "followers",
        "Followers",
        "The last count of the period, summed over accounts.",
        "sum(last(followers))",
        "",
        Unit.COUNT,
        Of.ACCOUNTS,
        Units(Accounts(), column("followers")),
        _needs("followers"),
        sampled=False,
    ),
    Kpi(
        "follower_growth",
        "Follower growth",
        "Followers gained in the period over those at its beginning.",
        "(last(followers) - first(followers)) / first(followers)",
        "followers at the beginning",
        Unit.SHARE,
        Of.ACCOUNTS,
        Units(Accounts(), lambda table: table.followers - table.before, column("before")),
        _needs("followers"),
        sampled=False,
    ),
)

WEB_KPIS: Final = (
    _day("page_views", "Page views", "Pages of the website that were opened.", _SITE),
    _day("visits", "Visits", "Visits of the website.", _SITE),
    _day("leads", "Leads", "Contacts that the website won, such as requests and sign-ups.", _SITE),
    _ratio("lead_rate", "Lead rate", "Leads for each visit.", _SITE, ("leads", "visits")),
    _day("site_downloads", "Downloads (website)", "Downloads from the website.", _SITE, metric="downloads"),
    _day("orders", "Orders", "Orders in the shop.", _SHOP),
    _day("revenue", "Revenue", "Revenue of the shop.", _SHOP, unit=Unit.EURO),
    _ratio(
        "conversion_rate",
        "Conversion rate",
        "Orders for each visit, on days of which both are known.",
        WebDays(),
        ("orders", "visits"),
    ),
    _ratio("order_value", "Order value", "Revenue for each order.", _SHOP, ("revenue", "orders"), unit=Unit.EURO),
    _ratio(
        "revenue_per_visit",
        "Revenue per visit",
        "Revenue for each visit, on days of which both are known.",
        WebDays(),
        ("revenue", "visits"),
        unit=Unit.EURO,
    ),
)

ORIGIN_KPIS: Final = (
    Kpi(
        "site_visits",
        "Visits from links of accounts",
        "Visits of the website that came by an account's links.",
        "sum(site_visits)",
        "",
        Unit.COUNT,
        Of.DAYS,
        Units(_ACCOUNT, column("site_visits")),
        # Made of the visits whose links carry our tags.
        (frozenset({"site_visits", "visits"}),),
        sampled=False,
    ),
    Kpi(
        "visits_unattributed",
        "Visits from elsewhere",
        "Visits of the website that came by none of our links.",
        "sum(visits_unattributed)",
        "",
        Unit.COUNT,
        Of.DAYS,
        Units(_SITE, column("visits_unattributed")),
        (frozenset({"visits_unattributed", "visits"}),),
        sampled=False,
    ),
    Kpi(
        "unattributed_rate",
        "Share of visits from elsewhere",
        "Visits that came by none of our links, for each visit.",
        "sum(visits_unattributed) / sum(visits)",
        "visits",
        Unit.SHARE,
        Of.DAYS,
        Units(_SITE, column("visits_unattributed"), column("visits")),
        (frozenset({"visits_unattributed", "visits"}), frozenset({"visits"})),
        better=Better.LOWER,
        sampled=False,
    ),
)


def _search(name: str, title: str, definition: str, formula: str, units: Units) -> Kpi:
    """What an export of searches tells comes together, so a file without positions is none."""
    base = formula.partition(" / sum(")[2].removesuffix(")")
    unit = Unit.SHARE if name.endswith("rate") else Unit.AVERAGE if base else Unit.COUNT
    better = Better.LOWER if name == "search_position" else Better.HIGHER
    needs = _needs(*DAY_METRICS["search"])
    return Kpi(name, title, definition, formula, base, unit, Of.DAYS, units, needs, better=better, sampled=False)


SEARCH_KPIS: Final = (
    _search(
        "search_impressions",
        "Impressions in searches",
        "How often a search engine showed the website among its results.",
        "sum(impressions)",
        Units(_SEARCH, column("impressions")),
    ),
    _search(
        "search_clicks",
        "Clicks in searches",
        "How often people came to the website from a search engine's results.",
        "sum(clicks)",
        Units(_SEARCH, column("clicks")),
    ),
    _search(
        "search_click_rate",
        "Click rate in searches",
        "Clicks for each time the website was shown among a search engine's results.",
        "sum(clicks) / sum(impressions)",
        Units(_SEARCH, column("clicks"), column("impressions")),
    ),
    _search(
        "search_position",
        "Position in searches",
        "The website's place among a search engine's results, 1 is the top; days count as often as the website was shown.",
        "sum(position * impressions) / sum(impressions)",
        Units(_SEARCH, lambda table: table.position * table.impressions, column("impressions")),
    ),
)

VOICE_KPIS: Final = (
    Kpi(
        "share_of_voice",
        "Share of voice",
        f"Own interactions among those of all tracked brands, on the channels where competitors are tracked. {AT_AGE}",
        "own interactions / interactions of all brands",
        "interactions of all brands",
        Unit.SHARE,
        Of.POSTS,
        Units(Voices("interactions"), column("own"), column("all"), base_alone=True),
        (frozenset({"likes", "comments", "shares"}),),
        sampled=False,
    ),
    Kpi(
        "share_of_mentions",
        "Share of mentions",
        "Own mentions among those of all tracked brands, on the channels where competitors are tracked.",
        "own mentions / mentions of all brands",
        "mentions of all brands",
        Unit.SHARE,
        Of.DAYS,
        Units(Voices("mentions"), column("own"), column("all"), base_alone=True),
        _needs("mentions"),
        sampled=False,
    ),
)

INBOX_KPIS: Final = (
    Kpi(
        "messages",
        "Messages",
        "Comments, mentions and messages that came in.",
        "sum(messages)",
        "",
        Unit.COUNT,
        Of.MESSAGES,
        Units(_INBOX, column("messages")),
        _needs("messages"),
        sampled=False,
    ),
    Kpi(
        "response_rate",
        "Response rate",
        "Answered messages among those that wanted an answer.",
        "sum(answered) / sum(answerable)",
        "answerable",
        Unit.SHARE,
        Of.MESSAGES,
        Units(_INBOX, column("answered"), column("answerable")),
        _needs("answered", "answerable"),
        sampled=False,
    ),
    _response(
        "response_time",
        "Response time",
        "The middle of the seconds of service hours until a message was answered; messages without an answer are not in it.",
        "median(response_time)",
        Fold.MEDIAN,
    ),
    _response(
        "response_time_p90",
        "Response time (nine of ten)",
        "Within so many seconds of service hours nine of ten answered messages had their answer.",
        "quantile(response_time, 0.9)",
        Fold.P90,
    ),
    Kpi(
        "sentiment",
        "Sentiment",
        "Friendly less unfriendly messages among all that were classified; the interval is what the classifier's measured error can move.",
        "(sum(positive) - sum(negative)) / sum(classified)",
        "classified messages",
        Unit.BALANCE,
        Of.MESSAGES,
        _classified(
            lambda table: table.positive - table.negative,
            # A wrong label moves the balance by up to two messages.
            lambda table: 2 * table.sentiment_error * (table.positive + table.neutral + table.negative),
        ),
        _needs("positive", "neutral", "negative"),
        sampled=False,
    ),
)
