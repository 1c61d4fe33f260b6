"""A post's front matter must be readable, and complete before the post is ready.

## What it does

Reports front matter that cannot be read (no front matter, not closed, not YAML, unknown keys, values of the wrong
kind) and ready posts that lack a title, channels, a publish time or anything to send. A post with a publish time but
without a status counts as a draft and is pointed out.

## Why is this bad?

Nothing is guessed: a value that cannot be read is as good as absent, and a ready post without a time or channels
never goes out although everybody believes it will.

## Example

```markdown
---
title: Tür 1
status: ready
channel: [mastodon]
---
Die erste Tür ist auf.
```

## Use instead

```markdown
---
title: Tür 1
status: ready
publish: 2026-12-01 07:30
channels: [mastodon]
---
Die erste Tür ist auf.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View, front
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, Status


def check(post: Post, _view: View) -> Iterator[Problem]:
    """Problems of completeness; what cannot be read at all the reader has reported."""
    keys = front(post).root
    given = keys.values if keys is not None else {}
    if "status" not in given and "publish" in given:
        message = _("no status, so this counts as a draft and is not sent; write status: ready when it is")
        yield RULE.at(post, "", message, severity=Severity.WARNING)
    if post.status is not Status.READY:
        return
    if not post.title:
        yield RULE.at(post, "title", _("a ready post needs a title"))
    if not post.channels and "channels" not in given:
        yield RULE.at(post, "status", _("a ready post needs channels, such as channels: [mastodon]"))
    elif not post.channels:
        yield RULE.at_key(post, "channels", _("a ready post needs channels, such as channels: [mastodon]"))
    if not given.keys() & {"publish"} and not all(_own_time(post, channel) for channel in post.channels or ("",)):
        yield RULE.at(
            post, "status", _("a ready post needs a time, such as publish: 2026-12-01 07:30, or publish: next")
        )
    if not post.body.strip() and not post.media:
        yield RULE.at(post, "status", _("a ready post needs a text or media"))


def _own_time(post: Post, channel: str) -> bool:
    options = post.options.get(channel)
    return options is not None and options.publish is not None


RULE = Rule("front-matter", Severity.ERROR, __doc__ or "", check_post=check, required=True)
