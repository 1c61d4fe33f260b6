"""Statements that need a proof are made only while there is one.

## What it does

Looks for the statements of the handbook's `claim` blocks in every text that is still to go out. A block without `proof`
says that the statement is not made; with `proof`, `until` and `owner` it is allowed up to that day. A proven
statement inside a longer text wins: "Bio" may need a proof while "Bio-Sirup von Hof Ahrens" has one. Proofs that have
run out are reported in the handbook, too, and so are blocks that cannot be used.

## Why is this bad?

"Klimaneutral", "gesund" and "Nr. 1" are promises that competitors and authorities check. Whoever writes them has to
know who holds the proof and whether it still holds on the day of publication.

## Example

```markdown
---
publish: 2026-11-24 08:00
channels: [mastodon]
---
Unser Kaffee ist klimaneutral geröstet.
```

## Use instead

```markdown
---
publish: 2026-11-24 08:00
channels: [mastodon]
---
Wir rösten mit 31 % weniger Gas je Kilogramm als 2024.
```

with these blocks in a page of the handbook:

```yaml
claim: Klima
words: [klimaneutral*, klimafreundlich*]
instead: die gemessene Zahl
owner: leitung
```

```yaml
claim: Gasverbrauch
patterns: ['[0-9]+ % weniger Gas']
proof: Zählerstände 2024 bis 2026, Ordner Nachweise 3
until: 2027-03-31
owner: leitung
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View
from toolkit.lint.texts import Telling, find_tellings
from toolkit.lint.wordings import advice, complain, counts, find
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.style.allowance import Allowances
from toolkit.workspace import Claim


def check(post: Post, view: View) -> Iterator[Problem]:
    """Statements without a proof on the day they go out."""
    allowances = Allowances(len(post.source.text))
    for telling in find_tellings(post, view) if view.workspace.handbook.claims else ():
        yield from _unproven(telling, view, allowances)


def _unproven(telling: Telling, view: View, allowances: Allowances) -> Iterator[Problem]:
    wrong: list[tuple[Claim, date, tuple[int, int]]] = []
    right: list[tuple[int, int]] = []
    for claim in view.workspace.handbook.claims:
        days = [day for draft, day in telling.hearers if counts(claim.wording, draft)]
        if not days:
            continue
        late = [day for day in days if not claim.proven(day)]
        spans, slow = find(claim.wording, telling.text, allowances)
        if slow:
            yield telling.problem(RULE, (0, 0), slow, Severity.WARNING)
        if late:
            wrong += ((claim, min(late), span) for span in spans)
        else:
            right += spans
    for claim, day, (start, end) in wrong:
        if not any(first <= start and end <= last for first, last in right):
            yield telling.problem(
                RULE, (start, end), _say(claim, telling.text[start:end], day) + advice(claim.wording, view)
            )


def _say(claim: Claim, word: str, day: date) -> str:
    if claim.proof:
        said = _("{word}: the proof for {claim} held until {until}, this goes out on {day}")
        return said.format(word=word, claim=claim.name, until=claim.until, day=day)
    return _("{word}: {claim} needs a proof, and there is none").format(word=word, claim=claim.name)


def check_blocks(view: View) -> Iterator[Problem]:
    """Blocks that cannot be used, and proofs that have run out."""
    claims = view.workspace.handbook.claims
    yield from complain((claim.wording for claim in claims), RULE.id, view)
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    for claim in claims:
        if claim.proof and not claim.proven(today):
            message = _("the proof for {claim} held until {until}; renew it or take it out").format(
                claim=claim.name, until=claim.until
            )
            places = claim.wording.places
            yield Problem(claim.wording.path, places.span("until"), RULE.id, RULE.severity, message)


RULE = Rule("claims", Severity.WARNING, __doc__ or "", check_post=check, check_all=check_blocks)
