"""The same text should not go to the same account twice within 60 days.

## What it does

Compares the texts that each account gets: letters only, without addresses, case and punctuation. Two texts are
nearly the same when four fifths of their three-word sequences are. The later post is reported. The same text on
different accounts is fine, and so are texts that are more than 60 days apart.

## Why is this bad?

Followers see it, some networks refuse it or show it to fewer people, and often it is a copied file that somebody
forgot to rewrite.

## Example

```markdown
Hinter Tür 1: unser Winterröster, heute versandkostenfrei.
```

(and, eight days later)

```markdown
Hinter Tür 1: unser Winterröster! Heute versandkostenfrei.
```

## Use instead

```markdown
Noch bis Sonntag: der Winterröster, so wie er am ersten Advent ausverkauft war.
```
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Final

from toolkit.lint.likeness import like_any, shingles, similar_pairs
from toolkit.lint.recall import make_key
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, WallTime
from toolkit.source import Variant, read_body
from toolkit.values import dataclass

APART: Final = timedelta(days=60)
FEW: Final = 20  # posts; for more, comparing all with all is quicker


@dataclass(frozen=True, slots=True)
class Telling:
    """One text of one post, and when each account gets it: worked out only for texts that are like another."""

    post: Post
    text: str
    start: int
    end: int
    walls: Mapping[str, WallTime]


def check(view: View) -> Iterator[Problem]:
    """Later posts whose text an account had shortly before."""
    tellings = [telling for post in _comparable(view) for telling in _tellings(post, view)]
    reported = set()
    for one, other in _alike([telling.text for telling in tellings], view):
        for earlier, later, account in _clashes(tellings[one], tellings[other]):
            if (later.post.path, later.start) in reported or not view.asked(later.post.path):
                continue
            reported.add((later.post.path, later.start))
            yield _problem(earlier, later, account)


def _alike(texts: list[str], view: View) -> Iterable[tuple[int, int]]:
    """The index pairs of texts that are nearly the same; of everything only new texts are compared."""
    if view.recall is None or view.paths:
        return similar_pairs(texts)
    return view.recall.alike.pairs(texts, [make_key(text) for text in texts])


def _comparable(view: View) -> Collection[Post]:
    """The posts to compare. Of a few that were asked about: them, and those with a text like one of theirs."""
    if not view.paths or len(view.asked_posts) > FEW:
        return view.posts
    own = [text for post in view.asked_posts for text in _texts(post.body)]
    return [post for post in view.posts if view.asked(post.path) or any(like_any(t, own) for t in _texts(post.body))]


@lru_cache(maxsize=16_384)
def _texts(body: str) -> tuple[frozenset[int], ...]:
    """The shingles of every text that some account could get.

    Remembered: whoever asks about one post, as an editor after each key, asks about the same other posts each time.
    """
    found = read_body(body)
    return tuple(shingles(_text(variant)) for variant in (found.default, *found.variants))


def _text(variant: Variant) -> str:
    return "\n".join(part.text for part in variant.parts)


def _tellings(post: Post, view: View) -> Iterator[Telling]:
    walls: dict[int, dict[str, WallTime]] = {}
    variants = {}
    for draft in view.drafts(post):
        if draft.publish is not None:
            variants[draft.variant.start] = draft.variant
            walls.setdefault(draft.variant.start, {})[draft.account.name] = draft.publish
    for start, variant in variants.items():
        end = variant.parts[-1].start + len(variant.parts[-1].text)
        yield Telling(post, _text(variant), variant.parts[0].start, end, walls[start])


def _clashes(one: Telling, other: Telling) -> Iterator[tuple[Telling, Telling, str]]:
    if one.post is other.post:
        return
    for account, wall in one.walls.items():
        if account not in other.walls:
            continue
        moments = wall.instant(), other.walls[account].instant()
        if abs(moments[1] - moments[0]) <= APART:
            # With equal times, the one that comes later in the folder is the copy.
            swapped = (moments[1], other.post.path) < (moments[0], one.post.path)
            yield (other, one, account) if swapped else (one, other, account)


def _problem(earlier: Telling, later: Telling, account: str) -> Problem:
    message = _("{account} gets nearly the same text on {day} ({path}); rewrite one or keep them 60 days apart")
    message = message.format(account=account, day=earlier.walls[account].instant().date(), path=earlier.post.path)
    found = RULE.in_body(later.post, later.start, later.end, message)
    return Problem(found.path, found.span, found.rule, found.severity, found.message, related=earlier.post.path)


RULE = Rule("duplicate-text", Severity.WARNING, __doc__ or "", check_all=check)
