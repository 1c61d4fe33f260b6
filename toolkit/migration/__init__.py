"""Moving in: whole workspaces from other publishing tools, with their posts and what they published.

One room per tool reads what it left behind: `galaxy` for galaxy-social, whose accounts move as well; `buffer`, `hootsuite`,
`postiz`, `mixpost`, `wordpress`, `jekyll` and `hugo` into the form of `archive` (`tools` lists them, each with how sure we are
of its files). `assigning` finds our account for each channel, `moving` makes posts: what is over is history, what is planned
there is a draft here, and `bringing` is the whole way. `fromhtml` and `plaintext` make Markdown that reads as it did there;
`jsonfile`, `csvfile`, `sitefile`, `sitemedia` and `moments` read what several tools write, `joining` joins what was one post.
Each move says what it changed and why, post by post; `copying` and `fetching` bring media, `postfile` writes the file.
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
