"""Every post has a uid of its own that never changes.

## What it does

Reports posts without a uid (`leitstand fix` mints one), uids that are not ULIDs, the same uid in two files, and a uid
that differs from the last commit's for the same file.

## Why is this bad?

The uid is the post's identity in the ledger, never the path. Two posts with one uid count as one post: the second is
never sent. A post with a new uid is a new post: it is sent once more.

## Example

```markdown
---
title: A copy of last year's post, uid included
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
---
```

## Use instead

```markdown
---
title: A copy of last year's post; leitstand fix mints the uid
---
```
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.lint.history import committed_uids
from toolkit.lint.rule import Rule, View, front
from toolkit.messages import _
from toolkit.model import Fix, Post, Problem, Severity, Status
from toolkit.source import set_key
from toolkit.workspace.naming import mint_uid

_ULID: Final = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def check(view: View) -> Iterator[Problem]:
    """Missing, malformed, shared and changed uids."""
    holders: defaultdict[str, list[Post]] = defaultdict(list)
    for post in view.posts:
        if post.uid:
            holders[post.uid].append(post)
    for post in view.asked_posts:
        yield from _check_form(post, view.now)
    committed = _committed(view, holders)
    for post in view.asked_posts:
        if post.uid:
            yield from _check_shared(post, holders[post.uid], committed)
            yield from _check_changed(post, committed.get(post.path, post.uid))


def _committed(view: View, holders: Mapping[str, list[Post]]) -> Mapping[str, str]:
    """The last commit's uids, of the posts that matter for those that were asked about."""
    if view.workspace.tree.commit:
        return {}
    if not view.paths:
        return committed_uids(view.workspace.root)
    paths = {one.path for post in view.asked_posts for one in holders.get(post.uid, ())}
    return committed_uids(view.workspace.root, paths) if paths else {}


def _check_form(post: Post, now: datetime) -> Iterator[Problem]:
    if not post.uid:
        severity = Severity.ERROR if post.status is Status.READY else Severity.WARNING
        message = _("no uid; mint one with: leitstand fix {path}").format(path=post.path)
        yield RULE.at(post, "uid", message, severity=severity, fix=_minting(post, now))
    elif _ULID.fullmatch(post.uid) is None:
        message = _("{uid!r} is not a ULID (26 digits and capital letters); remove the line and run leitstand fix")
        yield RULE.at(post, "uid", message.format(uid=post.uid))


def _minting(post: Post, now: datetime) -> Fix | None:
    edit = set_key(front(post), "uid", mint_uid(now))
    if edit is None:
        return None
    return Fix(edit.start, edit.end, edit.text, safe=True, title=_("Mint a uid"))


def _check_shared(post: Post, holders: list[Post], committed: Mapping[str, str]) -> Iterator[Problem]:
    others = [other.path for other in holders if other is not post]
    # The file that had this uid in the last commit is the original; only the copies have to change.
    originals = [other.path for other in holders if committed.get(other.path) == post.uid]
    if not others or originals == [post.path]:
        return
    message = _("{other} has the same uid; in the copy, remove the line and run leitstand fix")
    found = RULE.at(post, "uid", message.format(other=", ".join(originals or others)))
    yield replace(found, related=(originals or others)[0])


def _check_changed(post: Post, before: str) -> Iterator[Problem]:
    if before and post.uid != before and _ULID.fullmatch(before):
        message = _("the uid was {before} in the last commit; a new uid means a new post, which is sent again")
        yield RULE.at(post, "uid", message.format(before=before))


RULE = Rule("uid", Severity.ERROR, __doc__ or "", check_all=check, fixable=True, required=True)
