"""Text must stand out from its ground, and data series from each other.

## What it does

Measures every pair of colours that guidelines/tokens.json names under `contrast`; without such a list every role that
is written (text, link, primary, …) on background and surface. Text needs 4.5 : 1, large text, lines and shapes 3 : 1
(WCAG 2.1 AA). Where the file says `difference` under `chart`, any two data series must be that different (CIEDE2000).

## Why is this bad?

One in twelve men sees colours differently, everybody reads on a phone in the sun, and what cannot be read is not read.
For many companies the European Accessibility Act makes it a duty.

## Example

```json
{ "color": { "$type": "color", "text": { "$value": "#8a8f94" }, "background": { "$value": "#ffffff" } } }
```

## Use instead

```json
{ "color": { "$type": "color", "text": { "$value": "#55646d" }, "background": { "$value": "#ffffff" } } }
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.memory import Memory, Rows, make_key
from toolkit.lint.rule import Rule, View
from toolkit.messages import _, decimal
from toolkit.model import Problem, Severity
from toolkit.tokens import (
    SCHEMES,
    TOKENS,
    Measured,
    Tokens,
    colour_of,
    measure_pairs,
    measure_series,
    say_hex,
)


def check(view: View) -> Iterator[Problem]:
    """Pairs that cannot be read, and series that look alike."""
    if not view.asked(TOKENS):
        return
    tokens, _problems = view.tokens
    for found in measure_pairs(tokens):
        if not found.passed:
            yield Problem(TOKENS, found.pair.span, RULE.id, RULE.severity, _say(found))
    if tokens.intent.series_difference:
        yield from _check_series(tokens, Memory(view.workspace.root))


def _say(found: Measured) -> str:
    needs = {
        "text": _("text needs"),
        "large": _("large text needs"),
        "graphics": _("lines and shapes need"),
    }
    message = _("{one} on {ground} has {ratio} : 1, {needs} {minimum} : 1; {better} would do")
    return message.format(
        one=found.pair.one.name,
        ground=found.pair.ground.name,
        ratio=round_down(found.ratio),
        needs=needs[found.pair.kind],
        minimum=decimal(found.pair.minimum, "g"),
        better=say_hex(found.better),
    )


def round_down(ratio: float) -> str:
    """Two digits that never say more than there is: 4.499 is 4.49."""
    return decimal(int(ratio * 100) / 100, ".2f")


def _check_series(tokens: Tokens, memory: Memory) -> Iterator[Problem]:
    least = tokens.intent.series_difference
    for scheme in SCHEMES:
        series = {token.name: token for token in tokens.intent.series.get(scheme, ())}
        key = make_key(b"series", *(f"{name} {colour_of(token).hex}".encode() for name, token in series.items()))
        for one, _share, other, away in memory.recall(key, lambda scheme=scheme: _compare(tokens, scheme)):  # type: ignore[misc]  # the default binds the loop's value
            if away < least:
                message = _("{one} and {other} look alike: difference {away}, at least {least} is wanted")
                said = message.format(one=one, other=other, away=decimal(away, ".1f"), least=decimal(least, "g"))
                yield Problem(TOKENS, series[one].span, RULE.id, RULE.severity, said)
    memory.save()


def _compare(tokens: Tokens, scheme: str) -> Rows:
    found = measure_series(tokens, scheme)
    return tuple((alike.one.name, 0.0, alike.other.name, round(alike.difference, 2)) for alike in found)


RULE = Rule("contrast", Severity.ERROR, __doc__ or "", check_all=check)
