"""A rule of the handbook must be readable, and do what its examples say.

## What it does

Reads the `rule` blocks of the handbook's pages and the packages in `guidelines/styles/`. Points out keys that nobody
knows, kinds of rules that are not run here, patterns that cannot be read, two rules with one id, a `good` example in
which the rule finds something, and a `bad` one in which it finds nothing.

## Why is this bad?

A rule that cannot be read checks nothing, and nobody notices. Its examples are its test.

## Example

````markdown
```rule
id: BRAND012
extends: existence
message: "'%s': say what is different"
tokens: [revolutionär]
good: ["Ein neuer Röster"]
```
````

## Use instead

````markdown
```rule
id: BRAND012
extends: existence
message: "'%s': say what is different"
tokens: [revolutionär]
good: ["Ein neuer Röster"]
bad: ["Ein revolutionärer Röster ist revolutionär"]
```
````
"""

from __future__ import annotations

from toolkit.lint.rule import Rule
from toolkit.model import Severity

# The problems come from `toolkit.lint.handbook`, which reads the rules.
RULE = Rule("style-rule", Severity.ERROR, __doc__ or "")
