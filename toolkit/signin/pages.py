"""The page that a person sees after signing in: plain, without scripts, in the account's language."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from toolkit.messages import LANGUAGES, catalogue
from toolkit.values import dataclass

STYLE: Final = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}"
)
# The address holds the code: nothing is loaded, nothing is told where the person came from, nothing is kept.
HEADERS: Final[Mapping[str, str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A status, headers and a body."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def closing_page(status: int, language: str) -> Page:
    """The last page of a sign-in: 200 signed in, 403 the network said no, 400 another sign-in's, 404 nothing here."""
    words = catalogue(language)
    said = {
        200: words.gettext("Leitstand has the answer. You can close this window."),
        403: words.gettext("The network did not sign you in. You can close this window; the terminal says why."),
        400: words.gettext(
            "This answer does not belong to the sign-in that is waiting. Start again from the terminal."
        ),
        404: words.gettext("There is nothing here."),
    }
    short = language.replace("_", "-").split("-")[0].lower()
    spoken = short if short in LANGUAGES else "en"
    text = escape(said[status])
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><title>Leitstand</title><style>{STYLE}</style>"
    body = f"<!doctype html><html lang={spoken}><head>{head}</head><body><main><h1>Leitstand</h1><p>{text}</p></main></body></html>"
    data = body.encode()
    return Page(status, data, {**HEADERS, "Content-Length": str(len(data))})
