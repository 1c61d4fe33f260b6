"""Every day on which somebody has to look at something again: pages, briefings, topics, proofs, drills, rights.

All of it stands in front matter and blocks already; here it is one calendar, so that nothing runs out unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from itertools import chain
from typing import Final

from toolkit.messages import _
from toolkit.model import Media, Post
from toolkit.source import FrontMatter
from toolkit.values import dataclass
from toolkit.workspace import HandbookPage, Wording, Workspace
from toolkit.workspace.briefings import read_briefings
from toolkit.workspace.playbooks import read_playbooks

# What ended by itself is told for so long; then it is history.
_PAST: Final = timedelta(days=14)


class Look(StrEnum):
    """What is looked at again."""

    PAGE = "page"
    BRIEFING = "briefing"  # ends
    TOPIC = "topic"  # opens again
    PROOF = "proof"  # of a claim runs out
    DRILL = "drill"  # of a crisis plan
    RIGHTS = "rights"  # of a medium, or a consent, run out


@dataclass(frozen=True, slots=True)
class Review:
    """On `day` the `owner` (key of a person, "" for nobody) looks at what is called `title`, at this line of the file."""

    day: date
    look: Look
    title: str
    owner: str
    path: str
    line: int = 1

    def overdue(self, today: date) -> bool:
        """Whether somebody should have done it: what ends by itself needs nobody."""
        return self.look in (Look.PAGE, Look.DRILL) and self.day < today


def find_reviews(workspace: Workspace) -> list[Review]:
    """All of them, the earliest first, however long ago; see `select`."""
    handbook = workspace.handbook
    found = chain(
        chain.from_iterable(_page(page) for page in dated_pages(workspace)),
        (
            Review(one.last, Look.BRIEFING, one.title, one.owner, one.path, one.places.span("valid_until").line)
            for one in read_briefings(handbook)[0]
            if one.last is not None
        ),
        (_worded(one.last, Look.TOPIC, one.name, one.wording) for one in handbook.topics if one.last is not None),
        (_worded(one.until, Look.PROOF, one.name, one.wording) for one in handbook.claims if one.proof and one.until),
        (
            Review(
                one.drill_next,
                Look.DRILL,
                one.title,
                one.owner,
                one.places.source.path,
                _line(one.places, "drill_next"),
            )
            for one in read_playbooks(handbook)[0]
            if one.drill_next is not None
        ),
        _rights(workspace.posts),
    )
    return sorted(set(found), key=lambda one: (one.day, one.path, one.line, one.title))


def select(reviews: Iterable[Review], today: date, ahead: timedelta) -> list[Review]:
    """What is due until then, and what is over: pages and drills until somebody did them, the rest for two weeks."""
    due = (one for one in reviews if one.day <= today + ahead)
    return [one for one in due if one.overdue(today) or one.day >= today - _PAST]


def look_word(look: Look) -> str:
    """What happens on the day, in a few words."""
    return {
        Look.PAGE: _("read the page again"),
        Look.BRIEFING: _("briefing ends"),
        Look.TOPIC: _("topic opens again"),
        Look.PROOF: _("proof runs out"),
        Look.DRILL: _("crisis drill"),
        Look.RIGHTS: _("right to show it ends"),
    }[look]


def dated_pages(workspace: Workspace) -> list[HandbookPage]:
    """The pages that somebody answers for: those with front matter that settings do not exempt from reviews."""
    exempt = workspace.settings.checks.exempt
    return [
        page
        for page in workspace.handbook.pages
        if page.front is not None and not any(fnmatchcase(page.path, pattern) for pattern in exempt)
    ]


def find_undated(workspace: Workspace) -> list[HandbookPage]:
    """Pages that somebody answers for and that nobody means to read again."""
    return [page for page in dated_pages(workspace) if page.owner and page.next_review is None]


def _page(page: HandbookPage) -> Iterator[Review]:
    if page.next_review is not None and page.front is not None:
        title = page.title or page.path
        yield Review(page.next_review, Look.PAGE, title, page.owner, page.path, _line(page.front, "next_review"))


def _worded(day: date, look: Look, name: str, wording: Wording) -> Review:
    return Review(day, look, name, wording.owner, wording.path, _line(wording.places, "until"))


def _rights(posts: Iterable[Post]) -> Iterator[Review]:
    """Media that are shown, or will be, each once with its first end: the right to show it, or people's consent."""
    first: dict[str, Review] = {}
    for post in posts:
        for medium in post.media:
            for day, key in _ends(medium):
                name = medium.file.rpartition("/")[2] or medium.order
                line = post.span(f"{medium.key}.{key}").line
                review = Review(day, Look.RIGHTS, name, post.owner or post.author, post.path, line)
                first[name] = min(first.get(name, review), review, key=lambda one: (one.day, one.path))
    yield from first.values()


def _ends(medium: Media) -> Iterator[tuple[date, str]]:
    if medium.until is not None:
        yield medium.until, "until"
    if medium.consent is not None and medium.consent.until is not None:
        yield medium.consent.until, "consent"


def _line(places: FrontMatter, key: str) -> int:
    return places.span(key).line
