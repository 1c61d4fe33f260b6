"""Letters are letters, not signs that look like a bold or curly font.

## What it does

Finds words made of mathematical, circled or full-width signs or of small capitals, by comparing them with what they
mean in Unicode (NFKC). The fix writes plain letters. Words that are crossed out with combining strokes are reported,
too; what they are to say only people know.

## Why is this bad?

A screen reader reads "mathematical bold capital N, mathematical bold small e" or nothing at all, and no search finds
the word.

## Example

```markdown
\U0001d5e1\U0001d5f2\U0001d602 im Shop
```

## Use instead

```markdown
Neu im Shop
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.language.characters import find_crossed, find_fancy
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity


def check(post: Post, view: View) -> Iterator[Problem]:
    """Dressed-up words of one post."""
    for passage in view.passages(post):
        for start, end, plain in find_fancy(passage.text):
            message = _("screen readers cannot read these signs; write {plain}").format(plain=plain)
            fix = passage.fix(start, end, plain, safe=True, title=_("Write plain letters"))
            yield RULE.in_passage(post, passage, start, end, message, fix=fix)
        for start, end in find_crossed(passage.text):
            message = _("letters crossed out with combining strokes; screen readers do not tell, say it in words")
            yield RULE.in_passage(post, passage, start, end, message)


RULE = Rule("fancy-letters", Severity.WARNING, __doc__ or "", check_post=check, fixable=True)
