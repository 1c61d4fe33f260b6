"""Texts are easy to read, and no sentence needs a second breath.

## What it does

Points out sentences of more words than the house likes (`[check.readability] sentence`) and, in texts of 40 words and
more, scores beyond its limits: Flesch with Amstad's weights (`amstad`) and the first Wiener Sachtextformel (`wiener`)
for German, Flesch (`flesch`) for English, and LIX (`lix`) for every language. A limit of 0 is none.

## Why is this bad?

On a phone, between two stops, a long sentence is left half way. The formulas only count words and syllables: they
see that a text is hard, not that it is good. A colon before a capital ends a sentence, as LIX defines it.

## Example

```toml
[check.readability]
sentence = 20
```

```markdown
Wir haben in der vergangenen Woche, in der es ununterbrochen geregnet hat, in der Rösterei alle Säcke, die noch im Hof standen, unter das Dach getragen.
```

## Use instead

```markdown
Letzte Woche hat es ununterbrochen geregnet. Alle Säcke im Hof sind jetzt unter dem Dach.
```
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from toolkit.language.readability import amstad, flesch, lix, syllables, wiener
from toolkit.language.text import sentences, stretches
from toolkit.lint.passages import Passage
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.settings import Readability
from toolkit.values import dataclass

_ADDRESS: Final = re.compile(r"\]\([^)\s]*\)|https?://\S+|[#@][\w.@-]+|<!--.*?-->|`[^`\n]*`", re.DOTALL)
_AROUND: Final = "()[]{}„“”\"'»«*_.,;:!?…-\u2013\u2014"
_LEAST: Final = 40  # words: formulas were made for whole pages, and say nothing about a line


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need of a text."""

    words: int
    sentences: int
    syllables: int
    many: int  # words of three and more syllables
    long: int  # words of more than six letters
    single: int  # words of one syllable


def check(post: Post, view: View) -> Iterator[Problem]:
    """Long sentences and hard texts of one post."""
    limits = view.settings.writing.readability
    for passage in view.passages(post):
        size = passage.text.count(" ") + passage.text.count("\n")
        if passage.key or size < min(limits.sentence or _LEAST, _LEAST):
            continue
        text, places = passage.text, list(stretches(passage.text))
        # Each piece between blanks is taken for two words: a closer look costs more than all the rest.
        if limits.sentence and any(2 * text.count(" ", *place) + 2 > limits.sentence for place in places):
            yield from _long_sentences(post, passage, limits.sentence)
        if size >= _LEAST - 1:
            yield from _check_scores(post, passage, len(places), limits)


def _long_sentences(post: Post, passage: Passage, most: int) -> Iterator[Problem]:
    for one in sentences(passage.text):
        if one.words > most:
            message = _("{words} words in one sentence; the house wants at most {max}")
            yield RULE.in_passage(post, passage, one.start, one.end, message.format(words=one.words, max=most))


def _check_scores(post: Post, passage: Passage, size: int, limits: Readability) -> Iterator[Problem]:
    words = _words(passage.text)
    if len(words) < _LEAST:
        return
    counts = _count(words, size, passage.language)
    for name, limit, least, score in _scores(passage, counts, limits):
        if limit and (score < limit if least else score > limit):
            message = (
                _("hard to read: {name} {score:.0f}, the house wants at least {limit}")
                if least
                else _("hard to read: {name} {score:.0f}, the house wants at most {limit}")
            )
            said = message.format(name=name, score=score, limit=limit)
            yield RULE.in_passage(post, passage, 0, len(passage.text), said)


def _scores(passage: Passage, counts: Counts, limits: Readability) -> Iterator[tuple[str, int, bool, float]]:
    """Name, limit, whether it is the least, and score of every formula that fits the language."""
    size = (counts.words, counts.sentences)
    ease: dict[bool, Callable[[float, float, float], float]] = {True: amstad, False: flesch}
    if passage.german or passage.english:
        name, limit = ("Amstad", limits.amstad) if passage.german else ("Flesch", limits.flesch)
        yield name, limit, True, ease[passage.german](*size, counts.syllables)
    if passage.german and limits.wiener:
        score = wiener(
            1, words=counts.words, sentences=counts.sentences, many=counts.many, long=counts.long, single=counts.single
        )
        yield _("Wiener Sachtextformel"), limits.wiener, False, score
    yield "LIX", limits.lix, False, lix(*size, counts.long)


def _words(text: str) -> list[str]:
    """What stands between blanks: the formulas are too coarse to care about a hyphen."""
    pieces = [piece.strip(_AROUND) for piece in _ADDRESS.sub(" ", text).split()]
    return [piece for piece in pieces if piece[:1].isalpha()]


def _count(words: list[str], size: int, language: str) -> Counts:
    """What the formulas count of the words in so many sentences."""
    spoken = [syllables(word, language) for word in words]
    return Counts(
        words=len(words),
        sentences=size,
        syllables=sum(spoken),
        many=sum(count > 2 for count in spoken),
        long=sum(len(word) > 6 for word in words),
        single=spoken.count(1),
    )


RULE = Rule("readability", Severity.HINT, __doc__ or "", check_post=check)
