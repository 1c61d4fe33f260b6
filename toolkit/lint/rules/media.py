"""Media must be files of the right kind inside content/, and not too many.

## What it does

Reports media that are missing (with the file that was probably meant), that lie outside `content/`, that are links or
Git LFS pointers, whose bytes are not what their name or `kind` says, and more media than a network takes. Ordered
media are pointed out when they are overdue, and reported when the post is ready without them.

## Why is this bad?

What is not in the folder cannot be reviewed or sent; a link could show something else tomorrow; a pointer is a small
text file instead of the picture; and the network refuses the wrong type or the fifth picture.

## Example

```markdown
---
media:
  - file: /home/anna/Bilder/tuer-1.jpg
    alt: Eine Hand öffnet die erste Tür
---
```

## Use instead

```markdown
---
media:
  - file: media/tuer-1.jpg
    alt: Eine Hand öffnet die erste Tür
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View, all_media
from toolkit.messages import _, ngettext
from toolkit.model import Post, Problem, Severity, Status
from toolkit.networks.base import MEDIA
from toolkit.workspace.mediafiles import complaint


def check(post: Post, view: View) -> Iterator[Problem]:
    """Problems of the files, of what is still to be made, and of their number."""
    media = all_media(post)
    if not media:
        return
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    for medium in media:
        if medium.file and (said := complaint(medium, view.files)):
            yield RULE.at(post, f"{medium.key}.file", said)
        elif medium.order and post.status is Status.READY:
            message = _("still to be made; the post would go out without it")
            yield RULE.at(post, f"{medium.key}.order", message)
        elif medium.order and medium.due and medium.due < today:
            message = _("was wanted on {due}").format(due=medium.due)
            yield RULE.at(post, f"{medium.key}.due", message, severity=Severity.WARNING)
    yield from _check_numbers(post, view)


def _check_numbers(post: Post, view: View) -> Iterator[Problem]:
    for draft in view.drafts(post):
        network = view.network(draft.account.network)
        if network is None or not draft.media:
            continue
        if network.capabilities.isdisjoint(MEDIA.values()):
            message = _("{network} shows no media; {account} gets the text alone")
            message = message.format(network=network.title, account=draft.account.name)
            yield RULE.at(post, draft.media[0].key, message, severity=Severity.HINT)
        elif len(draft.media) > network.max_media:
            allowed = ngettext("takes {count} medium", "takes {count} media", network.max_media)
            message = _("{network} {allowed}, this is one too many for {account}")
            message = message.format(network=network.title, allowed=allowed, account=draft.account.name)
            yield RULE.at(post, draft.media[network.max_media].key, message)


RULE = Rule("media", Severity.ERROR, __doc__ or "", check_post=check)
