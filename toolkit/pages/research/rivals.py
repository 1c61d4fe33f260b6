"""The page of competitors: rhythm, rates, formats, development, share of voice, subjects and best posts of every brand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from toolkit.dates import say_month, say_short_day
from toolkit.messages import _, decimal, ngettext, spoken
from toolkit.pages.markup import Child, Html, div, heading, join, link, outside, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import RIVALS
from toolkit.pages.pieces import empty, head
from toolkit.pages.research.researched import DAYS, Researched
from toolkit.pages.research.sparks import spark
from toolkit.pages.research.tabs import has_rivals
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.reports.wording import Wording
from toolkit.research.keywords import Keyword
from toolkit.research.rivals import FEWEST, Brand, Cell, Counted
from toolkit.research.voice import Voice

NONE: Final = "\N{EN DASH}"


def rival_page(site: Site) -> dict[str, Page]:
    """The page, as soon as a competitor's posts or counts are known."""
    found = site.given.researched
    if not has_rivals(site):
        return {}
    title = _("Competitors")
    lead = _("Public numbers of companies, never texts and never people; all posts at seven days.")
    parts = (
        head(title, para(lead, class_="ls-summary")),
        _glance(site, found) if found.counts.brands else None,
        _rhythm(site, found.counts.brands) if found.counts.brands else None,
        _formats(site, found.counts.brands) if found.counts.brands else None,
        _development(site, found.counts.months) if len(found.counts.months) > 1 else None,
        _voices(site, found.counts.months) if found.counts.months else None,
        _topics(found.topics) if found.topics else None,
        _tops(site, found) if any(one.tops for one in found.counts.brands) else None,
    )
    return {RIVALS: generated(title, join(parts))}


def _section(anchor: str, title: str, *content: Child) -> Html:
    return tag("section", heading(2, title, anchor), *content, aria_labelledby=anchor)


def _name(site: Site, brand: str) -> Html:
    return tag("strong", site.settings.name) if not brand else span(brand)


def _glance(site: Site, found: Researched) -> Html:
    """A card for each brand: what a post brings, how often there is one, and the last month's share of voice."""
    voices = {voice.brand: voice.share for voice in found.counts.months[-1][1]} if found.counts.months else {}
    return tag(
        "ul", *(_brand(site, one, voices.get(one.name)) for one in found.counts.brands), class_="ls-stats ls-brands"
    )


def _brand(site: Site, one: Brand, share: float | None) -> Html:
    rate, limits, n = _rate(one.all)
    said = [_("{number} posts a week").format(number=decimal(one.per_week, ".1f"))]
    if share is not None:
        said.append(_("{share} of all interactions").format(share=Wording(spoken()).percent(share, 0)))
    return tag(
        "li",
        _name(site, one.name),
        tag("b", rate, class_="ls-number-big"),
        tag("small", _("interactions per post and 100 followers, {limits}, n = {n}").format(limits=limits, n=n)),
        span(", ".join(said), class_="ls-soft"),
        class_="ls-stat",
    )


def _folded(title: str, shown: Html) -> Html:
    """A long table behind a line that opens it."""
    return tag("details", tag("summary", _("Show the table: {title}").format(title=title)), shown, class_="ls-behind")


def _rhythm(site: Site, brands: Sequence[Brand]) -> Html:
    heads = (
        _("Brand"),
        _("Posts"),
        _("A week"),
        _("Longest gap"),
        _("Mostly at"),
        _("Per post and 100 followers"),
        _("Interval (90%)"),
        "n",
    )
    rows = (row(*zip(heads, _rhythm_cells(site, one), strict=True)) for one in brands)
    title = _("Rhythm and response, {days} days").format(days=DAYS)
    note = _("Interactions (likes, comments, shares) per post and 100 followers at its publication, ours as theirs.")
    shown = table(heads, rows, title, numbers=(1, 2, 3, 5, 6, 7))
    return _section("rhythm", title, shown, para(note, class_="ls-reason"))


