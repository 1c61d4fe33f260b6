"""The brand handbook for a program: which pages there are, and what one says."""

from __future__ import annotations

from difflib import get_close_matches

from toolkit.errors import UsageError
from toolkit.mcp.door import Door
from toolkit.messages import _
from toolkit.workspace.handbook import HANDBOOK


def list_pages(door: Door) -> dict[str, object]:
    """Path, title, owner and next review of every page that people wrote."""
    pages = [page for page in door.load().handbook.pages if page.front is not None]
    return {
        "pages": [
            {
                "path": page.path.removeprefix(f"{HANDBOOK}/"),
                "title": page.title,
                "owner": page.owner,
                "next_review": page.next_review.isoformat() if page.next_review else None,
            }
            for page in pages
        ]
    }


def read_page(door: Door, path: str) -> dict[str, object]:
    """A page's Markdown; only pages of the handbook, whatever the path says."""
    pages = {page.path.removeprefix(f"{HANDBOOK}/"): page for page in door.load().handbook.pages}
    name = path.removeprefix(f"{HANDBOOK}/")
    if name not in pages:
        close = get_close_matches(name, pages, n=3)
        hint = _("did you mean {known}?").format(known=", ".join(close)) if close else _("list_pages names them")
        raise UsageError(_("no page {path!r} in the handbook; {hint}").format(path=path, hint=hint))
    text = door.tree.read(pages[name].path).decode("utf-8", "replace")
    return {"path": name, "title": pages[name].title, "text": text}
