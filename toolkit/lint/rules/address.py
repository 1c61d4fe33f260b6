"""German posts address people in one way.

## What it does

Finds words that surely address somebody: du and your, ihr and yours, Sie and Ihr. It compares them with the house's
choice (`[check.address] de`): `du` (and ihr, where several are meant), `ihr`, `sie`, or `any`, which asks only for one
way in each post. A Sie or Ihr at the beginning of a sentence may mean *she* or *their* and is never reported, nor is
what stands in quotation marks.

## Why is this bad?

Du in one sentence and Sie in the next sounds like two companies, and people notice at once.

## Example

```markdown
Hol dir deine Tüte. Bestellen Sie bis Freitag.
```

## Use instead

```markdown
Hol dir deine Tüte. Bestell bis Freitag.
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.language.address import Addressing, Way, find_addressing, may_address
from toolkit.lint.passages import Passage
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.settings import Address

_ALLOWED: Final[Mapping[Address, frozenset[Way]]] = {
    Address.DU: frozenset({Way.DU, Way.IHR}),
    Address.IHR: frozenset({Way.IHR}),
    Address.SIE: frozenset({Way.SIE}),
}
_EITHER: Final = (_ALLOWED[Address.DU], _ALLOWED[Address.SIE])  # one of them in a post, where the house wants none
_WAYS: Final = frozenset(Way)


def check(post: Post, view: View) -> Iterator[Problem]:
    """Words that address people in another way than the house, or than the rest of the post."""
    policy = view.settings.writing.address
    passages = [passage for passage in view.passages(post) if passage.german]
    for ways in (_ALLOWED[policy],) if policy in _ALLOWED else _EITHER:
        others = _WAYS - ways
        if not any(may_address(passage.text, others) for passage in passages):
            return
    found = [(passage, one) for passage in passages for one in find_addressing(passage.text)]
    if not found:
        return
    allowed = _ALLOWED.get(policy) or _usual(found)
    for passage, one in found:
        if one.way not in allowed:
            yield RULE.in_passage(post, passage, one.start, one.end, _message(one, policy, allowed))


def _usual(found: list[tuple[Passage, Addressing]]) -> frozenset[Way]:
    """The way that a post uses more often; of two equally frequent ones the first."""
    counted = Counter(one.way is Way.SIE for _passage, one in found)
    formal = counted[True] > counted[False] or (counted[True] == counted[False] and found[0][1].way is Way.SIE)
    return _ALLOWED[Address.SIE if formal else Address.DU]


def _message(one: Addressing, policy: Address, allowed: frozenset[Way]) -> str:
    if policy is Address.ANY:
        other = "Sie" if Way.SIE in allowed else "du"
        return _("{word!r}, where the rest of the post says {other}; use one of them").format(
            word=one.text, other=other
        )
    wanted = "Sie" if policy is Address.SIE else policy.value
    return _("{word!r}, where the house says {wanted}").format(word=one.text, wanted=wanted)


RULE = Rule("address", Severity.WARNING, __doc__ or "", check_post=check)