def _rhythm_cells(site: Site, one: Brand) -> tuple[Child, ...]:
    gap = ngettext("{count} day", "{count} days", one.gap.days) if one.gap is not None else NONE
    return (
        _name(site, one.name),
        Wording(spoken()).number(one.all.posts),
        decimal(one.per_week, ".1f"),
        gap,
        _hours(one.hours),
        *_rate(one.all),
    )


def _hours(hours: Mapping[int, int]) -> str:
    """The three hours of most posts, in the order of the day."""
    most = sorted(sorted(hours, key=lambda hour: (-hours[hour], hour))[:3])
    return ", ".join(_("{hour}:00").format(hour=hour) for hour in most) or NONE


def _rate(cell: Cell) -> tuple[str, str, str]:
    if cell.rate is None:
        return _("n too small"), NONE, str(cell.n)
    between = _("{low} to {high}")
    known = cell.low is not None and cell.high is not None
    limits = between.format(low=_hundred(cell.low or 0), high=_hundred(cell.high or 0)) if known else NONE
    return _hundred(cell.rate), limits, str(cell.n)


def _hundred(rate: float) -> str:
    return decimal(rate * 100, ".2f")


def _formats(site: Site, brands: Sequence[Brand]) -> Html:
    heads = (_("Brand"), _("Format"), _("Posts"), _("Share"), _("Per post and 100 followers"), _("Interval (90%)"), "n")
    rows = (
        row(*zip(heads, (_name(site, one.name), format_word(form), str(cell.posts), _part(cell, one), *_rate(cell)), strict=True))
        for one in brands
        for form, cell in one.formats.items()
    )  # fmt: skip
    title = _("Formats")
    return _section("formats", title, _folded(title, table(heads, rows, title, numbers=(2, 3, 4, 5, 6))))


def _part(cell: Cell, brand: Brand) -> Html:
    share = cell.posts / brand.all.posts if brand.all.posts else 0.0
    said = _("{share} %").format(share=decimal(share * 100, ".0f"))
    bar = span(span(style=f"width:{share:.0%}"), class_="ls-bar", aria_hidden="true")
    return span(said, bar)


def format_word(form: str) -> str:
    """What a format is called."""
    words = {
        "photo": _("photo"),
        "graphic": _("graphic"),
        "video": _("video"),
        "link": _("link"),
        "text": _("text"),
        "poll": _("poll"),
        "audio": _("audio"),
        "document": _("document"),
        "": _("not known"),
    }
    return words.get(form, form)


_Months = Sequence[tuple[str, Sequence[Voice]]]


def _named(months: _Months) -> list[str]:
    """All brands; the newest month says in which order."""
    return list(dict.fromkeys(voice.brand for _month, voices in reversed(months) for voice in voices))


def _development(site: Site, months: _Months) -> Html:
    """How each brand has moved over the months: line, first and last value, and of how many posts."""
    first, last = (say_month(date.fromisoformat(f"{months[at][0]}-01")) for at in (0, -1))
    heads = (_("Brand"), _("Followers"), _("Posts a month"), _("Per post and 100 followers"))
    rows = (
        row(*zip(heads, (_name(site, name), *_moved([_of(name, voices) for _month, voices in months])), strict=True))
        for name in _named(months)
    )
    title = _("Development, {first} to {last}").format(first=first, last=last)
    note = _(
        "First and last complete month; the rate is that of the month's posts, and one of fewer than {count} posts is not told, nor is it part of the line."
    ).format(count=FEWEST)
    shown = table(heads, rows, title, class_="ls-table ls-moved")
    return _section("development", title, shown, para(note, class_="ls-reason"))


def _of(name: str, voices: Sequence[Voice]) -> Voice | None:
    return next((voice for voice in voices if voice.brand == name), None)


def _moved(months: Sequence[Voice | None]) -> Iterator[Child]:
    yield _line([one.followers if one else None for one in months], 0)
    yield _line([one.posts if one else None for one in months], 0)
    yield _line([one.rate if one and (one.posts or 0) >= FEWEST else None for one in months], 2, 100)


