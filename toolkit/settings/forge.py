"""The table ``[forge]``: where pull requests are reviewed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "forge"
GITHUB, GITLAB = "github", "gitlab"
URLS: Final[Mapping[str, str]] = {GITHUB: "https://api.github.com", GITLAB: "https://gitlab.com/api/v4"}
KEYS: Final[Mapping[str, str]] = {
    "kind": "github or gitlab: whose reviews count as approvals.",
    "project": "The repository there, such as nordlicht/social.",
    "url": "Address of its API; default: https://api.github.com or https://gitlab.com/api/v4.",
}
_PROJECT: Final = re.compile(r"[\w.-]+(?:/[\w.-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class ForgePlace:
    """A repository on a forge. `url` is the API's root, without a slash at its end."""

    kind: str
    project: str
    url: str


def read_forge(reader: Reader, raw: Mapping[str, object]) -> ForgePlace | None:
    """The forge that the table names; None without the table, or when it cannot be used (a problem says why)."""
    if TABLE not in raw:
        return None
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    values = {key: reader.value(table, TABLE, key, str, "") for key in KEYS}
    url = values["url"].rstrip("/") or URLS.get(values["kind"], "")
    place = ForgePlace(values["kind"], values["project"], url)
    complaint = _complain(place)
    if complaint is not None:
        reader.error(TABLE, *complaint)
        return None
    return place


def _complain(place: ForgePlace) -> tuple[str, str] | None:
    """The key that is wrong and why; None when all is well."""
    if place.kind not in URLS:
        return "kind", _("kind must be one of: {known}").format(known=", ".join(URLS))
    levels = place.project.split("/")
    if not _PROJECT.fullmatch(place.project) or {".", ".."} & set(levels) or (place.kind == GITHUB and len(levels) > 2):
        return "project", _("project must be the path of a repository, such as nordlicht/social")
    if not place.url.startswith(("https://", "http://")):
        return "url", _("{key} must be an address such as https://git.example.com/api/v4").format(key="url")
    return None
