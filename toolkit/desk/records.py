"""The page that shows who did what."""

from __future__ import annotations

from typing import Final

from toolkit.desk.audit import read_deeds
from toolkit.desk.endpoint import Endpoint, Page, Visit
from toolkit.desk.permissions import Permission

MOST: Final = 500


def show_deeds(visit: Visit) -> Page:
    """GET /audit: the newest first, of all or of one person."""
    person = visit.query.get("person", "")
    known = visit.house.settings.people
    with visit.house.book(read_only=True) as store:
        found = read_deeds(store, person=person if person in known else "", limit=MOST)
    zone = visit.house.zone
    rows = [(deed, deed.at.astimezone(zone), known.get(deed.person)) for deed in found]
    return Page("audit.html", {"rows": rows, "chosen": person, "people": list(known.values()), "most": MOST})


ENDPOINTS: Final = (Endpoint("GET", "/audit", Permission.AUDIT, show_deeds),)