def _line(values: Sequence[float | None], digits: int, times: float = 1) -> Html:
    """The first and the last value, and below them the course."""
    words = Wording(spoken())
    known = [one * times for one in values if one is not None]
    ends = [words.number(one * times, digits) if one is not None else NONE for one in (values[0], values[-1])]
    return span(" → ".join(ends), spark(known), class_="ls-two")


def _voices(site: Site, months: _Months) -> Html:
    """Everybody's share month by month."""
    names = _named(months)
    shown_names = [name or site.settings.name for name in names]
    heads = (_("Month"), _("Parts"), *shown_names)
    key = (
        span(span(class_=f"ls-hue {_tone(name, at)}", aria_hidden="true"), shown)
        for at, (name, shown) in enumerate(zip(names, shown_names, strict=True))
    )
    rows = (row(*zip(heads, _voice_cells(month, voices, names), strict=True)) for month, voices in reversed(months))
    title = _("Share of voice")
    note = _(
        "Each brand's part of the interactions that all of them won in a month, on the channels where competitors are tracked; complete months only. n is the brand's posts."
    )
    numbers = range(2, len(heads))
    shown = table(heads, rows, title, class_="ls-table ls-voices", numbers=numbers)
    return _section("voice", title, para(*key, class_="ls-hues"), shown, para(note, class_="ls-reason"))


def _voice_cells(month: str, voices: Sequence[Voice], names: Sequence[str]) -> tuple[Child, ...]:
    of = {voice.brand: voice for voice in voices}
    shares = {voice.brand: voice.share for voice in voices}
    parts = (span(style=f"width:{shares.get(name, 0.0):.1%}", class_=_tone(name, at)) for at, name in enumerate(names))
    bar = span(*parts, class_="ls-stack", aria_hidden="true")
    said = (
        _("{share} % (n = {n})").format(share=decimal(shares[name] * 100, ".0f"), n=_count(of[name].posts))
        if name in shares
        else NONE
        for name in names
    )
    day = date.fromisoformat(f"{month}-01")
    return say_month(day), bar, *said


def _tone(name: str, at: int) -> str:
    """The colour of a brand: ours, or one of the others."""
    return f"ls-other-{at % 4}" if name else "ls-own"


def _count(posts: float | None) -> str:
    return decimal(posts, ".0f") if posts is not None else _("not known")


def _topics(topics: Mapping[str, Sequence[Keyword]]) -> Html:
    lines = (
        div(tag("dt", name), tag("dd", ", ".join(f"{one.phrase} ({one.n})" for one in found) or NONE))
        for name, found in sorted(topics.items())
    )
    note = _("What sets their own pages apart from all other feeds, with the number of entries that say it.")
    shown = tag("dl", *lines, class_="ls-facts")
    return _section("subjects", _("Their subjects"), shown, para(note, class_="ls-reason"))


def _tops(site: Site, found: Researched) -> Html:
    heads = (_("Brand"), _("When"), _("Format"), _("Per 100 followers"), _("Where"))
    rows = [row(*zip(heads, cells, strict=True)) for one in found.counts.brands for cells in _top_cells(site, one)]
    title = _("Best posts of each brand")
    shown = _folded(title, table(heads, rows, title)) if rows else empty(_("None yet."))
    return _section("tops", title, shown)


def _top_cells(site: Site, brand: Brand) -> Iterator[tuple[Child, ...]]:
    for one in brand.tops[:3]:
        at: datetime = one.at.astimezone(site.zone)
        when = tag("time", say_short_day(at), datetime=one.at.isoformat())
        yield _name(site, one.brand), when, format_word(one.format), _hundred(one.rate or 0.0), _where(site, one)


def _where(site: Site, one: Counted) -> Html:
    """Theirs on the network, ours on our own page where the post has one."""
    account = site.settings.accounts.get(one.channel)
    channel = account.title or account.name if account else one.channel
    if one.brand:
        return outside(one.name, channel)
    post = next((post for post in site.workspace.posts if post.uid == one.name), None)
    return link(site.link(RIVALS, site.post_pages[post.path]), post.title or channel) if post else span(channel)
