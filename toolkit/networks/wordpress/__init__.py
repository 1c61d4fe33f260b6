"""Blogs that run on WordPress, over the REST API that every WordPress since 4.7 has."""

from __future__ import annotations

from typing import Final

from toolkit.model import Promise
from toolkit.networks.base import Capability, Connection, Network, Surroundings, Verified
from toolkit.networks.figures import Figures
from toolkit.networks.wordpress.render import OPTIONS, count, render
from toolkit.settings import Account


def connect(account: Account, credential: str, surroundings: Surroundings) -> Connection:
    """Open the blog's line; imported late, since only sending needs it."""
    from toolkit.networks.wordpress import connection

    return connection.connect(account, credential, surroundings)


NETWORK: Final = Network(
    name="wordpress",
    title="WordPress",
    promise=Promise.READ_BACK,
    verified=Verified.REAL_SERVER,
    verified_by=(
        "Sent to, read back from, edited, commented and trashed on WordPress 6.1 with MariaDB, a real server; visitors' "
        "comments were heard and answered there."
    ),
    capabilities=frozenset(
        {
            Capability.TEXT,
            Capability.RICH_TEXT,
            Capability.IMAGES,
            Capability.VIDEO,
            Capability.DOCUMENTS,
            Capability.ALT_TEXT,
            Capability.COMMENT,
            Capability.EDIT,
            Capability.DELETE,
            Capability.COUNTS,
            Capability.LISTEN,
            Capability.ANSWER,
        }
    ),
    render=render,
    count=count,
    connect=connect,
    options=OPTIONS,
    max_media=20,
    max_alt=1000,
    # A post is in the database before plugins do their work, and those may take longer than our patience.
    settle=120.0,
    figures=Figures(
        posts=("comments", "views"),
        source="https://developer.wordpress.org/rest-api/reference/comments/",
        meanings={
            "comments": "Approved comments.",
            "views": "Only where a plugin for statistics shows them in the REST API (views, post_views, post_views_count); WordPress itself counts none.",
        },
        together=100,
        each=1,
        budget=200,
    ),
)
