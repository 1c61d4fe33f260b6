"""What somebody else pays for begins with a label.

## What it does

A post with `sponsored: true` must begin with an ad label in its language, in every variant: *Anzeige* or *Werbung*,
in English *Ad*, *Advert*, *Advertisement* or *#ad* (`[check.sponsored]` changes the lists). A content warning stands
above a text and does not replace the label in it.

## Why is this bad?

Paid content that people cannot tell from other content at first sight is unlawful (in Germany § 5a Abs. 4 UWG and
§ 22 MStV), and the label is worth nothing below the fold or among the hashtags. This is a rule, not legal advice.

## Example

```markdown
---
sponsored: true
---
Die Töpferei schenkt uns Becher. #Anzeige
```

## Use instead

```markdown
---
sponsored: true
---
Anzeige: Die Töpferei schenkt uns Becher.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.lint.passages import Passage
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity


def check(post: Post, view: View) -> Iterator[Problem]:
    """Texts of a sponsored post that do not begin with a label."""
    if not post.sponsored:
        return
    known = view.settings.writing.labels
    for passage in view.passages(post):
        if passage.first:
            labels = known.get(passage.language[:2].lower(), ()) or known["en"]
            if labels and not begins_with(passage.text, labels):
                yield _problem(post, passage, labels)


def begins_with(text: str, labels: tuple[str, ...]) -> bool:
    """Whether the first word of a text is one of the labels, in capitals, bold or brackets as it may be."""
    listed = "|".join(re.escape(label) for label in labels)
    return re.match(rf"[\s*_\[(]*(?:{listed})(?!\w)", text, re.IGNORECASE) is not None


def _problem(post: Post, passage: Passage, labels: tuple[str, ...]) -> Problem:
    end = len(passage.text.split("\n", 1)[0].rstrip())
    message = _("this is sponsored: begin the text with {labels}").format(labels=" / ".join(labels))
    title = _("Put {label} before it").format(label=labels[0])
    fix = passage.fix(0, 0, f"{labels[0]}: ", safe=False, title=title)
    return RULE.in_passage(post, passage, 0, end, message, fix=fix)


RULE = Rule("sponsored", Severity.ERROR, __doc__ or "", check_post=check, fixable=True)
