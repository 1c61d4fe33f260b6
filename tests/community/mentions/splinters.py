"""A handbook page by which a mention of splinters is a danger, and what is dangerous is kept."""

from __future__ import annotations

from typing import Final

RULES: Final = """# Dringlich

```risk
risk: Glas
level: 3
words: [Splitter*]
good: [Splitter]
bad: [Blitz]
```

```triage
rule: aufheben
if: {risk: 2}
then: {keep: true}
good: [Ein Splitter!]
bad: [Hallo]
```
"""
