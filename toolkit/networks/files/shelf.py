"""The folder of an account, and the folders of posts in it.

::

    <folder>/<title>-<key>/post.md      for people
    <folder>/<title>-<key>/post.json    for programs, and the truth
    <folder>/<title>-<key>/<sha>-<name> media
    <folder>/.<…>                       being written or taken away; other programs skip it

A post's folder is written under a hidden name and renamed when it is whole: that is the moment of publication. A kill
before it leaves nothing that counts, a kill after it leaves the post, which the next look finds by its key.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.networks.files.document import DATA
from toolkit.networks.jsonvalues import fields, text
from toolkit.settings import Account
from toolkit.source.writing import READABLE, replace_file, sync_folder
from toolkit.values import dataclass

_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")
LONGEST: Final = 60  # characters of the title in a folder's name
HASH: Final = 16


def open_shelf(account: Account, state_dir: str) -> Shelf:
    """The folder of `account`; raises `UsageError` where none is named or it would lead out of the state directory."""
    written = account.server
    if not written or "://" in written:
        message = _(
            'the account {account} needs its folder: server = "/srv/posts", or a name below the state directory'
        )
        raise UsageError(message.format(account=account.name))
    path = Path(written)
    if ".." in path.parts:
        raise UsageError(_("the folder of {account} must not have .. in it").format(account=account.name))
    return Shelf(path) if path.is_absolute() else Shelf(Path(state_dir) / "files" / path, ours=True)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Folders of posts. One that is `ours` is made when it is missing; somebody else's has to be there."""

    root: Path
    ours: bool = False

    def check(self) -> None:
        """Raise `OSError` where nothing can be said about what is there, such as for a drive that is not mounted."""
        if self.ours:
            self.root.mkdir(parents=True, exist_ok=True)
        if not self.root.is_dir():
            raise FileNotFoundError(_("the folder {path} is not there").format(path=self.root))

    def name(self, title: str, key: str) -> str:
        """The name of a post's folder: readable, and unmistakable by the hash of its key."""
        plain = unicodedata.normalize("NFKD", title.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
        readable = _SEPARATORS.sub("-", plain).strip("-")[:LONGEST].strip("-") or "post"
        return f"{readable}-{hashlib.sha256(key.encode()).hexdigest()[:HASH]}"

    def path(self, name: str) -> Path | None:
        """The folder of this name; None for a name that is none of ours."""
        good = re.fullmatch(rf"[a-z0-9][a-z0-9-]*-[0-9a-f]{{{HASH}}}", name) is not None
        return self.root / name if good else None

    def published(self, name: str) -> str | None:
        """When the post was published (RFC 3339); None when it is not there. Raises `OSError` and `ValueError`."""
        path = self.path(name)
        with suppress(FileNotFoundError):
            if path is not None:
                return text(fields(json.loads((path / DATA).read_bytes())), "published")
        return None

    def put(self, name: str, files: Mapping[str, bytes]) -> None:
        """Write a new folder, whole or not at all; raises `OSError` where one is there already, which stays as it is."""
        temporary = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=self.root))
        try:
            for file, data in files.items():
                replace_file(temporary / file, data, READABLE)
            temporary.chmod(0o755)
            sync_folder(temporary)
            temporary.rename(self.root / name)
            sync_folder(self.root)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def replace(self, name: str, files: Mapping[str, bytes]) -> None:
        """Give the folder another content; ``post.json``, which names the files, comes last, then the old ones go."""
        folder = self.root / name
        for file, data in files.items():
            replace_file(folder / file, data, READABLE)
        for old in folder.iterdir():
            if old.name not in files:
                old.unlink()
        sync_folder(folder)

    def drop(self, name: str) -> None:
        """Take a folder away; nothing happens when it is not there."""
        path = self.path(name)
        if path is None or not path.exists():
            return
        away = Path(tempfile.mkdtemp(prefix=f".{name}.gone.", dir=self.root))
        path.rename(away / name)
        sync_folder(self.root)
        shutil.rmtree(away, ignore_errors=True)
