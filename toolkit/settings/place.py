"""The table ``[media_host]``: where media lie for networks that fetch them from an address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "media_host"
FOLDER, S3 = "folder", "s3"
KEYS: Final[Mapping[str, str]] = {
    "kind": "folder: a folder that the company's web server shows; s3: an S3-compatible storage.",
    "url": "The address under which the folder or the bucket is shown; s3 without it: signed addresses for two days.",
    "folder": "The folder on this machine as a whole path, for kind folder.",
    "bucket": "The bucket's name, for kind s3.",
    "endpoint": "The storage's address, for kind s3 elsewhere than at AWS.",
    "region": "The bucket's region, for kind s3.",
    "prefix": "What stands before the names of the files, such as social/.",
}


@dataclass(frozen=True, slots=True)
class MediaPlace:
    """Where public media are put, and under which address they are seen."""

    kind: str
    url: str = ""
    folder: str = ""
    bucket: str = ""
    endpoint: str = ""
    region: str = ""
    prefix: str = ""


def read_place(reader: Reader, raw: Mapping[str, object]) -> MediaPlace | None:
    """The place that the table names; None without the table, or when it cannot be used (a problem says why)."""
    if TABLE not in raw:
        return None
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    values = {key: reader.value(table, TABLE, key, str, "") for key in KEYS}
    place = MediaPlace(**values | {"url": values["url"].rstrip("/")})
    complaint = _complain(place)
    if complaint is not None:
        reader.error(TABLE, *complaint)
        return None
    return place


def _complain(place: MediaPlace) -> tuple[str, str] | None:
    """The key that is wrong and why; None when all is well."""
    if place.kind not in (FOLDER, S3):
        return "kind", _("kind must be one of: {known}").format(known=f"{FOLDER}, {S3}")
    needed = {FOLDER: ("folder", "url"), S3: ("bucket",)}[place.kind]
    for key in needed:
        if not getattr(place, key):
            return key, _("kind {kind} needs {key}").format(kind=place.kind, key=key)
    if place.folder and not PurePath(place.folder).is_absolute():
        return "folder", _("folder must be a whole path, such as /srv/www/media")
    for key in ("url", "endpoint"):
        value = getattr(place, key)
        if value and not value.startswith(("https://", "http://")):
            return key, _("{key} must be an address such as https://media.example.com").format(key=key)
    if ".." in place.prefix.split("/") or place.prefix.startswith("/"):
        return "prefix", _("prefix must lie below the folder or bucket")
    return None
