"""A report's page as a PDF: tagged for screen readers, with bookmarks, a running head and page numbers.

WeasyPrint lays out the very page that people see in the browser, with `paper.css` on top. The document can load nothing:
its pictures are part of it, and every other address, of the network and of this machine, is refused.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from toolkit.errors import ReportError
from toolkit.messages import _
from toolkit.reports.files.appendix import set_tables

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

# PDF/UA-1 asks for tags, a title, a language and embedded fonts.
VARIANT: Final = "pdf/ua-1"
STYLE: Final = Path(__file__).parent.parent / "template" / "paper.css"
_DATA: Final = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]+)*),(.*)", re.DOTALL)
_ROOT: Final = re.compile(r":root\s*\{([^}]*)\}")
_VARIABLE: Final = re.compile(r"--([\w-]+)\s*:\s*([^;}]+)")
_USED: Final = re.compile(r"var\(--([\w-]+)\)")


def make_pdf(html: str, style: str = "") -> bytes:
    """The page as a PDF, set by `style`, else as reports are; the same page gives the same bytes.

    Raises `ReportError` when it cannot be laid out, also for want of the system's Pango.
    """
    style = f"<style>{style or STYLE.read_text(encoding='utf-8')}</style></head>"
    try:
        import weasyprint

        document = weasyprint.HTML(string=html.replace("</head>", style, 1), url_fetcher=_fetcher())
        set_tables(document.etree_element)
        data = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=b"leitstand")
    except (ValueError, OSError) as error:
        raise ReportError(_("the PDF cannot be made: {error}").format(error=error)) from None
    return bytes(data or b"")


def light_picture(svg: bytes) -> bytes:
    """The picture with the colours of its light half written out: paper is always light, and knows no variables."""
    text = svg.decode("utf-8", "replace")
    root = _ROOT.search(text)
    colours = dict(_VARIABLE.findall(root[1])) if root else {}
    return _USED.sub(lambda match: colours.get(match[1], "currentColor").strip(), text).encode()


@cache
def _fetcher() -> URLFetcher:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Enclosed(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        """Takes what stands in the document itself, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # there are none
            found = _DATA.fullmatch(url)
            if found is None:
                raise ValueError(_("a report loads nothing"))
            kind, options, body = found.groups()
            data = unquote_to_bytes(body)
            data = base64.b64decode(data) if ";base64" in options else data
            if kind == "image/svg+xml":
                data = light_picture(data)
            return URLFetcherResponse("data:", body=data, headers={"Content-Type": kind or "text/plain"})

    return Enclosed()
