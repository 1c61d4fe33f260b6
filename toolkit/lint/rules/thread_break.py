"""A line of dashes needs a blank line above it.

## What it does

Finds lines of dashes directly below text. In Markdown they make a heading out of the text above instead of beginning
a new part of the thread. The fix inserts the blank line.

## Why is this bad?

The post goes out as one part, perhaps too long, and its text as a heading.

## Example

```markdown
Tür 1 ist auf.
---
Und so geht es weiter.
```

## Use instead

```markdown
Tür 1 ist auf.

---

Und so geht es weiter.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Fix, Post, Problem, Severity
from toolkit.source import read_body


def check(post: Post, _view: View) -> Iterator[Problem]:
    """Dashes that make a heading."""
    for start in read_body(post.body).underlines:
        line = post.body[start:].splitlines()[0]
        dashes = line.strip()
        lead = len(line) - len(line.lstrip())
        fix = _separation(post, start) if len(dashes) >= 3 else None
        message = _("makes a heading of the line above; put a blank line between, if a new part begins here")
        yield RULE.in_body(post, start + lead, start + lead + len(dashes), message, fix=fix)


def _separation(post: Post, start: int) -> Fix:
    before = post.body[:start]
    ending = "\r\n" if before.endswith("\r\n") else before[-1]
    at = post.body_start + start
    return Fix(at, at, ending, safe=True, title=_("Insert a blank line"))


RULE = Rule("thread-break", Severity.ERROR, __doc__ or "", check_post=check, fixable=True)
