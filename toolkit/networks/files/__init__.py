"""Files: every post a folder, for whatever program comes next: an archive, a static site, a print shop.

`server` of the account is the folder: an absolute path, or one below the state directory. In it each post has a folder
of its own with ``post.md``, ``post.json`` and the media. See `toolkit.networks.files.shelf` for the layout.
"""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Surroundings, Verified
from toolkit.networks.files.render import count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the account's folder; imported late, since only sending needs it."""
    from toolkit.networks.files import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="files",
    title="Files",
    promise=Promise.RKEY,
    verified=Verified.REAL_SERVER,
    verified_by="Written to and read back from real folders, killed while writing, and edited.",
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.RICH_TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.DOCUMENTS,
            Capability.ALT_TEXT,
            Capability.EDIT,
            Capability.DELETE,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    needs_token=False,
    max_media=100,
    max_alt=10_000,
    settle=0.0,
    silence="Nobody counts who reads a file.",
)
