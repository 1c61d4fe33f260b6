"""The page that the editor opens in, and the rule that it may ask nobody but itself and the forge."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from toolkit.editor.packages import SCRIPT
from toolkit.settings import Settings
from toolkit.settings.forge import GITHUB

CONFIG = "config.json"


def make_page(settings: Settings, language: str, *, trial: bool = False) -> str:
    """The HTML of the page; `trial` allows no address at all."""
    policy = content_policy(() if trial else allowed(settings))
    return f"""<!doctype html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<title>{escape(settings.name)}</title>
<link rel="icon" href="data:,">
<link rel="cms-config-url" href="{CONFIG}" type="application/json">
</head>
<body>
<script src="{SCRIPT}"></script>
</body>
</html>
"""


def allowed(settings: Settings) -> tuple[str, ...]:
    """The origins that the editor talks to: the forge's API, its media, and the service that signs people in."""
    place, policy = settings.forge, settings.editor
    if place is None:
        return ()
    found = [place.url, policy.login if policy is not None else ""]
    if place.kind == GITHUB and place.url == "https://api.github.com":
        found += ["https://raw.githubusercontent.com", "https://github.com"]
    return tuple(dict.fromkeys(origin(address) for address in found if address))


def origin(address: str) -> str:
    """``https://git.example.com`` of any address there."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def content_policy(origins: tuple[str, ...]) -> str:
    """The Content-Security-Policy: everything from the page's own folder, and `origins`."""
    own = " ".join(("'self'", *origins))
    directives = {
        "default-src": "'self'",
        "script-src": "'self' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"{own} data: blob:",
        "media-src": f"{own} data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"{own} data: blob:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
