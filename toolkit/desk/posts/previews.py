"""Preview cards as values: what each account will publish or has published, out of the rendition that is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.desk.posts.ground import name_of, path_of
from toolkit.errors import UsageError
from toolkit.messages import _, ngettext
from toolkit.model import Attachment, Count, Part, Post, Rendition
from toolkit.networks import by_hand, find_network
from toolkit.networks.looks import ENDLESS, Piece, find_subject, pieces
from toolkit.networks.units import unit_word
from toolkit.outlook import Outlook
from toolkit.outlook.standing import State, channel_state
from toolkit.planning import Slot
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import FIRST_COMMENT, Draft, drafts, first_comment, instances
from toolkit.workspace.naming import name_scope

_TIGHT: Final = 0.95  # of a limit
_SEEN: Final = frozenset({"photo", "graphic"})


@dataclass(frozen=True, slots=True)
class Picture:
    """One medium: where the desk shows it, "" for what is no picture or cannot be had."""

    src: str
    alt: str
    name: str


@dataclass(frozen=True, slots=True)
class Length:
    """How long a part is as its network counts, and how near to the limit: `share` of it, 0 where nothing limits."""

    words: str
    share: float
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One part of a thread as readers see it."""

    pieces: tuple[Piece, ...]
    length: Length
    warning: str
    media: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """One account's card. `when` is on the post's own clock; `drift` says that the file differs from what is out."""

    account: Account
    when: datetime | None
    until: datetime | None  # until when a person publishes it
    language: str
    subject: str
    parts: tuple[Shown, ...]
    comment: tuple[Shown, ...]
    orders: tuple[str, ...]
    by_hand: bool
    sent: bool
    drift: bool
    state: State | None
    halted: str  # what stops it, why and by whom; "" for nothing
    times: int  # how often it comes; 1 for a post that comes once

    @property
    def name(self) -> str:
        return self.account.title or self.account.name


def make_previews(outlook: Outlook, post: Post) -> list[Preview]:
    """One card per account: of a post that comes again its next time."""
    found = []
    for whole in drafts(post, outlook.workspace.settings):
        times = len(instances(whole))
        found.append(_preview(outlook, outlook.coming(whole), times))
    return found


def _preview(outlook: Outlook, draft: Draft, times: int) -> Preview:
    account, post = draft.account, draft.post
    planned, sent = _render(draft), outlook.sent(post, account, draft.occurrence)
    rendition = sent or planned
    due = draft.publish.local() if draft.publish else None
    hands = by_hand(account)
    return Preview(
        account=account,
        when=due,
        until=due + timedelta(minutes=post.grace) if due and hands else None,
        language=rendition.language if rendition else draft.language,
        subject=find_subject(rendition),
        parts=tuple(_parts(post, account, rendition, draft)),
        comment=() if sent else tuple(_comment(draft)),
        orders=tuple(" · ".join(filter(None, (one.order, one.owner))) for one in draft.media if one.order),
        by_hand=hands,
        sent=sent is not None,
        drift=bool(sent and planned and [one.text for one in sent.parts] != [one.text for one in planned.parts]),
        state=channel_state(outlook, Slot(post, account, draft, draft.publish.instant())) if draft.publish else None,
        halted="" if sent else _halted(outlook, post, account, draft),
        times=times,
    )


def _halted(outlook: Outlook, post: Post, account: Account, draft: Draft) -> str:
    """The pause or hold that stands between it and its time."""
    due = draft.publish.instant() if draft.publish else outlook.now
    pause = outlook.pauses.blocking(post, account.name, max(outlook.now, due))
    if pause is None:
        return ""
    workspace, owner = outlook.workspace, name_of(outlook.workspace.settings, pause.owner)
    scope = _("Paused: {scope}").format(scope=name_scope(pause.name, workspace))
    return f"{scope} · {pause.reason} ({owner})" if owner else f"{scope} · {pause.reason}"


def _render(draft: Draft) -> Rendition | None:
    try:
        return find_network(draft.account.network).render(draft)
    except UsageError:  # a network that no adapter knows: shown as written
        return None


def _parts(post: Post, account: Account, rendition: Rendition | None, draft: Draft) -> Iterator[Shown]:
    if rendition is None:
        nothing = Length("", 0.0, "quiet")
        yield from (Shown((Piece(text),), nothing, "", ()) for text in draft.parts)
        return
    number = 0
    for part in rendition.parts:
        media = tuple(_picture(post, account, at, one) for at, one in enumerate(part.attachments, number))
        number += len(part.attachments)
        yield _shown(account, part, media)


def _comment(draft: Draft) -> Iterator[Shown]:
    network, comment = find_network(draft.account.network), first_comment(draft)
    if comment is not None and FIRST_COMMENT in network.known_options:
        yield from (_shown(draft.account, part, ()) for part in network.render_comment(comment).parts)


def _shown(account: Account, part: Part, media: tuple[Picture, ...]) -> Shown:
    return Shown(pieces(account.network, part), say_length(part.count), part.fields.get("content_warning", ""), media)


def _picture(post: Post, account: Account, number: int, one: Attachment) -> Picture:
    src = path_of(post.uid, "picture", account.name, str(number)) if post.uid and one.kind in _SEEN else ""
    return Picture(src, one.alt, one.file)


def say_length(count: Count) -> Length:
    """A count in words and as a bar."""
    unit = unit_word(count.unit)
    if not 0 < count.limit < ENDLESS:
        return Length(f"{count.length} {unit}", 0.0, "quiet")
    words = _("{length} / {limit}").format(length=count.length, limit=count.limit) + f" {unit}"
    over = count.length - count.limit
    if over > 0:
        words = f"{words}, {ngettext('{count} too many', '{count} too many', over)}"
    share = count.length / count.limit
    return Length(words, min(share, 1.0), "bad" if over > 0 else "warn" if share > _TIGHT else "good")
