"""Styles for mail: written into every element, because many programs drop style sheets.

No colour of text or ground is set, so that dark mode stays readable; what needs a line takes a grey that is seen on
black and on white. Links keep the colour of the text and are underlined.
"""

from __future__ import annotations

import re
from typing import Final

GREY: Final = "#808080"
FONT: Final = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
CODE: Final = "Menlo,Consolas,monospace"
_HEADING: Final = "margin:24px 0 12px;line-height:1.25;font-weight:bold"
STYLES: Final = {
    "p": "margin:0 0 16px",
    "h1": f"{_HEADING};font-size:28px",
    "h2": f"{_HEADING};font-size:22px",
    "h3": f"{_HEADING};font-size:18px",
    "h4": f"{_HEADING};font-size:16px",
    "h5": f"{_HEADING};font-size:16px",
    "h6": f"{_HEADING};font-size:16px",
    "ul": "margin:0 0 16px;padding:0 0 0 24px",
    "ol": "margin:0 0 16px;padding:0 0 0 24px",
    "li": "margin:0 0 4px",
    "blockquote": f"margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid {GREY}",
    "pre": "margin:0 0 16px;white-space:pre-wrap",
    "code": f"font-family:{CODE};font-size:14px",
    "a": "color:inherit;text-decoration:underline",
    "hr": f"margin:24px 0;border:0;border-top:1px solid {GREY}",
}
BODY: Final = "margin:0;padding:0"
OUTER: Final = "padding:24px 16px"
INNER: Final = "width:100%;max-width:600px"
TEXT: Final = f"font-family:{FONT};font-size:16px;line-height:1.5;text-align:left"
FOOTER: Final = f"margin:32px 0 0;padding:16px 0 0;border-top:1px solid {GREY};font-size:14px"
PICTURE: Final = "display:block;width:100%;max-width:600px;height:auto;border:0"
# Shown by inboxes behind the subject, not by the message.
HIDDEN: Final = "display:none;max-height:0;overflow:hidden;mso-hide:all"
# Blanks that no program trims: without them, inboxes fill the line up with the beginning of the text.
FILLER: Final = "&#8199;&#847;" * 60
# Text in our HTML is escaped, so that whatever looks like an element is one of ours.
_ELEMENT: Final = re.compile(rf"<({'|'.join(STYLES)})(?=[ >])")


def styled(html: str) -> str:
    """Our own HTML (`toolkit.networks.hypertext`) with the styles in its elements."""
    return _ELEMENT.sub(lambda found: f'<{found[1]} style="{STYLES[found[1]]}"', html)
