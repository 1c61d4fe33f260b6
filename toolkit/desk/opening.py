"""Opening the browser without showing the link to others: what a program is called with, everybody on the machine can read.

So the browser is given a file that only its owner can read, and that leads on to the link. The file goes with the desk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Final

_PAGE: Final = '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url={link}"><title>Leitstand</title><a href="{link}">Leitstand</a>\n'


@contextmanager
def shown(link: str, state: Path, open_browser: Callable[[str], object]) -> Iterator[None]:
    """Have `open_browser` open a file in `state` that leads to `link`; it is there until the end of the block."""
    file = state / f"desk-{os.getpid()}.html"
    file.unlink(missing_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as page:  # noqa: PTH123  # Path.open knows no mode of a new file
        page.write(_PAGE.format(link=escape(link)))
    try:
        open_browser(file.as_uri())
        yield
    finally:
        file.unlink(missing_ok=True)
