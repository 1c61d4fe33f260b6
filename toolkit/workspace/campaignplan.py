"""The working plan of a campaign: what is said, what has to be made until when, and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from toolkit.messages import _
from toolkit.model import MediaKind, Severity
from toolkit.source import Fields
from toolkit.values import dataclass

ASSET_KEYS: Final[Mapping[str, str]] = {
    "order": "What is to be made, in a few words.",
    "file": "The file once it is there, relative to content/.",
    "kind": "photo, graphic, video or document.",
    "owner": "Person who makes it.",
    "due": "Day on which it is wanted.",
}
CAMPAIGN_RISK_KEYS: Final[Mapping[str, str]] = {
    "risk": "What may go wrong.",
    "action": "What we do then.",
    "owner": "Person who watches it.",
    "playbook": "The id of the crisis plan that holds then.",
}
ASSET_SHAPE: Final = '{order: "Foto Tür 1", owner: finja, due: 2026-11-20}'
RISK_SHAPE: Final = "{risk: Lieferverzug, action: am selben Tag sagen, owner: mai}"


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that a campaign needs: ordered, or there as a `file`. `key` leads to its place."""

    key: str
    order: str
    file: str = ""  # relative to content/
    kind: MediaKind = MediaKind.PHOTO
    owner: str = ""
    due: date | None = None

    @property
    def ready(self) -> bool:
        """Whether somebody says that it is there."""
        return bool(self.file)

    def late(self, day: date) -> bool:
        """Whether it was wanted before that day and is not there."""
        return not self.ready and self.due is not None and self.due < day


@dataclass(frozen=True, slots=True)
class CampaignRisk:
    """What may go wrong in a campaign, what we do then, and the crisis plan that holds. `key` leads to its place."""

    key: str
    risk: str
    action: str = ""
    owner: str = ""
    playbook: str = ""


def read_assets(fields: Fields) -> tuple[Asset, ...]:
    """What the campaign needs, in the order of the file; an asset has an order or a file."""
    found = []
    for item in fields.items("assets", ASSET_SHAPE):
        item.refuse_unknown(ASSET_KEYS)
        order, file = item.text("order"), item.text("file")
        kind = item.choice("kind", MediaKind, MediaKind.PHOTO)
        if not order and not file:
            item.problem(_first(item), _("an asset needs an order or a file: {shape}").format(shape=ASSET_SHAPE))
            continue
        asset = Asset(item.prefix, order or file, file, kind, item.text("owner"), item.day("due"))
        if not asset.ready and not (item.has("owner") and item.has("due")):
            message = _("what is ordered needs an owner and a day: {shape}").format(shape=ASSET_SHAPE)
            item.problem(_first(item), message, Severity.WARNING)
        found.append(asset)
    return tuple(found)


def read_campaign_risks(fields: Fields) -> tuple[CampaignRisk, ...]:
    """What may go wrong, in the order of the file."""
    found = []
    for item in fields.items("risks", RISK_SHAPE):
        item.refuse_unknown(CAMPAIGN_RISK_KEYS)
        risk = item.text("risk")
        if not risk:
            item.problem(_first(item), _("{key} is missing").format(key="risk"))
            continue
        if not item.has("action") and not item.has("playbook"):
            message = _("nobody knows what to do then; write an action or name a playbook")
            item.problem("risk", message, Severity.WARNING)
        found.append(CampaignRisk(item.prefix, risk, item.text("action"), item.text("owner"), item.text("playbook")))
    return tuple(found)


def _first(item: Fields) -> str:
    """The first key of an entry: what is missing stands nowhere."""
    return next(iter(item.values), "")
