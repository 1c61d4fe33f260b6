"""WordPress: the file of Tools → Export (WXR), RSS with WordPress' own elements; no server is asked.

WordPress writes it itself (`wp-admin/includes/export.php`, version 1.2; titles and names as HTML): ``item`` with ``wp:post_type``, ``wp:status``,
``wp:post_date_gmt``, ``content:encoded``, ``category``; attachments are items of their own, with ``wp:attachment_url``.
"""

from toolkit.importers.evidence import Confidence, Evidence
from toolkit.migration.archive import Tool
from toolkit.migration.wordpress.reading import read_wordpress

TOOL = Tool(
    "wordpress",
    "WordPress",
    "the XML file of Tools → Export (WXR)",
    read_wordpress,
    (("WXR 1.2", Evidence(Confidence.TESTED, "a real WordPress exports, a test reads it back")),),
)
