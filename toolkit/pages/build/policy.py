"""What a page may load and run: a Content-Security-Policy in every page, whoever serves it.

Nothing comes from elsewhere, and of scripts written into a page only the theme's own run, each named by its hash. The
hashes are taken from the page *without* its content: what stands in the content, reviewed HTML of the handbook
included, has none, and so does not run whatever gets past the escaping. HTML of the handbook may therefore do what
Markdown with Material can (boxes, tabs, grids, pictures and films that lie in `guidelines/`), and neither run, load,
send nor lead anywhere by itself. `style-src` allows style attributes, because
bars and swatches carry their lengths and colours there. What a header alone can say (who may frame the site) is said
by the server, see ``deploy/nginx-site.conf``.

Source: https://www.w3.org/TR/CSP3/, sections 2.3.1 (hashes), 3.3 (meta elements), 6.7.3 (elements that match).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.pages.markup import text

# Of an internal site, nobody elsewhere learns which of its pages somebody came from.
REFERRER: Final = "same-origin"
_DIRECTIVES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_SCRIPT: Final = re.compile(r"(?is)<script\b([^>]*)>(.*?)</script\s*>")
# Data blocks and scripts with an address need no hash.
_NO_HASH: Final = re.compile(
    r"""(?i)\s(?:src\s*=|type\s*=\s*["']?(?!module|text/javascript|application/javascript)[\w/+-]+)"""
)
# Of frames only those of the site's own, written plainly: what else one may mean, only a browser can tell.
_LEADS_AWAY: Final = re.compile(
    r"""(?ix) < (?= meta\b | frame\b | iframe\b
    (?! (?: \s+ (?: src="(?!//)[\w./%#?=-]*" | (?:title|width|height|class|id|loading)="[^"<>]*" ) )* \s* > ) )"""
)
# Browsers look for the character set in the first 1,024 bytes, so it stays before the policy; it loads nothing.
_HEAD: Final = re.compile(r"(?i)<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?")


def stay(html: str) -> str:
    """Somebody's HTML in which no ``<meta>`` leads the reader elsewhere, and no frame has the browser call elsewhere.

    These two things no policy forbids: before a browser asks it about a frame, it has connected to the other server.
    """
    return _LEADS_AWAY.sub("&lt;", html)


def escaped(front: Mapping[str, object], title: str | None) -> dict[str, str]:
    """The fields of a page's front matter that the theme writes into the head, ready to be written as they are.

    Without a field ``title`` the theme takes the page's `title`, of which it undoes the escaping; so there is always one.
    """
    found: dict[str, str] = {
        name: text(str(front[name])) for name in ("title", "description", "author") if front.get(name)
    }
    return found if title is None else {"title": title, **found}


def protect(html: str, content: str = "", *, reloading: bool = False) -> str:
    """A finished page with its policy at the top of its head; `content` is what people wrote of it, as it stands there.

    A page that does not hold its `content` as it was made was changed on the way, and none of the scripts in it is
    trusted. `reloading` is for ``mkdocs serve``, which writes a script of its own into what it serves.
    """
    frame = html.replace(content, "", 1) if content in html else ""
    scripts = ["'unsafe-inline'"] if reloading else sorted({hash_of(one) for one in inline_scripts(frame)})
    return _HEAD.sub(lambda found: found[0] + say_policy(scripts), html, count=1)


def inline_scripts(html: str) -> Iterable[str]:
    """The text of every script that stands in the page itself."""
    return (found[2] for found in _SCRIPT.finditer(html) if found[2] and not _NO_HASH.search(found[1]))


def hash_of(script: str) -> str:
    """How a policy names a script by its text, as a browser hashes it: UTF-8, line ends as the parser leaves them."""
    digest = hashlib.sha256(script.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def say_policy(scripts: Iterable[str] = ()) -> str:
    """The elements for the head of a page that runs these `scripts` beside those of the site."""
    said = {**_DIRECTIVES, "script-src": " ".join((_DIRECTIVES["script-src"], *scripts))}
    policy = "; ".join(f"{name} {value}" for name, value in said.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="referrer" content="{REFERRER}">'
