"""An approval must be for the post as it is now.

## What it does

Reports approvals that were given for another content (text, media, description, time or channels changed since) when
the post lacks approvals without them, warns when approvals are still missing 24 hours before a ready post is due, and
tells what somebody wants changed who has sent the post back at the desk.

## Why is this bad?

A void approval does not count: the post is held at its time, and nobody expects that. What was approved is what is
sent, nothing else.

## Example

```markdown
---
approved:
  - {by: leitung-social, at: 2026-11-20T10:02:11+01:00, hash: sha256:…}   # the text was changed on the 21st
---
```

## Use instead

```console
$ leitstand approve content/posts/2026/12/tuer-1.md --by leitung-social
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from toolkit.approval import Verdict, content_hash, judge, required_approvals
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, SentBack, Severity, Status
from toolkit.workspace import Draft

NOTICE: Final = timedelta(hours=24)


def check(post: Post, view: View) -> Iterator[Problem]:
    """Void approvals, and approvals that are missing shortly before they are needed."""
    sent_back = bool(post.uid and view.workspace.sent_back.get(post.uid))
    known = bool(post.approved or sent_back)
    if not (known or _wanted(view.drafts(post), view)):
        return
    waiting = [draft for draft in view.drafts(post) if _waits(draft, view)]
    if not waiting or not (known or _wanted(waiting, view)):
        return
    digest = content_hash(post, view.workspace) if known else "-"
    verdicts = [(draft, judge(post, draft.account, view.workspace, digest=digest)) for draft in waiting]
    yield from _void(post, [verdict for _draft, verdict in verdicts])
    if standing := verdicts[0][1].sent_back:
        yield from (_sent_back(post, one) for one in standing)
        return
    if post.status is Status.READY:
        yield from _missing(post, verdicts, view)


def _wanted(drafts: Iterable[Draft], view: View) -> bool:
    return any(required_approvals(draft.account, view.settings) for draft in drafts)


def _waits(draft: Draft, view: View) -> bool:
    """Whether the draft is still to be sent; what is out may change without voiding anything that matters."""
    publish = draft.publish
    return draft.post.publish_next if publish is None else publish.instant() >= view.now


def _void(post: Post, verdicts: list[Verdict]) -> Iterator[Problem]:
    held = any(not verdict.granted for verdict in verdicts)
    for approval in (one for one in verdicts[0].void if one in post.approved):
        index = post.approved.index(approval)
        message = _("the post changed since {name} approved it; ask again: leitstand approve").format(name=approval.by)
        severity = Severity.ERROR if held else Severity.WARNING
        yield RULE.at(post, f"approved.{index}.hash", message, severity=severity)


def _sent_back(post: Post, refusal: SentBack) -> Problem:
    message = _("{name} sent it back: {note}").format(name=refusal.by, note=refusal.note)
    return RULE.at(post, "approved", message, severity=Severity.WARNING)


def _missing(post: Post, verdicts: list[tuple[Draft, Verdict]], view: View) -> Iterator[Problem]:
    for draft, verdict in verdicts:
        publish = draft.publish
        if verdict.granted or publish is None or publish.instant() > view.now + NOTICE:
            continue
        message = _("due {when} on {account}: {reason}").format(
            when=f"{publish.local():%Y-%m-%d %H:%M}", account=draft.account.name, reason=verdict.reason
        )
        yield RULE.at(post, "approved", message, severity=Severity.WARNING)


RULE = Rule("approval", Severity.ERROR, __doc__ or "", check_post=check)
