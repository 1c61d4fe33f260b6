"""Moving in: whole workspaces from other publishing tools, with their posts and what they published.

One room per tool reads what it left behind (`galaxy` for galaxy-social) and says what it changed and why, post by post;
`forgiving` asks the rules what nobody can make right any more, `files` writes the workspace, never over what is there,
and `history` tells the ledger what is out, so that nothing of the past is sent again. `leitstand import-posts` shows it.
"""

from toolkit.migration.base import Change, Delivery, Kind, Migration, Moved
from toolkit.migration.fetching import Fetched, fetch_pictures
from toolkit.migration.files import Written, write_migration
from toolkit.migration.forgiving import forgive
from toolkit.migration.history import Recorded, record_history

__all__ = [
    "Change",
    "Delivery",
    "Fetched",
    "Kind",
    "Migration",
    "Moved",
    "Recorded",
    "Written",
    "fetch_pictures",
    "forgive",
    "record_history",
    "write_migration",
]
