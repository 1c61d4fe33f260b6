"""The brand's colours and fonts in guidelines/tokens.json must be readable.

## What it does

Reads the design tokens strictly, as the Format Module 2025.10 says: every value of its type, every alias to a token
that exists, no name twice; and in the same way our part of `$extensions`, called `dev.leitstand`: `roles`, the order
of the series in `chart`, the pairs of `contrast`, `examples` to do and not to do, and how far `pictures` may be from
the brand. It also looks at the places in handbook pages that show tokens.

## Why is this bad?

Site, reports, handbook and the rules about colours all take their colours from this file. A token that cannot be read
is missing in all of them, and they show ours instead.

## Example

```json
{ "color": { "$type": "color", "primary": { "$value": "{color.fjrod}" }, "fjord": { "$value": "#2b6777" } } }
```

## Use instead

```json
{ "color": { "$type": "color", "primary": { "$value": "{color.fjord}" }, "fjord": { "$value": "#2b6777" } } }
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.lint.rule import Rule, View
from toolkit.model import Problem, Severity, SourceText
from toolkit.source import decode
from toolkit.tokens import TOKENS, complain, find_fences

_HANDBOOK: Final = "guidelines"


def check(view: View) -> Iterator[Problem]:
    """What is wrong with the tokens, and with the pages that show them."""
    if view.asked(TOKENS):
        yield from view.tokens[1]
    for path in view.workspace.tree.paths(_HANDBOOK, ".md"):
        if view.asked(path):
            source, _problems = decode(path, view.workspace.tree.read(path))
            yield from _check_page(source, view) if source else ()


def _check_page(source: SourceText, view: View) -> Iterator[Problem]:
    for fence in find_fences(source.text):
        if said := complain(fence, view.tokens[0]):
            yield Problem(source.path, source.span(fence.at, fence.at + len(fence.line)), RULE.id, RULE.severity, said)


RULE = Rule("tokens", Severity.ERROR, __doc__ or "", check_all=check)
