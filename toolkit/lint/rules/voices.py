r"""What people say of the house can be counted as the handbook says.

## What it does

Reads the `voice` and `image` blocks of the handbook's pages and reports what cannot be used, where it stands: unknown
keys, a sort that is none of wish, praise and complaint, patterns that cannot be read, two of one name, a block without a
text that it is for (`good`) or one that it is not for (`bad`), and texts that come out otherwise.

## Why is this bad?

The numbers of the hand-over are made of these words. A word that is told by everything makes every week a week of
complaints, and somebody decides by it.

## Example

```yaml
voice: decaf
sort: wish
words: [decaf]
```

## Use instead

```yaml
voice: more decaf
sort: wish
patterns: ['\b(?:wish|want|please|more)\b.{0,40}\bdecaf\b']
label: wish
good: ["Please roast more decaf!"]
bad: ["Your decaf arrived today."]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.lint.voicing import find_slips
from toolkit.model import Problem, Severity
from toolkit.workspace.voices import RULE as ID


def check_blocks(view: View) -> Iterator[Problem]:
    """Blocks that cannot be used, and examples that come out otherwise."""
    yield from find_slips(view.workspace.handbook)


RULE = Rule(ID, Severity.ERROR, __doc__ or "", check_all=check_blocks)
