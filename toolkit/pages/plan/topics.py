"""No-go topics on the site: what nobody talks about today, where, until when, and what to say instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toolkit.dates import say_date
from toolkit.editorial import Topic, read_topics
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import IDEAS, TOPICS
from toolkit.pages.pieces import empty, head
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
            _table(site, shut, _("Closed today")) if shut else empty(_("Everything may be talked about.")),
            _section(site, _("Soon"), "soon", coming),
            _section(site, _("Open again"), "over", over),
        )
    )
    return {TOPICS: generated(_("No-go topics"), body)}


def _section(site: Site, title: str, anchor: str, topics: list[Topic]) -> Html | None:
    if not topics:
        return None
    return tag("section", heading(2, title, anchor), _table(site, topics, title), aria_labelledby=anchor)


def _table(site: Site, topics: Iterable[Topic], caption: str) -> Html:
    heads = (_("Topic"), _("Why"), _("Until"), _("Where"), _("Instead"), _("Ask"))
    return table(heads, (_row(site, one, heads) for one in topics), caption)


def _row(site: Site, topic: Topic, heads: tuple[str, ...]) -> Html:
    wording = topic.wording
    page = f"{HANDBOOK}/{wording.path.partition('/')[2]}"
    return row(
        (heads[0], div(_name(site, topic, page), _sentences(topic))),
        (heads[1], topic.reason),
        (heads[2], say_date(topic.last) if topic.last else _("for ever")),
        (heads[3], div(_places(topic), _scope(topic))),
        (heads[4], wording.instead),
        (heads[5], site.name_of(wording.owner)),
    )


def _name(site: Site, topic: Topic, page: str) -> Html:
    words = {
        Severity.ERROR: _("holds posts back"),
        Severity.WARNING: _("warns"),
        Severity.HINT: _("hints"),
    }
    chip = span(words[topic.severity], class_=f"ls-chip ls-{_TONES[topic.severity]}")
    return join((link(site.link(TOPICS, page), topic.name), " ", chip))


def _sentences(topic: Topic) -> Html | None:
    """Its examples: what may be said, and what may not."""
    said: list[Html] = [para(tag("b", _("not so:")), " ", one) for one in topic.bad]
    said += [para(tag("b", _("so:")), " ", one) for one in topic.good]
    return join(said) if said else None


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
