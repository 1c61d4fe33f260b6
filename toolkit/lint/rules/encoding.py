"""Files must be UTF-8 text.

## What it does

Reports files that are not UTF-8 (UTF-16, Latin-1, binary) with the place of the first wrong byte, and hints at a byte
order mark before the text.

## Why is this bad?

A file in another encoding shows broken umlauts or nothing at all, and nobody can say what the network would receive.
A byte order mark does no harm here, but other programs stumble over it.

## Example

```text
Für alle (saved as Latin-1)
```

## Use instead

```text
Für alle (saved as UTF-8)
```
"""

from __future__ import annotations

from toolkit.lint.rule import Rule
from toolkit.model import Severity

RULE = Rule("encoding", Severity.ERROR, __doc__ or "", required=True)
