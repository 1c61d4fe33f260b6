"""Mixpost: the list of posts of its API, `GET /mixpost/api/WORKSPACE/posts`; the program itself has no export.

https://docs.mixpost.app/api: ``{"data": [{"uuid", "status", "accounts": [{"id", "provider", "username", "external_url",
"errors"}], "versions": [{"account_id", "is_original", "content": [{"body", "media"}]}], "tags": [{"name"}],
"scheduled_at", "published_at"}]}``. The pages of Mixpost Lite carry the same object, with ``scheduled_at`` as day and time of
the user's own zone.
"""

from toolkit.importers.evidence import Confidence, Evidence
from toolkit.migration.archive import Tool
from toolkit.migration.mixpost.reading import read_mixpost

TOOL = Tool(
    "mixpost",
    "Mixpost",
    "JSON answers of its API (posts), or the posts of Mixpost Lite as JSON",
    read_mixpost,
    (
        ("API", Evidence(Confidence.DOCUMENTED, "https://docs.mixpost.app/api")),
        ("Lite", Evidence(Confidence.SEEN, "inovector/mixpost, src/Http/Resources")),
    ),
)
