"""Kits: everything that a person needs to publish one post on one account, worked out before it is shown.

What was handed over is what is shown, even when the file has changed since: that text was approved, and the ledger
keeps it. Pictures are cut to what the network shows.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.ledger import Row, State
from toolkit.messages import _
from toolkit.model import Attachment, Media, MediaKind, Rendition, Status
from toolkit.networks import find_network
from toolkit.networks.base import Network
from toolkit.networks.mediarules import rules_of
from toolkit.outlook.outlook import Outlook
from toolkit.pictures import Frame, PictureError, clean, crop_picture, look_inside
from toolkit.values import dataclass
from toolkit.workspace import Draft, first_comment, media_path
from toolkit.workspace.mediafiles import Files, complaint
from toolkit.workspace.naming import name_post, slug

_HASHTAG: Final = re.compile(r"(?<![\w&/])#\w*[^\W\d_]\w*")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'»“”]")
_DOUBTFUL: Final = (State.HELD, State.UNKNOWN, State.FAILED, State.SENDING)
_OVER: Final = (State.MISSED, State.SKIPPED, State.CANCELLED, State.IMPORTED)
# What is cut; an animation or a drawing would be lost by it.
_CUT: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif"})


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One medium of a kit: the file to upload, what stands beside it, or why there is none."""

    name: str
    data: bytes  # b"" when it cannot be had; `note` says why
    alt: str
    shape: str = ""  # ``1080 x 1350``, "" for what is no picture
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kit:
    """One post for one account."""

    draft: Draft
    network: Network
    rendition: Rendition
    media: tuple[Enclosed, ...]
    due: datetime | None  # on the clock of the post's own zone
    until: datetime | None
    comment: tuple[str, ...]  # what is written below it right after it, in parts
    stop: str  # why it must not be published now, "" when it may
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return name_post(self.draft.post)

    @property
    def account(self) -> str:
        return self.draft.account.title or self.draft.account.name

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each part."""
        return tuple(part.text for part in self.rendition.parts)

    @property
    def hashtags(self) -> tuple[str, ...]:
        """The hashtags of all parts in their order, each once."""
        return tuple(dict.fromkeys(tag for text in self.texts for tag in _HASHTAG.findall(text)))

    @property
    def addresses(self) -> tuple[str, ...]:
        """What readers are to reach: the option `link` first, then the addresses in the texts, each once."""
        chosen = (part.fields.get("link", "") for part in self.rendition.parts)
        written = (address for text in self.texts for address in _ADDRESS.findall(text))
        return tuple(dict.fromkeys(one for one in (*chosen, *written) if one))

    @property
    def command(self) -> str:
        """What is typed when it is out, but for the address."""
        day = f" --day {self.draft.occurrence}" if self.draft.occurrence else ""
        return f"leitstand confirm {self.draft.post.uid} {self.draft.account.name} URL{day}"


def make_kit(outlook: Outlook, draft: Draft) -> Kit:
    """The kit of `draft`; raises `UsageError` when no adapter knows its network."""
    network = find_network(draft.account.network)
    planned = network.render(draft)
    row = next(iter(outlook.rows_of(draft.post, draft.account, draft.occurrence)), None)
    handed = Rendition.from_json(row.rendition) if row is not None and row.by_hand else None
    rendition = handed or planned
    due = draft.publish.local() if draft.publish else None
    media, changed = enclose_media(outlook, draft, network, rendition)
    moved = handed is not None and [part.text for part in handed.parts] != [part.text for part in planned.parts]
    return Kit(
        draft=draft,
        network=network,
        rendition=rendition,
        media=media,
        due=due,
        until=due + timedelta(minutes=draft.post.grace) if due else None,
        comment=_comment(draft, network),
        stop=find_stop(outlook, draft, row),
        notes=tuple(_notes(rendition, network, changed=changed or moved)),
    )


def _comment(draft: Draft, network: Network) -> tuple[str, ...]:
    comment = first_comment(draft)
    return tuple(part.text for part in network.render_comment(comment).parts) if comment else ()


def find_stop(outlook: Outlook, draft: Draft, row: Row | None) -> str:
    """Why nobody may publish the draft now; "" when somebody may."""
    post, account = draft.post, draft.account
    if row is not None and row.state is State.CONFIRMED:
        return _("It is published already: {url}").format(url=row.url)
    if row is not None and row.state in _DOUBTFUL and not row.handed_over:
        return row.reason
    if row is not None and row.state in _OVER:
        return _("Its time has passed, or somebody took it out; ask before you publish it.")
    if post.status is not Status.READY:
        return _("The post is not ready yet.")
    pause = outlook.pauses.blocking(post, account.name, outlook.now)
    if pause is not None:
        return _("Publishing is paused: {reason}").format(reason=pause.reason or pause.name)
    verdict = outlook.find_verdict(post, account)
    return "" if verdict.granted else verdict.reason


def _notes(rendition: Rendition, network: Network, *, changed: bool) -> Iterator[str]:
    if changed:
        yield _(
            "The file has changed since this was handed over. To take the new version: leitstand resolve, --send-again"
        )
    for part in rendition.parts:
        if not part.count.valid or (network.accepts and not network.accepts(part.text)):
            yield _("The text is longer than {network} takes, or has too many hashtags.").format(network=network.title)


def find_frame(network: Network) -> Frame:
    """What the network takes of a picture, as far as its limits say."""
    frame = rules_of(network).frame
    return frame if frame.width else replace(frame, width=Frame().width)


def enclose_media(
    outlook: Outlook, draft: Draft, network: Network, rendition: Rendition
) -> tuple[tuple[Enclosed, ...], bool]:
    """The media in the order in which they are uploaded, and whether one is not the one that was handed over."""
    attachments = [one for part in rendition.parts for one in part.attachments]
    stem, frame = f"{slug(name_post(draft.post))}-{draft.account.name}", find_frame(network)
    files, found, changed = Files(outlook.workspace.tree), [], False
    for number, attachment in enumerate(attachments, start=1):
        why = complaint(Media("", attachment.file, kind=MediaKind(attachment.kind)), files)
        data = b"" if why else outlook.workspace.tree.read(media_path(attachment.file))
        digest = hashlib.sha256(data).hexdigest()
        changed |= bool(data) and attachment.sha256.removeprefix("sha256:") not in ("", digest)
        found.append(_enclose(attachment, data, frame, f"{stem}-{number}", why))
    return tuple(found), changed


def _enclose(attachment: Attachment, data: bytes, frame: Frame, stem: str, why: str) -> Enclosed:
    ending = posixpath.splitext(attachment.file)[1].lower()
    if why:
        return Enclosed(f"{stem}{ending}", b"", attachment.alt, note=f"{attachment.file}: {why}")
    try:
        if ending not in _CUT or look_inside(data).animated:
            return Enclosed(f"{stem}{ending}", clean(data), attachment.alt)
        picture = crop_picture(data, frame, attachment.crop, attachment.focus)
    except PictureError as error:
        return Enclosed(f"{stem}{ending}", b"", attachment.alt, note=f"{attachment.file}: {error}")
    shape = f"{picture.width} \N{MULTIPLICATION SIGN} {picture.height}"
    return Enclosed(f"{stem}.jpg", picture.data, attachment.alt, shape)
