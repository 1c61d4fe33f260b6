"""Reports that another program put into the state folder: shown in a frame in which nothing runs, loads or leaves.

A report of ours is cleaned when it is made (`toolkit.reports.sanitise`) and brings a policy that lets one script of ours
run and nothing be loaded; it is published byte for byte. Anything else beside it may hold what it likes, and has the
site's address: so it stands in a sandbox without scripts and without that address. Its links stay dead, for the same
reason: a page that leads somewhere by itself looks like one that does so on a click.
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.pages.markup import tag

# As toolkit/reports/template/index.html.j2 begins, in whichever order its attributes come out of nbconvert. Before its
# policy stands nothing that loads.
_OURS: Final = re.compile(
    r"""\s*<!DOCTYPE html>\s*<html lang="[\w-]*">\s*<head>\s*<meta charset="utf-8"/?>"""
    r"""\s*<meta(?: (?:name="viewport"|content="width=device-width, initial-scale=1")){2}/?>"""
    r"""\s*<meta(?: (?:http-equiv="Content-Security-Policy"|content="default-src 'none'; base-uri 'none'; """
    r"""form-action 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]+'")){2}/?>"""
)
# The frame's document has the policy of the page around it, beside its own.
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


# Frames inside load nothing there, but a browser connects to their servers before it asks the policy.
_FRAME: Final = re.compile(r"(?i)<(?=(?:i?frame|object|embed)\b)")


def as_published(html: bytes, title: str, language: str) -> bytes:
    """A report as the site shows it; `title` is what the window and the frame are called."""
    said = html.decode("utf-8", "replace")
    if _OURS.match(said):
        return html
    shown = _FRAME.sub("&lt;", said)
    frame = tag(
        "iframe", sandbox="", srcdoc=shown, title=title, style="position:fixed;inset:0;width:100%;height:100%;border:0"
    )
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="referrer" content="same-origin">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
    )
    body = tag("main", tag("h1", title, style="position:absolute;clip-path:inset(50%)"), frame)
    page = f'<!DOCTYPE html>\n<html lang="{language}">\n<head>{head}{tag("title", title)}</head>\n<body>{body}</body>\n</html>\n'
    return page.encode()
