"""What `leitstand preview` says of each medium: what becomes of it on its way, or why it cannot go."""

from __future__ import annotations

from dataclasses import asdict

from toolkit.messages import _
from toolkit.model import Attachment, Media, MediaKind
from toolkit.networks.base import Network
from toolkit.networks.mediarules import Ready, Refused, prepare, rules_of
from toolkit.pictures import PictureError, can_clean
from toolkit.values import dataclass
from toolkit.workspace.mediafiles import Files, complaint


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one medium: type and sides of what is sent, what is changed, or why it is refused."""

    media_type: str = ""
    width: int = 0
    height: int = 0
    changes: tuple[str, ...] = ()
    refused: str = ""

    def __str__(self) -> str:
        if self.refused:
            return _("cannot be sent: {reason}").format(reason=self.refused)
        sides = f", {self.width} x {self.height}" if self.width else ""
        kind = self.media_type + sides
        if not self.changes and not can_clean(self.media_type):
            return _("sent as it is: {kind}").format(kind=kind)
        if not self.changes:
            return _("sent as it is, without metadata: {kind}").format(kind=kind)
        return _("sent as {kind}: {changes}").format(kind=kind, changes=", ".join(self.changes))


def find_fate(attachment: Attachment, network: Network, files: Files) -> Fate:
    """What becomes of `attachment` on `network`."""
    why = complaint(Media("", attachment.file, kind=MediaKind(attachment.kind)), files)
    if why:
        return Fate(refused=why)
    facts = files.facts(attachment.file)
    if isinstance(facts, PictureError):
        return Fate(refused=str(facts))
    return _fate(prepare(facts, rules_of(network), attachment.crop, attachment.focus))


def _fate(ready: Ready | Refused) -> Fate:
    if isinstance(ready, Refused):
        return Fate(refused=ready.reason)
    return Fate(ready.media_type, *ready.sides, changes=ready.changes)


def fate_record(fate: Fate) -> dict[str, object]:
    """``{"media_type", "width", "height", "changes", "refused"}``; sides are 0 where they are not known."""
    return {**asdict(fate), "changes": list(fate.changes)}
