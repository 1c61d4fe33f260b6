"""Postiz: the list of posts of its public API, `GET /public/v1/posts`; the program itself has no export.

https://docs.postiz.com/public-api: ``{"posts": [{"id", "content", "publishDate", "releaseURL", "state": "QUEUE", "group",
"integration": {"id", "providerIdentifier", "name"}}]}``. Rows of its table ``Post`` as JSON are read as well: they also have
``image`` (media), ``parentPostId`` (the parts of a thread) and ``settings``.
"""

from toolkit.importers.evidence import Confidence, Evidence
from toolkit.migration.archive import Tool
from toolkit.migration.postiz.reading import read_postiz

TOOL = Tool(
    "postiz",
    "Postiz",
    "JSON answers of its public API (posts), or its table Post as JSON",
    read_postiz,
    (
        ("API", Evidence(Confidence.DOCUMENTED, "https://docs.postiz.com/public-api")),
        ("table Post", Evidence(Confidence.SEEN, "gitroomhq/postiz-app, posts.repository.ts")),
    ),
)
