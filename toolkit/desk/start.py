"""The first page, until an area has a better one: where one can go."""

from __future__ import annotations

from typing import Final

from toolkit.desk.endpoint import Endpoint, Page, Visit
from toolkit.desk.permissions import Permission


def show_start(_visit: Visit) -> Page:
    """GET / as long as there is no day sheet."""
    return Page("start.html")


ENDPOINTS: Final = (Endpoint("GET", "/", Permission.READ, show_start),)
