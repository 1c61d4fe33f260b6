"""Buffer: the answers of its API, today's and the one before, and the CSV with which posts are uploaded in bulk.

- GraphQL (https://developers.buffer.com/reference.html): ``{"data": {"posts": {"edges": [{"node": {"id", "text", "status",
  "dueAt", "sentAt", "channelId", "channelService", "externalLink", "assets": [{"source"}], "tags": [{"name"}]}}]}}}``
- REST 1 (https://buffer.com/developers/api/updates): ``{"updates": [{"id", "text", "status", "due_at", "sent_at",
  "profile_id", "profile_service", "media": {"picture", "link"}}]}``, and ``profiles.json`` for the names of the accounts
- bulk CSV: ``Text, Image URL, Tags, Posting Time``; it names no account
"""

from toolkit.importers.evidence import Confidence, Evidence
from toolkit.migration.archive import Tool
from toolkit.migration.buffer.reading import read_buffer

TOOL = Tool(
    "buffer",
    "Buffer",
    "JSON answers of its API (posts, updates, profiles), or CSV of its bulk upload",
    read_buffer,
    (
        ("GraphQL", Evidence(Confidence.DOCUMENTED, "https://developers.buffer.com/reference.html")),
        ("REST 1", Evidence(Confidence.DOCUMENTED, "https://buffer.com/developers/api/updates")),
        ("CSV", Evidence(Confidence.SEEN, "public programs that write it: Text, Image URL, Tags, Posting Time")),
    ),
)
