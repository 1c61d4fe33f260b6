"""The rooms of the desk: whoever adds one, adds its ENDPOINTS here. The navigation in `frame.html` follows them."""

from __future__ import annotations

from typing import Final

from toolkit.desk import crisis, day, inbox, posts, records
from toolkit.desk.endpoint import Endpoint

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    *day.ENDPOINTS,
    *inbox.ENDPOINTS,
    *posts.ENDPOINTS,
    *crisis.ENDPOINTS,
    *records.ENDPOINTS,
)
