"""A text must fit, counted as each network counts.

## What it does

Renders every part of a post for each of its accounts and counts what would be sent, in the network's own way: an
address counts 23 on Mastodon and X, an emoji family is one character on Bluesky, a content warning counts with the
text.

## Why is this bad?

The network refuses the post, or shows only its beginning.

## Example

```markdown
---
channels: [bluesky]
---
(a text of 340 characters)
```

## Use instead

```markdown
---
channels: [bluesky]
---
(the first 280 characters)

---

(the rest, as the second part of a thread)
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Count, Post, Problem, Severity
from toolkit.networks.base import Network
from toolkit.source import Variant
from toolkit.workspace import FIRST_COMMENT, Draft, first_comment

# Below, only the shortest texts would surely fit.
_WORTHWHILE: Final = 2_000


def check(post: Post, view: View) -> Iterator[Problem]:
    """Parts that are too long, once per place and network."""
    found: dict[tuple[int, int, Count, str], list[str]] = {}
    drafts = view.drafts(post)
    for draft in drafts:
        network = view.network(draft.account.network)
        if network is None or surely_fits(draft, network):
            continue
        parts = view.render(draft, network).parts
        counts = [part.count for part in parts]
        for index, count in enumerate(counts):
            if count.valid and network.accepts and not network.accepts(parts[index].text):
                yield _refused(post, draft, network, _place(draft.variant, index, len(counts)))
            if not count.valid:
                start, end = _place(draft.variant, index, len(counts))
                found.setdefault((start, end, count, network.title), []).append(draft.account.name)
    yield from _comments(post, drafts, view)
    for (start, end, count, title), accounts in found.items():
        message = _("{excess} too long for {accounts}: {length} of {limit} {unit}, as {network} counts").format(
            excess=count.length - count.limit,
            accounts=", ".join(accounts),
            length=count.length,
            limit=count.limit,
            unit=count.unit,
            network=title,
        )
        yield RULE.in_body(post, start, end, message)


def _comments(post: Post, drafts: Iterable[Draft], view: View) -> Iterator[Problem]:
    """First comments that are too long, where they stand."""
    for draft in drafts:
        comment = first_comment(draft)
        network = view.network(draft.account.network) if comment is not None else None
        if comment is None or network is None:
            continue
        for part in network.render_comment(comment).parts:
            if not part.count.valid:
                message = _("the first comment on {account} is too long: {length} of {limit} {unit}")
                said = message.format(
                    account=draft.account.name,
                    length=part.count.length,
                    limit=part.count.limit,
                    unit=part.count.unit,
                )
                yield RULE.at(post, _option_key(draft), said)


def _option_key(draft: Draft) -> str:
    names = [name for name in (draft.account.name, draft.account.network) if name in draft.post.options]
    own = [name for name in names if FIRST_COMMENT in draft.post.options[name].values]
    return f"options.{own[0]}.{FIRST_COMMENT}" if own else "channels"


def _refused(post: Post, draft: Draft, network: Network, place: tuple[int, int]) -> Problem:
    """A text that is short enough and yet not taken, for one hashtag too many or a character that may not be there."""
    message = _("{network} does not take this text ({account}), though it is short enough; see: {command}").format(
        network=network.title, account=draft.account.name, command=f"leitstand networks show {network.name}"
    )
    return RULE.in_body(post, *place, message)


def surely_fits(draft: Draft, network: Network) -> bool:
    """Whether no way of counting can reach the limit, so that nothing has to be rendered.

    Eight bytes for each byte, for markup and escapes, 24 for whatever could be an address, and a tenth of the limit for
    a frame around it all. Media and numbers among the options may change the limit itself.
    """
    limit = _limit(network.count)
    if (
        limit < _WORTHWHILE
        or draft.media
        or network.accepts
        or any(value.isdecimal() for value in draft.values.values())
    ):
        return False
    written = "".join((*draft.parts, *draft.values.values(), draft.post.title))
    return 8 * len(written.encode()) + 24 * (written.count(".") + 1) + limit // 10 <= limit


@cache
def _limit(count: Callable[[str], Count]) -> int:
    """How much fits, as a network counts."""
    return count("").limit


def _place(variant: Variant, index: int, parts: int) -> tuple[int, int]:
    """Where part `index` of `parts` stands; a network without threads has one part for all of them."""
    chunks = variant.parts[index : index + 1] if parts == len(variant.parts) else variant.parts
    return chunks[0].start, chunks[-1].start + len(chunks[-1].text)


RULE = Rule("length", Severity.ERROR, __doc__ or "", check_post=check)
