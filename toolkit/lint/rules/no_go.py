"""What the house has closed for a while is not talked about.

## What it does

Looks for the topics of the handbook's `no-go` blocks in every text that is still to go out: body, title, descriptions
of media, texts in options, and in open ideas, canned replies and briefings (`places` names some of them: posts, replies,
ideas, briefings). A block names the words (whole words in any case, `*` for the rest of one) or patterns (RE2), the reason, and
if wanted the first and last day, channels, labels, campaigns, languages, a severity (`error` holds posts back), what
to write instead and who answers questions. The day of publication counts, on the account's own clock; elsewhere today's.
Its `good` and `bad` sentences are tried: a bad one that is not found, and a good one that is, are errors. In the week
before its last day and two weeks after it, a block is a hint: somebody decides whether it goes on. Blocks that cannot be used
are reported where they stand.

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
bad: [Orkantief über dem Frühstückstisch.]
good: [Wir spenden für die Opfer der Sturmflut.]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.lint.elsewhere import Saying, find_sayings
from toolkit.lint.phrases import phrases
from toolkit.lint.rule import Rule, View
from toolkit.lint.texts import find_tellings
from toolkit.lint.wordings import advice, complain, counts, find
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.style.allowance import Allowance, Allowances, SlowPatternError
from toolkit.workspace import Topic
from toolkit.workspace.statements import Place

# Around its last day somebody decides whether it goes on.
_BEFORE: Final = timedelta(days=7)
_AFTER: Final = timedelta(days=14)


def check(post: Post, view: View) -> Iterator[Problem]:
    """Closed topics in the texts of one post."""
    topics = [topic for topic in view.workspace.handbook.topics if topic.concerns(Place.POSTS)]
    allowances = Allowances(len(post.source.text))
    for telling in find_tellings(post, view) if topics else ():
        for topic in topics:
            if any(topic.holds(day) and counts(topic.wording, draft) for draft, day in telling.hearers):
                spans, slow = find(topic.wording, telling.text, allowances)
                if slow:
                    yield telling.problem(RULE, (0, 0), slow, Severity.WARNING)
                for span in spans:
                    yield telling.problem(RULE, span, _say(topic, telling.text[slice(*span)], view), topic.severity)


def check_rest(view: View) -> Iterator[Problem]:
    """Blocks that cannot be used or end soon, and closed topics in ideas, canned replies and briefings."""
    topics, today = view.workspace.handbook.topics, view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    yield from complain((topic.wording for topic in topics), RULE.id, view)
    for topic in topics:
        yield from _examples(topic)
        yield from _ending(topic, today)
    closed = [topic for topic in topics if topic.holds(today) and topic.places - {Place.POSTS}]
    for saying in find_sayings(view) if closed else ():
        yield from _said(saying, closed, view)


def _said(saying: Saying, closed: list[Topic], view: View) -> Iterator[Problem]:
    allowances = Allowances(len(saying.text))
    for topic in closed:
        if topic.concerns(saying.place) and saying.meant(topic.wording):
            for start, end in find(topic.wording, saying.text, allowances)[0]:
                message = _say(topic, saying.text[start:end], view)
                # An idea or a page holds nothing back: what is wrong with it is for people to decide.
                severity = Severity.HINT if topic.severity is Severity.HINT else Severity.WARNING
                yield Problem(saying.path, saying.span(start, end), RULE.id, severity, message)


def _examples(topic: Topic) -> Iterator[Problem]:
    """Sentences of the block itself that the check takes the other way."""
    wording = topic.wording
    for key, texts, wanted in (("bad", topic.bad, True), ("good", topic.good, False)):
        for index, text in enumerate(texts):
            if _finds(topic, text) is not wanted:
                message = _("this is not found: its words or patterns do not tell the topic")
                if not wanted:
                    message = _("this is found although it may be said: its words or patterns tell more than the topic")
                place = wording.places.span(f"{key}.{index}")
                yield Problem(wording.path, place, RULE.id, Severity.ERROR, message)


def _finds(topic: Topic, text: str) -> bool:
    looked = phrases(topic.wording.words, topic.wording.patterns).find(text, Allowance(len(text)))
    try:
        return next(looked, None) is not None
    except SlowPatternError:
        return False


def _ending(topic: Topic, today: date) -> Iterator[Problem]:
    if topic.last is None or not -_AFTER <= topic.last - today <= _BEFORE:
        return
    message = _("{topic} opens again after {last}; let it, or give it another last day")
    if topic.last < today:
        message = _(
            "{topic} was closed until {last} and is open again; take the block out, or give it another last day"
        )
    place = topic.wording.places.span("until")
    said = message.format(topic=topic.name, last=topic.last)
    yield Problem(topic.wording.path, place, RULE.id, Severity.HINT, said)


def _say(topic: Topic, word: str, view: View) -> str:
    reason = topic.reason.rstrip(". ")
    if topic.last is None:
        said = _("{word}: {topic} is no topic here ({reason})")
    else:
        said = _("{word}: {topic} is no topic until {last} ({reason})")
    return said.format(word=word, topic=topic.name, last=topic.last, reason=reason) + advice(topic.wording, view)


RULE = Rule("no-go", Severity.WARNING, __doc__ or "", check_post=check, check_all=check_rest)
