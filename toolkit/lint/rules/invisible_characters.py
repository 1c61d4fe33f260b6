"""Nothing invisible stands in a text.

## What it does

Finds zero-width spaces and joiners, soft hyphens, byte order marks, tag characters, control characters and the
characters that turn the direction of writing. Those that an emoji or another script needs are left alone, and in
texts with Arabic or Hebrew letters the marks of direction, too. The fix removes them; where they turned the direction,
the text may look different afterwards, so that fix wants a look.

## Why is this bad?

They come along when a text is copied from a web page or a chat. They count against the limit, break links, hashtags
and searches, and a turned direction can make a text say something else than what was approved.

## Example

```markdown
Frisch aus dem Chat kopiert:\u200b der Winterröster.
```

## Use instead

```markdown
Frisch aus dem Chat kopiert: der Winterröster.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.language.characters import find_invisible, turns
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity


def check(post: Post, view: View) -> Iterator[Problem]:
    """Invisible characters of one post."""
    for passage in view.passages(post):
        for start, end, names in find_invisible(passage.text):
            message = _("invisible here: {names}; remove it").format(names=names)
            safe = not turns(passage.text[start:end])
            fix = passage.fix(start, end, "", safe=safe, title=_("Remove what cannot be seen"))
            yield RULE.in_passage(post, passage, start, end, message, fix=fix)


RULE = Rule("invisible-characters", Severity.WARNING, __doc__ or "", check_post=check, fixable=True)
