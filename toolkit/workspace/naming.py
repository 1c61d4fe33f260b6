"""Names: uids from the clock and file names from titles for new things, and what people call a post."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from toolkit.messages import _
from toolkit.model import Post

if TYPE_CHECKING:
    from toolkit.workspace import Workspace

LONGEST: Final = 60
# As people spell these letters when they have no others; the rest loses its marks.
_SPELLED: Final = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ł": "l",
    }
)
# Files that Windows takes for devices, whatever their ending.
_DEVICES: Final = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def mint_uid(now: datetime) -> str:
    """A new ULID: its first part is `now` (aware), so that uids sort by age; the rest is random."""
    from ulid import ULID

    # Asked of the class: a `toolkit.findings.moment` notes nothing then, and no finding depends on this time.
    return str(ULID.from_timestamp(datetime.timestamp(now)))


def slug(title: str) -> str:
    """The title as a file name: lower-case ASCII letters, digits and hyphens; ``post`` when nothing is left."""
    # Composed first: a decomposed umlaut is an umlaut too.
    spelled = unicodedata.normalize("NFC", title).lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
    return f"post-{words}" if words in _DEVICES else words or "post"


class Names:
    """Names that are taken, and free ones like them: name, name-2, name-3 and so on.

    Large and small letters are no difference, as on Windows and macOS. A thousand of one name cost a thousand steps.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}
        self._numbers: dict[str, int] = {}

    def take(self, name: str, ending: str = "") -> str:
        """`name` with `ending`, or with the first number that makes it free; nobody gets it again."""
        while True:
            number = self._numbers[name] = self._numbers.get(name, 0) + 1
            found = f"{name}{ending}" if number == 1 else f"{name}-{number}{ending}"
            if found.casefold() not in self._taken:
                self._taken.add(found.casefold())
                return found


def name_post(post: Post) -> str:
    """The post's title, else its file's name."""
    return post.title or post.path.rpartition("/")[2].removesuffix(".md")


def name_scope(scope: str, workspace: Workspace) -> str:
    """What a pause covers, as people say it: ``channel:fedi`` is the channel Mastodon."""
    kind, _colon, value = scope.partition(":")
    match kind:
        case "all":
            return _("everything")
        case "channel":
            account = workspace.settings.accounts.get(value)
            return _("channel {name}").format(name=account.title or account.name if account else value)
        case "campaign":
            return _("campaign {name}").format(name=value)
        case "label":
            return _("label {name}").format(name=value)
        case _:
            post = workspace.find_post(value)
            return _("post {name}").format(name=name_post(post) if post else value)
