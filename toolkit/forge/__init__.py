"""Reviews of pull requests, read from GitHub or GitLab: who approved which commit, and what came of it.

The room reads and remembers; whether a review is an approval of a post is for `toolkit.approval.reviews` to say, and
when to ask for `toolkit.dispatch.reviewing`. GitLab's merge requests are called pull requests here, too.
"""

from toolkit.forge.base import Forge, ForgeBusyError, ForgeError, Pull, Review
from toolkit.forge.knowledge import Given, Knowledge, read_knowledge, write_knowledge
from toolkit.forge.opening import ACCOUNT, open_forge

__all__ = [
    "ACCOUNT",
    "Forge",
    "ForgeBusyError",
    "ForgeError",
    "Given",
    "Knowledge",
    "Pull",
    "Review",
    "open_forge",
    "read_knowledge",
    "write_knowledge",
]
