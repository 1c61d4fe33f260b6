"""Posts at the desk: saying yes to them, what goes out and what became of it, hand-offs, and the pause switch.

==================================  ==============================================================================
`approvals` `memory`                what waits for a yes, what changed since the last word, and the press itself
`listing` `showing`                 what goes out and what became of it; one post with everything about it
`deciding`                          stop it, let it go on; it is out, send it again, drop it
`handing`                           the kit of a person who publishes by hand, and the link that says it is out
`pausing`                           what is paused, by whom and why; stopping, and going on post by post
`ground` `rows` `previews`          what the pages share: one look at files and ledger, rows and cards as values
==================================  ==============================================================================
"""

from __future__ import annotations

from typing import Final

from toolkit.desk.endpoint import Endpoint
from toolkit.desk.posts import approvals, deciding, handing, listing, pausing, showing

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    *approvals.ENDPOINTS,
    *listing.ENDPOINTS,
    *showing.ENDPOINTS,
    *deciding.ENDPOINTS,
    *handing.ENDPOINTS,
    *pausing.ENDPOINTS,
)
