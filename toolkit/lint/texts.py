"""What a post is going to tell, to whom and on which day: each text once, with everybody who gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.lint.passages import Passage, find_passages
from toolkit.lint.rule import Rule, View
from toolkit.lint.upcoming import find_upcoming
from toolkit.model import Post, Problem, Severity
from toolkit.source.body import Chunk
from toolkit.values import dataclass
from toolkit.workspace import Draft

# Nobody reads what is never sent, and an address has no opinion.
_SILENT: Final = re.compile(r"<!--.*?-->|\]\([^)\s]*|https?://\S+", re.DOTALL)
Hearer = tuple[Draft, date]


@dataclass(frozen=True, slots=True)
class Telling:
    """A text of a post that is still to go out, comments and addresses blanked, and who gets it on which days."""

    post: Post
    passage: Passage
    text: str
    hearers: tuple[Hearer, ...]

    def problem(self, rule: Rule, span: tuple[int, int], message: str, severity: Severity | None = None) -> Problem:
        """A problem at ``text[span]``; at the whole value where its letters stand otherwise in the file."""
        if self.passage.start is None:
            return rule.at(self.post, self.passage.key, message, severity=severity)
        place = self.post.source.span(self.passage.start + span[0], self.passage.start + span[1])
        return Problem(self.post.path, place, rule.id, severity or rule.severity, message)


def find_tellings(post: Post, view: View) -> Iterator[Telling]:
    """The texts that are still to go out: body, title, descriptions of media, what is read of the options."""
    hearers = tuple(_hearers(post, view))
    if not hearers:
        return
    passages = list(find_passages(post, [draft for draft, _day in hearers], view.settings))
    if post.title:
        passages.append(Passage(post.title, post.language, _exact(post, "title"), "title"))
    for passage in passages:
        yield Telling(post, passage, blank(passage.text), tuple(one for one in hearers if _gets(one[0], passage)))


def blank(text: str) -> str:
    """The text with comments and addresses as blanks, every offset the same."""
    return _SILENT.sub(lambda match: " " * len(match[0]), text)


def _hearers(post: Post, view: View) -> Iterator[Hearer]:
    """Drafts and the days they go out; what has no time yet is looked at as if it went out today."""
    if post.publish is not None or any(options.publish for options in post.options.values()):
        yield from ((one.draft, one.local.date()) for one in find_upcoming(post, view))
        return
    for draft in view.drafts(post):
        zone = ZoneInfo(draft.account.timezone or view.settings.timezone)
        yield draft, view.now.astimezone(zone).date()


def _gets(draft: Draft, passage: Passage) -> bool:
    """Whether this account is sent the passage at this time."""
    if not passage.key:
        return _starts(draft.post, draft.variant.parts, passage)
    table, _dot, rest = passage.key.partition(".")
    return table != "options" or rest.partition(".")[0] in (draft.account.name, draft.account.network)


def _starts(post: Post, parts: Sequence[Chunk], passage: Passage) -> bool:
    return any(post.body_start + part.start == passage.start for part in parts)


def _exact(post: Post, key: str) -> int | None:
    """Where the title stands, when it stands there letter by letter."""
    start, end = post.places.offsets(key)
    at = post.source.text.find(post.title, start, end)
    return at if at >= 0 else None
