"""What feed readers and calendar programs find in the head of a page whose address somebody gives them.

Not ``rel="alternate"`` alone: for each such link Material's script asks for a ``sitemap.xml`` beside it. Beside another
word the link means the same (HTML, §4.6.7.1), and the script passes it over.
"""

from __future__ import annotations

from toolkit.messages import _
from toolkit.pages.markup import join, tag
from toolkit.pages.paths import calendar_feed, news_feed


def name_feeds(html: str, address: str) -> str:
    """A finished page that names the site's feeds; `address` is its own from the site's root."""
    up = "../" * address.count("/")
    feeds = (
        ("application/atom+xml", _("Published posts"), news_feed()),
        ("text/calendar", _("All posts"), calendar_feed()),
    )
    links = (tag("link", rel="alternate feed", type=kind, title=title, href=up + path) for kind, title, path in feeds)
    return html.replace("</head>", f"{join(links)}</head>", 1)
