"""Before anything else is looked at: is this request for us, does it come from one of our pages; and what every answer says."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from toolkit.desk.answer import Answer, is_way, plain
from toolkit.desk.request import Ask
from toolkit.messages import _
from toolkit.values import dataclass

LARGEST_BODY: Final = 256 * 1024
LARGEST_HEAD: Final = 16 * 1024  # bytes of all headers
# No inline script, no inline style, no frame around us, nothing from elsewhere.
CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = (
    ("content-security-policy", CONTENT_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    # Not no-referrer: with it browsers send `Origin: null` from our own forms.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-robots-tag", "noindex, nofollow"),
)
NO_STORE: Final = ("cache-control", "no-store")
STRICT_TRANSPORT: Final = ("strict-transport-security", "max-age=31536000")
# Letters beyond ASCII may stand encoded in a path; a dot, a slash, a NUL never: only tricks write them so.
_PATH: Final = re.compile(r"/|(?:/(?!\.)(?:[A-Za-z0-9_.~:@=+-]|%[89A-Fa-f][0-9A-Fa-f])+)+/?", re.ASCII)
LONGEST_PATH: Final = 512


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk is reached: ``https://desk.example.com``, or each of this machine's names for itself."""

    origins: frozenset[str]

    @property
    def secure(self) -> bool:
        return all(origin.startswith("https:") for origin in self.origins)

    @property
    def hosts(self) -> frozenset[str]:
        """What browsers may send as ``Host``."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)


def refuse(ask: Ask, address: Address) -> Answer | None:
    """The answer to what is not meant for us, or is a trick; None for the others."""
    hosts = ask.values("host")
    if len(hosts) != 1 or _bare(hosts[0], secure=address.secure) not in address.hosts:
        # A name that somebody else's DNS turned into our address.
        return plain(
            _("this desk does not go by that name; its address is {origin}").format(origin=first(address)), 421
        )
    if ask.method not in ("GET", "HEAD", "POST"):
        return plain(_("this cannot be done"), 405).plus(("allow", "GET, HEAD, POST"))
    if len(ask.path) > LONGEST_PATH or not _PATH.fullmatch(ask.path):
        return plain(_("there is nothing here"), 404)
    if sum(len(name) + len(value) for name, value in ask.headers) > LARGEST_HEAD:
        return plain(_("this is more than a browser has to say"), 431)
    if len(ask.body) > LARGEST_BODY:
        return plain(_("this is more than a form can hold"), 413)
    return None


def first(address: Address) -> str:
    """The address to tell people."""
    return min(address.origins)


def _bare(host: str, *, secure: bool) -> str:
    return host.strip().lower().removesuffix(":443" if secure else ":80")


def is_from_us(ask: Ask, address: Address) -> bool:
    """Whether a POST comes from one of our pages, as the browser says; no browser lets a page lie about it."""
    origins, sites = ask.values("origin"), ask.values("sec-fetch-site")
    if origins:
        return len(origins) == 1 and origins[0].lower() in address.origins and sites in ([], ["same-origin"])
    return sites == ["same-origin"]


def came_from(ask: Ask, address: Address) -> str:
    """The page of ours from which a form came, with its query; "" when the browser does not say, or it was no other page."""
    try:
        parts = urlsplit(ask.header("referer"))
    except ValueError:
        return ""
    if f"{parts.scheme}://{parts.netloc}".lower() not in address.origins or parts.path == ask.path:
        return ""
    way = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return way if is_way(way) else ""


def headers_for(address: Address) -> tuple[tuple[str, str], ...]:
    """What each answer says, pages, files and errors alike, unless it says something else of that name."""
    return (*HEADERS, NO_STORE, *((STRICT_TRANSPORT,) if address.secure else ()))
