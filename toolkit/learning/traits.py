"""What a post's text has or has not: its hashtags, its words, and how it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from toolkit.kpis.chance import FEWEST
from toolkit.language.stems import stem_of, stop_words
from toolkit.language.text import Kind as TokenKind
from toolkit.language.text import sentences, tokens
from toolkit.learning.question import Kind, ident
from toolkit.model import Post
from toolkit.source import read_body
from toolkit.values import dataclass

LETTERS: Final = 4  # shorter words hold sentences together
MOST_WORDS: Final = 40  # every word that is asked about makes it harder for all others to be heard
LONG: Final = 300  # code points; what the strictest of the usual networks takes

# One thing about a text: the kind of question, and what it is called there.
Trait = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Traits:
    """Uid → what the text of a post has; and the traits that can be asked about, as people write them."""

    of: Mapping[str, frozenset[str]]
    asked: Mapping[str, Trait]


def find_traits(posts: Iterable[Post], language: str, kept: Collection[str] = ()) -> Traits:
    """The traits of these posts' default texts; those are asked about that enough posts have and enough lack.

    `language` is that of posts that do not say. Of words, the `MOST_WORDS` that most posts have, and those of the questions
    `kept`, which somebody has decided about.
    """
    found, shown = dict[str, frozenset[str]](), dict[str, Counter[str]]()
    for post in posts:
        if post.uid:
            own = {key: (kind, name) for key, kind, name in _traits(post, post.language or language)}
            found[post.uid] = frozenset(own)
            for key, (_kind, name) in own.items():
                shown.setdefault(key, Counter())[name] += 1
    counts = Counter(key for keys in found.values() for key in keys)
    usable = [key for key, n in counts.most_common() if FEWEST <= n <= len(found) - FEWEST]
    names = {key: (Kind(key.partition(":")[0]), shown[key].most_common(1)[0][0]) for key in usable}
    words = [key for key, (kind, _name) in names.items() if kind is Kind.WORD]
    quiet = {key for key in words[MOST_WORDS:] if ident(*names[key]) not in kept}
    return Traits(found, {key: name for key, name in names.items() if key not in quiet})


def _traits(post: Post, language: str) -> Iterator[tuple[str, Kind, str]]:
    """Each trait once: key, kind, and how it stands there."""
    text = "\n\n".join(chunk.text for chunk in read_body(post.body).default.parts)
    quiet = stop_words(language)
    for token in tokens(text):
        if token.kind is TokenKind.HASHTAG:
            name = token.text[1:]
            yield f"{Kind.HASHTAG.value}:{name.casefold()}", Kind.HASHTAG, f"#{name}"
        elif token.kind is TokenKind.WORD and len(token.text) >= LETTERS and token.text.lower() not in quiet:
            yield f"{Kind.WORD.value}:{stem_of(token.text, language)}", Kind.WORD, token.text
    for name in _shapes(text):
        yield f"{Kind.SHAPE.value}:{name}", Kind.SHAPE, name


def _shapes(text: str) -> Iterator[str]:
    """How the text is made; the names are `toolkit.learning.sentences.shape_title`'s."""
    first = next(iter(sentences(text)), None)
    if first is not None:
        opening = text[first.start : first.end]
        if opening.rstrip().endswith("?"):
            yield "question-first"
        if any(token.kind is TokenKind.NUMBER for token in tokens(opening)):
            yield "number-first"
    if len(text) > LONG:
        yield "long"
    if any(token.kind in {TokenKind.URL, TokenKind.TARGET} for token in tokens(text)):
        yield "link"
