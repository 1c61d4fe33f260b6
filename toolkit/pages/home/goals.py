"""Goals as bars: what came in, where it should be by now, where it is expected to come out, and all of that in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from toolkit.dates import say_month
from toolkit.kpis import KPIS, Better
from toolkit.kpis.pace import Pace
from toolkit.messages import _, spoken
from toolkit.pages.markup import Child, Html, div, link, para, span, tag
from toolkit.pages.paths import campaign_path, kpi_path
from toolkit.pages.plan.campaigns import phase
from toolkit.pages.plan.goals import saying
from toolkit.pages.plan.progress import Stand
from toolkit.pages.plan.strips import month_strip
from toolkit.pages.view import Site
from toolkit.reports.verdicts import pace_word
from toolkit.reports.wording import Wording

Say = Callable[[float | None], str]
_TONES: Final = {
    Pace.AHEAD: "good",
    Pace.REACHED: "good",
    Pace.ON_TRACK: "good",
    Pace.BEHIND: "bad",
    Pace.MISSED: "bad",
}


def legend() -> Html:
    """What the marks of a bar say."""
    words = _(
        "Bar: what came in. Dots: where an even pace would be today. Line: the target. Shade: where it is expected to come out."
    )
    return para(words, class_="ls-aside")


def monthly_goals(site: Site, page: str) -> Iterator[Html]:
    """A card for each monthly goal of the strategy that has something to show."""
    for stand in site.given.progress.goals:
        if stand.value is not None and stand.target > 0:
            yield _monthly(site, page, stand)


def campaign_goals(site: Site, page: str) -> Iterator[Html]:
    """A card for each goal of a campaign that runs now."""
    for name, stands in site.given.progress.campaigns.items():
        campaign = site.workspace.campaigns.get(name)
        if campaign is None or phase(site, campaign) != "running":
            continue
        for stand in stands:
            if stand.value is not None and stand.target > 0:
                below = link(site.link(page, campaign_path(campaign)), campaign.title)
                yield _running(site, page, stand, below)


def _monthly(site: Site, page: str, stand: Stand) -> Html:
    say = saying(stand.metric)
    value = stand.value or 0.0
    met = value <= stand.target if _lower(stand) else value >= stand.target
    gap = say(abs(stand.target - value))
    words = _("on plan") if met else _("{gap} above plan") if _lower(stand) else _("{gap} behind plan")
    month = say_month(date.fromisoformat(f"{stand.names[-1]}-01")) if stand.names else ""
    said = _("{value} of {target}").format(value=say(value), target=say(stand.target))
    parts: tuple[Child, ...] = (
        _top(site, page, stand, _chip(words.format(gap=gap), "good" if met else "bad")),
        month_strip(stand, say) if len(stand.steps) > 1 else None,
        para(tag("b", said), span(month, class_="ls-soft"), class_="ls-goal-said"),
        _ahead(stand, say, _("next month")),
    )
    return tag("li", *parts, class_="ls-goal")


def _running(site: Site, page: str, stand: Stand, below: Html) -> Html:
    say, pace = saying(stand.metric), Pace(stand.state)
    words = pace_word(pace)
    if pace is Pace.BEHIND and stand.expected is not None and stand.expected < stand.target:
        words = _("{gap} behind plan").format(gap=say(stand.target - stand.expected))
    said = _("{value} of {target}").format(value=say(stand.value), target=say(stand.target))
    over = len(stand.steps)
    days = _("after {days} of {length} days").format(days=over, length=stand.length) if over and stand.length else ""
    parts: tuple[Child, ...] = (
        _top(site, page, stand, _chip(words, _TONES.get(pace, "quiet")), below),
        pace_bar(stand),
        para(tag("b", said), span(days, class_="ls-soft"), class_="ls-goal-said"),
        _ahead(stand, say, _("at the end")),
    )
    return tag("li", *parts, class_="ls-goal")


def _chip(words: str, tone: str) -> Html:
    return span(words, class_=f"ls-chip ls-{tone}")


def _top(site: Site, page: str, stand: Stand, chip: Html, below: Child = None) -> Html:
    kpi = KPIS.get(stand.metric)
    title = _(kpi.title) if kpi else stand.metric
    known = kpi is not None and site.given.figures
    name = link(site.link(page, kpi_path(stand.metric)), title) if known else span(title)
    account = site.settings.accounts.get(stand.channel)
    about = below or (span(account.title or account.name, class_="ls-soft") if account else None)
    shown = span(name, about, class_="ls-two")
    return div(shown, chip, class_="ls-goal-top")


def _ahead(stand: Stand, say: Say, when: str) -> Html | None:
    """What is expected, between what and what, and how likely the target is."""
    if stand.expected is None or stand.low is None or stand.high is None:
        return None
    words = _("expected {when}: {value} ({low} to {high}, 90%)")
    said = words.format(when=when, value=say(stand.expected), low=say(stand.low), high=say(stand.high))
    chance = ""
    if stand.chance is not None:
        share = Wording(spoken()).percent(min(0.99, max(0.01, stand.chance)), 0)
        chance = "; " + _("{share} chance").format(share=share)
    return para(said + chance, class_="ls-soft")


def pace_bar(stand: Stand) -> Html:
    """What came in as a bar; a mark where an even pace would be, a line at the target, a band where it comes out."""
    value, expected = stand.value or 0.0, stand.high or 0.0
    top = max(stand.target, value, expected) or 1.0
    pace = stand.target * len(stand.steps) / stand.length if stand.steps and stand.length else None
    band = None
    if stand.low is not None and stand.high is not None:
        band = span(class_="ls-fan", style=f"left:{stand.low / top:.1%};width:{(stand.high - stand.low) / top:.1%}")
    marks = (
        band,
        span(class_="ls-has", style=f"width:{value / top:.1%}"),
        span(class_="ls-due", style=f"left:{pace / top:.1%}") if pace is not None else None,
        span(class_="ls-aim", style=f"left:{min(stand.target / top, 0.995):.1%}"),
    )
    return span(*marks, class_="ls-pace", aria_hidden="true")


def _lower(stand: Stand) -> bool:
    kpi = KPIS.get(stand.metric)
    return kpi is not None and kpi.better is Better.LOWER
