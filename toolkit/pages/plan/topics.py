"""No-go topics on the site: what nobody talks about today, where, until when, and what to say instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.dates import say_date
from toolkit.editorial import Topic, read_topics
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import IDEAS, TOPICS
from toolkit.pages.pieces import empty, facts, head
from toolkit.pages.tables import row, table
from toolkit.pages.view import HANDBOOK, Site
from toolkit.workspace.statements import Place

_TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "info"}


def topic_pages(site: Site) -> dict[str, Page]:
    """One page; nothing where the handbook has never closed a topic."""
    topics, _problems = read_topics(site.workspace)
    if not topics:
        return {}
    shut = [one for one in topics if one.holds(site.today)]
    coming = [one for one in topics if one.first is not None and one.first > site.today]
    over = [one for one in topics if one.last is not None and one.last < site.today]
    said = ngettext("{count} topic is closed today", "{count} topics are closed today", len(shut))
    body = join(
        (
            head(_("No-go topics"), para(said, class_="ls-summary"), kicker=link(site.link(TOPICS, IDEAS), _("Ideas"))),
            tag("ul", *(_card(site, one) for one in shut), class_="ls-boxes ls-closed")
            if shut
            else empty(_("Everything may be talked about.")),
            _section(site, _("Soon"), "soon", coming),
            _section(site, _("Open again"), "over", over),
        )
    )
    return {TOPICS: generated(_("No-go topics"), body)}


def _card(site: Site, topic: Topic) -> Html:
    """A closed topic: why and until when, its examples beside each other, what to do instead and whom to ask."""
    wording = topic.wording
    until = _("until {day}").format(day=say_date(topic.last)) if topic.last else _("for ever")
    examples = (_examples(_("not so:"), topic.bad, "bad"), _examples(_("so:"), topic.good, "good"))
    about = facts(
        (
            (_("Instead"), wording.instead),
            (_("Where"), div(_places(topic), _scope(topic))),
            (_("Ask"), site.name_of(wording.owner)),
        )
    )
    return tag(
        "li",
        heading(2, link(site.link(TOPICS, _page(topic)), topic.name)),
        para(_chip(topic), " ", span(until)),
        para(topic.reason, class_="ls-closed-why") if topic.reason else None,
        div(*examples, class_="ls-sides") if any(examples) else None,
        about,
        class_="ls-campaign",
    )


def _examples(title: str, said: Sequence[str], tone: str) -> Html | None:
    if not said:
        return None
    items = tag("ul", *(tag("li", one) for one in said))
    return div(tag("b", title), items, class_=f"ls-example ls-example-{tone}")


def _page(topic: Topic) -> str:
    return f"{HANDBOOK}/{topic.wording.path.partition('/')[2]}"


def _chip(topic: Topic) -> Html:
    words = {
        Severity.ERROR: _("holds posts back"),
        Severity.WARNING: _("warns"),
        Severity.HINT: _("hints"),
    }
    return span(words[topic.severity], class_=f"ls-chip ls-{_TONES[topic.severity]}")


def _section(site: Site, title: str, anchor: str, topics: list[Topic]) -> Html | None:
    """Those that are not closed today, a row each."""
    if not topics:
        return None
    heads = (_("Topic"), _("Why"), _("From"), _("Until"), _("Ask"))
    rows = (_row(site, one, heads) for one in topics)
    return tag("section", heading(2, title, anchor), table(heads, rows, title), aria_labelledby=anchor)


def _row(site: Site, topic: Topic, heads: tuple[str, ...]) -> Html:
    cells: tuple[Child, ...] = (
        link(site.link(TOPICS, _page(topic)), topic.name),
        topic.reason,
        say_date(topic.first) if topic.first else None,
        say_date(topic.last) if topic.last else _("for ever"),
        site.name_of(topic.wording.owner),
    )
    return row(*zip(heads, cells, strict=True))


def _places(topic: Topic) -> str:
    words = {
        Place.POSTS: _("posts"),
        Place.REPLIES: _("replies"),
        Place.IDEAS: _("ideas"),
        Place.BRIEFINGS: _("briefings"),
    }
    return (
        _("everywhere")
        if topic.places == frozenset(Place)
        else ", ".join(words[one] for one in Place if one in topic.places)
    )


def _scope(topic: Topic) -> Child:
    said = ", ".join(_scopes(topic))
    return para(_("only {scope}").format(scope=said), class_="ls-reason") if said else None


def _scopes(topic: Topic) -> Iterator[str]:
    wording = topic.wording
    for names in (wording.channels, wording.labels, wording.campaigns, wording.languages):
        yield from sorted(names)
