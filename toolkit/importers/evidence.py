"""How sure we are of a kind of file: where its headers were seen, and what nobody has checked against a real file."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from toolkit.importers.base import Importer, Menu
from toolkit.values import dataclass


class Confidence(StrEnum):
    """The surest first."""

    TESTED = "tested"  # a test reads real files, or files that the real program writes
    SEEN = "seen"  # real files, or public descriptions of some, were read when the mapping was written
    DOCUMENTED = "documented"  # whoever makes the file describes it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a kind rests on. `unverified` is what users have to look at themselves, in both languages."""

    confidence: Confidence
    source: str
    unverified: Menu | None = None


NOTHING: Final = Evidence(Confidence.UNKNOWN, "")


def evidence_of(importer: Importer) -> Evidence:
    """What the importer says of itself under the name `EVIDENCE`; installed ones may say nothing."""
    found = getattr(importer, "EVIDENCE", NOTHING)
    return found if isinstance(found, Evidence) else NOTHING
