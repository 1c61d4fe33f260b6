"""Abbreviations of several words have spaces inside, and all their full stops.

## What it does

Finds `z.B.`, `d.h.`, `u.a.` and the like in German texts, and `e. g.`, `e.g` and `i.e` in English ones. The fix puts a
narrow no-break space between the parts (`[check.abbreviation] space`: `narrow`, `full` or `plain`).

## Why is this bad?

DIN 5008 and Duden want a space, and a no-break one keeps *z.* from standing alone at the end of a line.

## Example

```markdown
Röstungen aus Äthiopien, z.B. Guji.
```

## Use instead

```markdown
Röstungen aus Äthiopien, z. B. Guji.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.language.text import Kind, tokens
from toolkit.lint.passages import Passage
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.settings import Narrowness

_SPACES: Final[Mapping[Narrowness, str]] = {
    Narrowness.NARROW: "\u202f",
    Narrowness.FULL: "\u00a0",
    Narrowness.PLAIN: " ",
}
_GERMAN: Final = re.compile(
    r"(?<![\w.])(?:z\.B\.|Z\.B\.|d\.h\.|D\.h\.|u\.a\.|U\.a\.|o\.ä\.|u\.ä\.|o\.g\.|s\.o\.|s\.u\.|v\.a\.|V\.a\.|z\.T\.|z\.Zt\.|u\.U\.|U\.U\."
    r"|i\.d\.R\.|I\.d\.R\.|i\.A\.|i\.V\.|i\.S\.d\.|m\.E\.|u\.v\.m\.|u\.a\.m\.|v\.Chr\.|n\.Chr\.|a\.D\.|n\.V\.)(?!\w)"
)
_ENGLISH: Final = re.compile(
    r"(?<![\w.])(?:[Ee]\.[ \u00a0\u202f]g\.|[Ii]\.[ \u00a0\u202f]e\.|[Ee]\.g(?![\w.])|[Ii]\.e(?![\w.]))"
)
# What all of them begin with: a letter that stands alone, a full stop, another letter.
_MAY: Final = re.compile(r"\.(?<=[^\W\d_]\.)(?<!\w[^\W\d_]\.)[ \u00a0\u202f]?[^\W\d_]")


def check(post: Post, view: View) -> Iterator[Problem]:
    """Abbreviations of one post that are not written as they should be."""
    for passage in view.passages(post):
        if not _MAY.search(passage.text):
            continue
        if passage.german:
            yield from _check(post, passage, _GERMAN, _SPACES[view.settings.writing.space])
        elif passage.english:
            yield from _check(post, passage, _ENGLISH, "")


def _check(post: Post, passage: Passage, pattern: re.Pattern[str], space: str) -> Iterator[Problem]:
    for found in pattern.finditer(passage.text):
        start, end = found.span()
        if any(one.start <= start < one.end and one.kind in _SILENT for one in tokens(passage.text)):
            continue
        parts = [part for part in re.split(r"\.[ \u00a0\u202f]?", found[0]) if part]
        right = space.join(f"{part}." for part in parts)
        shown = " ".join(f"{part}." for part in parts) if space else right
        message = _("write {right} instead of {found}").format(right=shown, found=found[0])
        title = _("Write {text}").format(text=shown)
        yield RULE.in_passage(
            post, passage, start, end, message, fix=passage.fix(start, end, right, safe=True, title=title)
        )


_SILENT: Final = frozenset({Kind.CODE, Kind.COMMENT, Kind.URL, Kind.TARGET})

RULE = Rule("abbreviation", Severity.HINT, __doc__ or "", check_post=check, fixable=True)
