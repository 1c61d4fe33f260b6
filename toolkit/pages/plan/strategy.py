"""The page of the social media plan: above its prose what its front matter says, and how goals and months keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from toolkit.dates import say_date, say_month
from toolkit.messages import _, spoken
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.paths import channel_path, list_path, pillar_path
from toolkit.pages.pieces import channel_chip, count_posts
from toolkit.pages.plan.strips import share_strip
from toolkit.pages.tables import row, table
from toolkit.pages.view import HANDBOOK, Site
from toolkit.reports.wording import Wording
from toolkit.strategy import Mix, Part, Strategy, month_mix, posts_of_month
from toolkit.workspace import STRATEGY

PAGE = f"{HANDBOOK}/{STRATEGY.partition('/')[2]}"


def show_strategy(site: Site, path: str, markdown: str) -> str:
    """The page with the plan below its first lines; as it is when it is another page, or has no plan."""
    plan = site.strategy if path == STRATEGY else Strategy()
    if plan.places is None:
        return markdown
    if site.given.partner:  # goals and budget stand there, and some builders hand sources out
        markdown = markdown[plan.places.body_start :]
    sections = list(_sections(site, plan))
    if not sections:
        return markdown
    lines = markdown.split("\n")
    title = next((number for number, line in enumerate(lines) if line.startswith("# ")), -1) + 1
    # What the first lines say comes first, the plan before the first heading below them.
    at = next((number for number, line in enumerate(lines) if number >= title and line.startswith("## ")), title)
    return "\n".join([*lines[:at], "", str(div(*sections, class_="ls ls-plan")), "", *lines[at:]])


def _sections(site: Site, plan: Strategy) -> Iterator[Html]:
    """People outside see what is shown outside: not the goals, the budget and the competitors."""
    inside = not site.given.partner
    if plan.goals and inside:
        yield _goals(site, plan)
    if plan.pillars:
        yield _pillars(site, plan)
    if plan.channels:
        yield _channels(site, plan)
    yield from _lists(site, plan)
    if inside:
        yield from _private(site, plan)


def _goals(site: Site, plan: Strategy) -> Html:
    from toolkit.pages.plan.goals import plan_table  # with what goals are counted by

    note = _("Expected is the next month, or that of the day, from the months before it; it knows no season.")
    below = para(note, class_="ls-aside") if site.given.progress.goals else None
    return _section(_("Monthly goals"), plan_table(site, PAGE, plan.goals), below, name="plan-goals")


def _pillars(site: Site, plan: Strategy) -> Html:
    """This month and the next, each as bars on the spans that the plan wants."""
    this = site.today.replace(day=1)
    months = (this, date(this.year + this.month // 12, this.month % 12 + 1, 1))
    mixes = [
        month_mix(plan.pillars, [post.pillar for post in posts_of_month(site.workspace.posts, one)]) for one in months
    ]
    columns = (_month(site, month, mix) for month, mix in zip(months, mixes, strict=True))
    legend = para(_("The band behind each bar is what the plan wants."), class_="ls-aside")
    return _section(_("Pillars"), div(*columns, class_="ls-months-of"), legend, name="plan-pillars")


def _month(site: Site, month: date, mix: Mix) -> Html:
    title = say_month(month)
    shown: Child = link(site.link(PAGE, list_path(month)), title) if month in site.months else title
    parts = (tag("li", *_part(site, part)) for part in mix.parts)
    return div(
        heading(3, shown), para(count_posts(mix.total), class_="ls-aside"), tag("ul", *parts, class_="ls-shares")
    )


def _part(site: Site, part: Part) -> tuple[Child, ...]:
    percent = Wording(spoken()).percent
    span_of = _("{low} to {high}").format(low=percent(part.pillar.least, 0), high=percent(part.pillar.most, 0))
    state = _("too many") if part.over else _("too few") if part.under else ""
    chip = span(state, class_="ls-chip ls-warn") if state else None
    has = span(percent(part.share, 0), " ", tag("small", _("plan {span}").format(span=span_of)), class_="ls-has-of")
    name, title = part.pillar.name, part.pillar.title
    shown = title if site.given.partner else link(site.link(PAGE, pillar_path(name)), title)
    return span(shown, " ", chip), has, share_strip(part)


def _channels(site: Site, plan: Strategy) -> Html:
    heads = (_("Channel"), _("Purpose"), _("Audiences"), _("posts a week"))
    rows = []
    for one in plan.channels:
        account = site.settings.accounts.get(one.channel)
        name: Child = link(site.link(PAGE, channel_path(account)), channel_chip(account)) if account else one.channel
        audiences = ", ".join(found.title if (found := plan.audience(each)) else each for each in one.audiences)
        weekly = f"{one.weekly:g}".replace(".", "," if spoken() == "de" else ".") if one.weekly is not None else None
        rows.append(row((heads[0], name), (heads[1], one.purpose), (heads[2], audiences), (heads[3], weekly)))
    return _section(_("Channels"), table(heads, rows, _("Channels"), numbers=(3,)), name="plan-channels")


def _lists(site: Site, plan: Strategy) -> Iterator[Html]:
    today = site.today
    named = (
        (_("Audiences"), "audiences", [(one.title, one.wants) for one in plan.audiences]),
        (_("Values"), "values", [(one.name, one.means) for one in plan.values]),
        (
            _("On sale now"),
            "products",
            [(one.name, _words(one.about, one.price)) for one in plan.products if one.sold(today)],
        ),
        (_("What we may claim"), "claims", [(one.name, _proof(one.until)) for one in plan.permitted(today)]),
    )
    cards = [_card(title, name, items) for title, name, items in named if items]
    if cards:
        yield div(*cards, class_="ls-plan-cards")


def _private(site: Site, plan: Strategy) -> Iterator[Html]:
    year = site.today.year
    costs = [(one.purpose, say_money(one.amount, plan.currency)) for one in plan.budget if one.year == year]
    cards = (
        [_card(_("Competitors"), "competitors", [(one.name, one.why) for one in plan.competitors])]
        if plan.competitors
        else []
    )
    if costs:
        total = _("Budget {year}: {sum}").format(year=year, sum=say_money(plan.spending(year), plan.currency))
        cards.append(_card(total, "budget", costs))
    if cards:
        yield div(*cards, class_="ls-plan-cards")


def _words(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _proof(until: date | None) -> str:
    return _("proved until {day}").format(day=say_date(until)) if until else _("proved")


def _card(title: str, name: str, items: Iterable[tuple[str, str]]) -> Html:
    rows = (tag("li", tag("b", label), span(text) if text else None) for label, text in items)
    return tag("section", heading(3, title, f"plan-{name}"), tag("ul", *rows), aria_labelledby=f"plan-{name}")


def _section(title: str, *content: Child, name: str) -> Html:
    return tag("section", heading(2, title, name), join(content), aria_labelledby=name)


def say_money(amount: float, currency: str) -> str:
    """A sum of the plan, in cents only where there are any."""
    shown = Wording(spoken()).number(amount, 0 if amount == int(amount) else 2)
    return f"{shown} {'€' if currency in {'', 'EUR'} else currency}"
