"""The table ``[editor]``: how people write in the browser. Where they write is said by ``[forge]``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.messages import _
from toolkit.settings import forge
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "editor"
KEYS: Final[Mapping[str, str]] = {
    "branch": "The branch that the browser editor reads and proposes changes for. Default: main.",
    "review": "Whether a text becomes a pull request first; false writes into the branch. Default: true.",
    "login": "Address of the service that signs people in; without it everybody uses a token of their own.",
    "app": "Id of the application at that service; at GitLab, people then sign in there.",
}


@dataclass(frozen=True, slots=True)
class EditorPolicy:
    """The browser editor's ways. `login` and `app` are "" where people use tokens of their own."""

    branch: str = "main"
    review: bool = True
    login: str = ""
    app: str = ""


def read_editor(reader: Reader, raw: Mapping[str, object]) -> EditorPolicy | None:
    """The policy that the table sets; None without the table."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    policy = EditorPolicy(
        branch=reader.value(table, TABLE, "branch", str, "main") or "main",
        review=reader.value(table, TABLE, "review", bool, True),
        login=reader.value(table, TABLE, "login", str, "").rstrip("/"),
        app=reader.value(table, TABLE, "app", str, ""),
    )
    if policy.login and not policy.login.startswith(("https://", "http://")):
        reader.error(TABLE, "login", _("{key} must be an address such as https://git.example.com").format(key="login"))
    if TABLE in raw and forge.TABLE not in raw:
        message = _("the editor needs to know the repository: write a table [forge] with kind and project")
        reader.error(TABLE, "", message)
    return policy if TABLE in raw else None
