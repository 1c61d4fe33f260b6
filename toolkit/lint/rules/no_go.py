"""What the house has closed for a while is not talked about.

## What it does

Looks for the topics of the handbook's `no-go` blocks in every text that is still to go out: body, title, descriptions
of media, texts in options. A block names the words (whole words in any case, `*` for the rest of one) or patterns (RE2), the reason, and
if wanted the first and last day, channels, labels, campaigns, languages, a severity (`error` holds posts back), what
to write instead and who answers questions. The day of publication counts, on the account's own clock. Blocks that
cannot be used are reported where they stand.

## Why is this bad?

After an accident the pun that was funny in spring hurts. A topic is closed in one place, at once, for posts that
were written long ago as well, and opens again by itself.

## Example

```markdown
---
publish: 2026-11-24 08:00
channels: [mastodon]
---
Ein Sturm im Wasserglas.
```

## Use instead

```markdown
---
publish: 2026-11-24 08:00
channels: [mastodon]
---
Viel Lärm um eine Tasse.
```

with this block in a page of the handbook:

```yaml
topic: Sturm als Wortspiel
words: [Sturm, Orkan*]
reason: Sturmflut vom 18. November
from: 2026-11-18
until: 2026-12-05
owner: leitung
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.lint.texts import Telling, find_tellings
from toolkit.lint.wordings import advice, complain, counts, find
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.style.allowance import Allowances
from toolkit.workspace import Topic


def check(post: Post, view: View) -> Iterator[Problem]:
    """Closed topics in the texts of one post."""
    topics, allowances = view.workspace.handbook.topics, Allowances(len(post.source.text))
    for telling in find_tellings(post, view) if topics else ():
        for topic in topics:
            if any(topic.holds(day) and counts(topic.wording, draft) for draft, day in telling.hearers):
                spans, slow = find(topic.wording, telling.text, allowances)
                if slow:
                    yield telling.problem(RULE, (0, 0), slow, Severity.WARNING)
                for span in spans:
                    yield telling.problem(RULE, span, _say(topic, telling, span, view), topic.severity)


def check_blocks(view: View) -> Iterator[Problem]:
    """Blocks that cannot be used."""
    return complain((topic.wording for topic in view.workspace.handbook.topics), RULE.id, view)


def _say(topic: Topic, telling: Telling, span: tuple[int, int], view: View) -> str:
    word, reason = telling.text[slice(*span)], topic.reason.rstrip(". ")
    if topic.last is None:
        said = _("{word}: {topic} is no topic here ({reason})")
    else:
        said = _("{word}: {topic} is no topic until {last} ({reason})")
    return said.format(word=word, topic=topic.name, last=topic.last, reason=reason) + advice(topic.wording, view)


RULE = Rule("no-go", Severity.WARNING, __doc__ or "", check_post=check, check_all=check_blocks)
