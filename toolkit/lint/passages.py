"""The texts of a post in their languages: each once, however many accounts get it, with its exact place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.model import Fix, Post
from toolkit.settings import Settings
from toolkit.source import Variant, read_body
from toolkit.style.mapped import Mapped
from toolkit.values import dataclass
from toolkit.workspace import FIRST_COMMENT, Draft

# Options that people read; the others are settings.
_READ: Final = (FIRST_COMMENT, "subject", "content_warning")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text. It stands at `start` of the file; a value with quotes or escapes only at its `key`, with `start` None.

    `first` says that a post begins with this text. What a network makes of a text has a `scope` that only rules which
    ask for it see, such as ``rendition.bluesky``, and an `origin`, which says where its words came from.
    """

    text: str
    language: str
    start: int | None
    key: str = ""
    accounts: tuple[str, ...] = ()
    first: bool = False
    scope: str = ""
    origin: Mapped | None = None

    @property
    def german(self) -> bool:
        return self.language[:2].lower() == "de"

    @property
    def english(self) -> bool:
        return self.language[:2].lower() == "en"

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where ``self.text[start:end]`` stands in the file; None where only the `key` is known.

        Of a stretch that a network added to, what the author wrote of it; of an empty one, where it stands.
        """
        if self.origin is not None:
            return _written(self.origin, start, end)
        return None if self.start is None else (self.start + start, self.start + end)

    def fix(self, start: int, end: int, text: str, *, safe: bool, title: str) -> Fix | None:
        """Replace ``self.text[start:end]``; None where the place in the file is not known exactly.

        What is wrong on one network alone may be right on the others, which get the same text: no safe fix.
        """
        place = self.place(start, end)
        if place is None or place[1] - place[0] != end - start:
            return None
        return Fix(*place, text, safe=safe and not self.scope, title=title)


def find_passages(post: Post, drafts: Sequence[Draft], settings: Settings) -> tuple[Passage, ...]:
    """Every text of the post that somebody gets: the body, part by part, and what is read in the front matter.

    A text that goes to accounts of several languages is in the first one's. A post without channels has its whole
    body looked at.
    """
    told = _told(post, drafts, settings)
    found: dict[tuple[str, int], Passage] = {}
    for variant, language, accounts in told:
        for index, part in enumerate(variant.parts):
            if part.text:
                at = post.body_start + part.start
                found["", at] = Passage(part.text, language, at, accounts=accounts, first=index == 0)
    language = told[0][1]
    for key, text, own in _values(post, drafts, language):
        if text.strip() and (key, 0) not in found:
            found[key, 0] = Passage(text, own, find_exactly(post, key, text), key)
    return tuple(found.values())


def _told(post: Post, drafts: Sequence[Draft], settings: Settings) -> list[tuple[Variant, str, tuple[str, ...]]]:
    """Each variant that is sent, its language, and the names of the accounts that get it."""
    found: dict[int, tuple[Variant, str, list[str]]] = {}
    for draft in drafts:
        entry = found.setdefault(draft.variant.start, (draft.variant, draft.language, []))
        entry[2].append(draft.account.name)
    if not found:
        body, language = read_body(post.body), post.language or settings.languages[0]
        return [(variant, language, ()) for variant in (body.default, *body.variants)]
    return [(variant, language, tuple(dict.fromkeys(names))) for variant, language, names in found.values()]


def _values(post: Post, drafts: Sequence[Draft], language: str) -> Iterator[tuple[str, str, str]]:
    """Key, text and language of what is read in the front matter."""
    for medium in post.media:
        yield f"{medium.key}.alt", medium.alt, language
    for name, options in post.options.items():
        own = next(
            (draft.language for draft in drafts if name in (draft.account.name, draft.account.network)), language
        )
        for medium in options.media or ():
            yield f"{medium.key}.alt", medium.alt, own
        for key in _READ:
            if key in options.values:
                yield f"options.{name}.{key}", options.values[key], own
    for key, revision in (("correction", post.correction), ("retraction", post.retraction)):
        if revision is not None:
            yield f"{key}.reply", revision.reply, language


def _written(origin: Mapped, start: int, end: int) -> tuple[int, int] | None:
    pieces = origin.cut(start, max(end, start + 1)).pieces
    if not pieces:
        return None
    return pieces[0].start, pieces[-1].start + pieces[-1].span if end > start else pieces[0].start


def find_exactly(post: Post, key: str, text: str) -> int | None:
    """Where the value of `key` stands in the file, when it stands there letter by letter."""
    start, end = post.places.offsets(key)
    at = post.source.text.find(text, start, end)
    return at if at >= 0 else None
