"""What is written outside of posts and said to people all the same: ideas, canned replies, briefings.

Each text once, with where it stands and what is known of whom it is for, so that no-go topics count there, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toolkit.editorial import Idea
from toolkit.lint.replies import find_replies
from toolkit.lint.rule import View
from toolkit.lint.texts import blank
from toolkit.model import SourceText, Span
from toolkit.source import FrontMatter
from toolkit.values import dataclass
from toolkit.workspace import Wording
from toolkit.workspace.briefings import Briefing, read_briefings
from toolkit.workspace.statements import Place

Narrow = frozenset[str]


@dataclass(frozen=True, slots=True)
class Saying:
    """A text, where it is, and whom it is for; None is not known, so that anybody may get it."""

    place: Place
    path: str
    text: str  # comments and addresses blanked
    span: Callable[[int, int], Span]
    language: str = ""
    channels: Narrow | None = None  # accounts and their networks
    labels: Narrow | None = None
    campaigns: Narrow | None = None

    def meant(self, wording: Wording) -> bool:
        """Whether a statement is about it; a narrow statement is about texts that it is known to fit."""
        narrow = (
            (wording.channels, self.channels),
            (wording.labels, self.labels),
            (wording.campaigns, self.campaigns),
        )
        fits = all(not wanted or (own is not None and not wanted.isdisjoint(own)) for wanted, own in narrow)
        short = self.language.replace("_", "-").partition("-")[0]
        return fits and (not wording.languages or not short or short in wording.languages)


def find_sayings(view: View) -> Iterator[Saying]:
    """Every text of open ideas, canned replies and briefings that somebody asked about."""
    for idea in view.ideas[0]:
        if idea.open and view.asked(idea.path):
            yield from _of_idea(idea, view)
    for page in find_replies(view):
        for reply in page.replies:
            yield Saying(Place.REPLIES, page.source.path, reply.text, _placed(page.source, reply.place), reply.language)
    for briefing in read_briefings(view.workspace.handbook)[0]:
        if view.asked(briefing.path):
            yield from _of_briefing(briefing, view)


def _of_idea(idea: Idea, view: View) -> Iterator[Saying]:
    accounts = view.settings.accounts
    names = {name for name in idea.channels if name in accounts} | {
        accounts[name].network for name in idea.channels if name in accounts
    }
    known = (
        idea.language or view.settings.languages[0],
        frozenset(names) or None,
        frozenset(idea.labels),
        frozenset(filter(None, (idea.campaign,))),
    )
    yield Saying(Place.IDEAS, idea.path, blank(idea.title), _at(idea.places, "title"), *known)
    start, source = idea.places.body_start, idea.places.source
    yield Saying(
        Place.IDEAS, idea.path, blank(idea.text), _placed(source, lambda at, end: (start + at, start + end)), *known
    )


def _of_briefing(one: Briefing, view: View) -> Iterator[Saying]:
    texts = [(f"messages.{index}", text, one.language) for index, text in enumerate(one.messages)]
    texts += [(f"{asked.key}.answer", asked.answer, asked.language) for asked in one.questions]
    for key, text, language in texts:
        yield Saying(
            Place.BRIEFINGS,
            one.path,
            blank(text),
            _at(one.places, key),
            language or view.settings.languages[0],
            None,
            one.labels,
            frozenset(filter(None, (one.campaign,))),
        )


def _at(places: FrontMatter, key: str) -> Callable[[int, int], Span]:
    """The whole value: quotes and folds may stand between its letters."""
    return lambda _start, _end: places.span(key)


def _placed(source: SourceText, place: Callable[[int, int], tuple[int, int] | None]) -> Callable[[int, int], Span]:
    return lambda start, end: source.span(*(place(start, end) or (0, 0)))
