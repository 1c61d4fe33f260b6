"""Checking a workspace: rules find problems, settings weigh them, posts may ignore them with a reason.

`check_workspace` is the whole of it; `check_whole` remembers what it found, `post_errors` asks about one post.
"""

from toolkit.lint.checking import check_workspace, post_errors
from toolkit.lint.handbook import workspace_rules
from toolkit.lint.recall import Recall
from toolkit.lint.rule import LedgerRow, Rule, View
from toolkit.lint.rules import RULES, all_rules
from toolkit.lint.whole import check_whole

__all__ = [
    "RULES",
    "LedgerRow",
    "Recall",
    "Rule",
    "View",
    "all_rules",
    "check_whole",
    "check_workspace",
    "post_errors",
    "workspace_rules",
]
