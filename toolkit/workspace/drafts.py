"""A post as one account will get it, before the network turns it into its own form.

Precedence: network default → account → post → `options` (network, then account) → variant of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Final

from toolkit.model import Media, Options, Post, WallTime
from toolkit.settings import Account, LinkPolicy, Settings
from toolkit.source import Variant, read_body
from toolkit.source.body import Chunk
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """Markdown per part, media and options of one post for one account."""

    post: Post
    account: Account
    language: str
    publish: WallTime | None
    variant: Variant
    media: tuple[Media, ...]
    values: Mapping[str, str]
    instance: date | None = None  # of a post that comes again
    links: LinkPolicy = field(default_factory=LinkPolicy)  # what links to the company's own pages get

    @property
    def occurrence(self) -> str:
        """The name of the instance, "" for a post that comes once."""
        return "" if self.instance is None else self.instance.isoformat()

    @property
    def parts(self) -> tuple[str, ...]:
        """The Markdown of each part."""
        return tuple(chunk.text for chunk in self.variant.parts)


def draft(post: Post, account: Account, settings: Settings) -> Draft:
    """`post` as `account` will get it."""
    chosen = [post.options[key] for key in (account.network, account.name) if key in post.options]
    return Draft(
        post=post,
        account=account,
        language=_language(post, account, chosen) or settings.languages[0],
        publish=_publish(post, account, chosen),
        variant=read_body(post.body).variant(account.name, account.network),
        media=next((options.media for options in reversed(chosen) if options.media is not None), post.media),
        values={**account.options, **{key: value for options in chosen for key, value in options.values.items()}},
        links=settings.links,
    )


def instances(draft: Draft) -> list[Draft]:
    """One draft for each time that the post comes, in order; a post that comes once is its own only one."""
    repeat = draft.post.repeat
    if repeat is None or draft.publish is None:
        return [draft]
    body, found = read_body(draft.post.body), []
    for day, publish in repeat.instances(draft.publish).items():
        own = repeat.own[day].media if day in repeat.own else None
        found.append(
            replace(
                draft,
                publish=publish,
                variant=body.variant(day.isoformat(), draft.account.name, draft.account.network),
                media=draft.media if own is None else own,
                instance=day,
            )
        )
    return found


FIRST_COMMENT: Final = "first_comment"
# Options that belong to the post itself, and to nothing that is said below it.
_OWN: Final = (FIRST_COMMENT, "poll", "card", "title", "subject")


def with_text(draft: Draft, text: str) -> Draft:
    """`draft` with another text and nothing else: what is written below the post on the same account."""
    values = {name: value for name, value in draft.values.items() if not name.startswith(_OWN)}
    return replace(draft, variant=Variant("", (Chunk(text.strip(), 0),)), media=(), values=values)


def first_comment(draft: Draft) -> Draft | None:
    """What is written below the post right after it, None when nothing is."""
    text = draft.values.get(FIRST_COMMENT, "").strip()
    return with_text(draft, text) if text else None


def drafts(post: Post, settings: Settings) -> list[Draft]:
    """One draft for each of the post's channels that exists, in the post's order, without repeats."""
    names = dict.fromkeys(post.channels)
    return [draft(post, settings.accounts[name], settings) for name in names if name in settings.accounts]


def _language(post: Post, account: Account, chosen: list[Options]) -> str:
    for options in reversed(chosen):
        if options.language:
            return options.language
    return post.language or account.language


def _publish(post: Post, account: Account, chosen: list[Options]) -> WallTime | None:
    for options in reversed(chosen):
        if options.publish is not None:
            return options.publish
    if post.publish_next:
        return post.slots.get(account.name)
    if post.publish is not None and not post.timezone and account.timezone:
        return replace(post.publish, zone=account.timezone)
    return post.publish
