"""Hootsuite: the CSV of its bulk composer, and the messages of its API.

- bulk CSV: no header; moment (in one of the orders that the dialog offers), text, link, and addresses of pictures
- API (https://developer.hootsuite.com): ``{"data": [{"id", "state", "text", "scheduledSendTime", "socialProfile": {"id"},
  "mediaUrls": [{"url"}], "postUrl"}]}``, and ``{"data": [{"id", "type", "socialNetworkUsername"}]}`` for the profiles
"""

from toolkit.importers.evidence import Confidence, Evidence
from toolkit.migration.archive import Tool
from toolkit.migration.hootsuite.reading import read_hootsuite

TOOL = Tool(
    "hootsuite",
    "Hootsuite",
    "CSV of its bulk composer, or JSON answers of its API (messages, social profiles)",
    read_hootsuite,
    (
        ("CSV", Evidence(Confidence.SEEN, "public descriptions of files: moment, text, link, pictures, no header")),
        ("API", Evidence(Confidence.DOCUMENTED, "https://developer.hootsuite.com")),
    ),
)
