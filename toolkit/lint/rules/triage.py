"""Triage rules and words of danger can be used.

## What it does

Reads the `triage` and `risk` blocks of the handbook's pages and reports what cannot be used, where it stands: unknown
keys, people, accounts and networks, patterns that cannot be read, two rules of one name, a rule without a message that
it is for (`good`) or one that it is not for (`bad`). A rule that looks at `negative` may give points and nothing else, and no
rule hides or closes anything. Whether the rules do what their examples say, `leitstand inbox rules test` finds out.

## Why is this bad?

A rule that is not read labels nothing and calls nobody, and nobody notices before the evening it was made for. And a
classifier that takes irony for praise must not be able to hide a complaint.

## Example

```yaml
rule: angry
if: {negative: 0.8}
then: {labels: [complaint], stop: true}
```

## Use instead

```yaml
rule: angry
if: {negative: 0.8}
then: {points: 1}
good: [{text: Nie wieder., negative: 0.9}]
bad: [{text: Gern wieder., negative: 0.1}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.lint.triaging import ID, find_slips
from toolkit.lint.wordings import complain
from toolkit.model import Problem, Severity


def check_blocks(view: View) -> Iterator[Problem]:
    """Blocks that cannot be used."""
    handbook = view.workspace.handbook
    yield from find_slips(handbook, view.settings)
    # What could not be read was said above, under the same rule.
    read = {id(problem) for problem in handbook.problems}
    found = complain((risk.wording for risk in handbook.risks), ID, view)
    yield from (problem for problem in found if id(problem) not in read)


RULE = Rule(ID, Severity.ERROR, __doc__ or "", check_all=check_blocks)
