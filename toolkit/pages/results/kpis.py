"""A page for each KPI: what it means, how it is counted, who delivers it, and its last months as a picture and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.dates import say_month
from toolkit.kpis import KPIS, Better, Kpi, Of, Unit
from toolkit.kpis.delivery import exports_of, networks_of
from toolkit.messages import _, ngettext, spoken
from toolkit.networks import NETWORKS
from toolkit.pages.lookup import fold, look_up_field
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import KPI_INDEX, campaign_path, kpi_path
from toolkit.pages.pieces import facts, head, spaced
from toolkit.pages.plan.strategy import PAGE as STRATEGY_PAGE
from toolkit.pages.research.sparks import spark
from toolkit.pages.results.figures import Figure
from toolkit.pages.results.questions import question_of, questions, say_formula, say_question
from toolkit.pages.results.trend import trend
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.reports.wording import Wording
from toolkit.workspace import Goal


def kpi_pages(site: Site) -> dict[str, Page]:
    """The index and a page for each KPI, as soon as anything has been counted."""
    if not site.given.figures:
        return {}
    return {KPI_INDEX: _index(site), **{kpi_path(kpi.name): _page(site, kpi) for kpi in KPIS.values()}}


def _index(site: Site) -> Page:
    """By question; a field finds by name, also by names that other tools use."""
    title, words = _("Key figures"), Wording(spoken())
    groups = (_group(site, name, kpis, words) for name, kpis in questions().items())
    body = (head(title, para(_("What each means, and what it was in the last months."), class_="ls-summary")), _field())
    return generated(title, div(*body, *groups, data_find=True))


def _field() -> Html:
    total = ngettext("{count} key figure", "{count} key figures", len(KPIS))
    return look_up_field(
        _("Find a key figure"),
        total,
        one=ngettext("{count} key figure", "{count} key figures", 1),
        some=_("{count} key figures"),
        none=_("No key figure is called so; leitstand explain knows more words."),
    )


def _group(site: Site, name: str, kpis: Sequence[Kpi], words: Wording) -> Html:
    known = sorted(kpis, key=lambda kpi: _last(site.given.figures.get(kpi.name, ())) is None)
    items = tag("ul", *(_item(site, kpi, words) for kpi in known), class_="ls-figures")
    title = heading(2, say_question(name), f"ask-{name}")
    return tag("section", title, items, aria_labelledby=f"ask-{name}", data_find_group=True, class_="ls-question")


def _item(site: Site, kpi: Kpi, words: Wording) -> Html:
    """Name, last value with its month and n, course, and what it means."""
    figures = site.given.figures.get(kpi.name, ())
    last, asked = _last(figures), (kpi.name.replace("_", " "), _(kpi.title), kpi.title, *kpi.also)
    name = link(site.link(KPI_INDEX, kpi_path(kpi.name)), _(kpi.title), class_="ls-figure-name")
    value: tuple[Child, ...] = (span(_("no data"), class_="ls-soft"),)
    if last is not None:
        n = _("{month}, n = {n}").format(month=_month(last.month), n=words.number(last.n))
        value = (tag("b", words.value(last.value, kpi.unit)), " ", tag("small", n))
    line = spark([one.value for one in figures if one.value is not None])
    about = para(_(kpi.definition), class_="ls-soft")
    shown = (name, span(*value, class_="ls-figure-value"), line, about)
    return tag("li", *shown, class_=None if last else "ls-figure-none", data_find_text=" ".join(map(fold, asked)))


def _page(site: Site, kpi: Kpi) -> Page:
    page, words, figures = kpi_path(kpi.name), Wording(spoken()), site.given.figures.get(kpi.name, ())
    last = _last(figures)
    kicker = link(site.link(page, KPI_INDEX), _("Key figures"))
    shown: list[Child] = [para(_("Nothing has been delivered for it in the last months."), class_="ls-empty")]
    if last is not None:
        shown = [_now(figures, last, kpi, words), _trend(figures, kpi, words)]
    main = div(*shown, class_="ls-main")
    about = tag("aside", heading(2, _("How it is counted"), "facts"), facts(_facts(kpi)), class_="ls-side")
    parts = (
        head(_(kpi.title), para(_(kpi.definition), class_="ls-lead"), kicker=kicker),
        div(div(main, _goals(site, page, kpi), _related(site, page, kpi)), about, class_="ls-split"),
    )
    return generated(_(kpi.title), join(parts), in_nav=False)


def _goals(site: Site, page: str, kpi: Kpi) -> Html | None:
    """Who asks for it: the strategy and campaigns."""
    asked: list[tuple[str, str, Goal]] = [
        (STRATEGY_PAGE, _("Strategy"), goal) for goal in site.workspace.goals if goal.metric == kpi.name
    ]
    asked += [
        (campaign_path(one), one.title, goal)
        for one in site.workspace.campaigns.values()
        for goal in one.goals
        if goal.metric == kpi.name
    ]
    if not asked:
        return None
    words = Wording(spoken())
    items = []
    for target, title, goal in asked:
        account = site.settings.accounts.get(goal.channel)
        where = f", {account.title or account.name if account else goal.channel}" if goal.channel else ""
        said = f": {words.value(goal.target, kpi.unit)}{where}"
        items.append(tag("li", link(site.link(page, target), title), said))
    title = heading(2, _("Goals that ask for it"), "goals")
    return tag("section", title, tag("ul", *items, class_="ls-spaced"), aria_labelledby="goals", class_="ls-lately")


def _related(site: Site, page: str, kpi: Kpi) -> Html | None:
    """The others that answer the same question."""
    question = question_of(kpi)
    others = [one for one in questions()[question] if one is not kpi]
    if not others:
        return None
    links = (link(site.link(page, kpi_path(one.name)), _(one.title)) for one in others)
    title = heading(2, say_question(question), "related")
    return tag(
        "section", title, para(*spaced(links), class_="ls-inline"), aria_labelledby="related", class_="ls-lately"
    )


def _facts(kpi: Kpi) -> Iterator[tuple[str, str]]:
    yield _("Formula"), say_formula(kpi.formula)
    yield _("Formula for programs"), kpi.formula
    yield _("Denominator"), _(kpi.denominator) if kpi.denominator else ""
    yield _("Unit"), _unit(kpi.unit)
    yield _("Counted over"), _of(kpi.of)
    yield _("Better"), _("higher") if kpi.better is Better.HIGHER else _("lower")
    yield _("Networks that deliver it"), ", ".join(NETWORKS[name].title for name in networks_of(kpi))
    yield _("Exports that deliver it"), ", ".join(exports_of(kpi))
    yield _("For programs"), kpi.name


def _now(figures: Sequence[Figure], last: Figure, kpi: Kpi, words: Wording) -> Html:
    """The last month, where n is enough with its interval, and the month before."""
    month, value = _month(last.month), words.value(last.value, kpi.unit)
    between = ""
    if last.low is not None and last.high is not None:
        between = _("interval (90%) {span}").format(span=words.between(last.low, last.high, kpi.unit))
    n = _("n = {n}").format(n=words.number(last.n))
    about = ", ".join(filter(None, (between, n)))
    tiles = [(month, value, about)]
    before = next((one for one in reversed(figures) if one.month < last.month and one.value is not None), None)
    if before and before.value and last.value and min(before.value, last.value) > 0:
        tiles.append(
            (
                _("since {month}").format(month=_month(before.month)),
                words.change(last.value / before.value - 1),
                "",
            )
        )
    items = (
        tag(
            "li",
            span(label, class_="ls-soft"),
            tag("b", said, class_="ls-number-big"),
            tag("small", more) if more else None,
            class_="ls-stat",
        )
        for label, said, more in tiles
    )
    return tag("ul", *items, class_="ls-stats ls-now-of")


def _trend(figures: Sequence[Figure], kpi: Kpi, words: Wording) -> Html:
    title, between = _("Last months"), any(one.low is not None for one in figures)
    heads = (_("Month"), _("Value"), *((_("Interval (90%)"),) if between else ()), "n")
    rows = (row(*zip(heads, _cells(one, kpi, words, between=between), strict=True)) for one in figures)
    picture = trend(figures, lambda value: words.value(value, kpi.unit))
    parts = (heading(2, title, "trend"), picture, table(heads, rows, title, class_="ls-table ls-months", small=True))
    return tag("section", *parts, aria_labelledby="trend", class_="ls-lately")


def _cells(one: Figure, kpi: Kpi, words: Wording, *, between: bool) -> tuple[Child, ...]:
    """A month's cells; without one for the interval where no month has any."""
    known = one.low is not None and one.high is not None
    interval = words.between(one.low or 0.0, one.high or 0.0, kpi.unit) if known else ""
    return _month(one.month), words.value(one.value, kpi.unit), *((interval,) if between else ()), words.number(one.n)


def _last(figures: Sequence[Figure]) -> Figure | None:
    return next((one for one in reversed(figures) if one.value is not None), None)


def _month(month: str) -> str:
    return say_month(date.fromisoformat(f"{month}-01"))


def _unit(unit: Unit) -> str:
    names = {
        Unit.COUNT: _("number"),
        Unit.AVERAGE: _("number per unit"),
        Unit.SHARE: _("per cent"),
        Unit.BALANCE: _("from \N{MINUS SIGN}1 to 1"),
        Unit.EURO: _("euros"),
        Unit.SECONDS: _("time"),
    }
    return names[unit]


def _of(of: Of) -> str:
    names = {Of.POSTS: _("posts"), Of.ACCOUNTS: _("accounts"), Of.DAYS: _("days"), Of.MESSAGES: _("messages")}
    return names[of]
