"""The rooms of the desk: whoever adds one, adds its ENDPOINTS here. The navigation in `frame.html` follows them."""

from __future__ import annotations

from typing import Final

from toolkit.desk import inbox, records, start
from toolkit.desk.endpoint import Endpoint

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    *start.ENDPOINTS,
    *inbox.ENDPOINTS,
    *records.ENDPOINTS,
)
