"""Everything a workspace's folders hold, loaded once: settings, posts, campaigns, strategy, and their problems."""

from toolkit.workspace.campaigns import CAMPAIGN_KEYS, GOAL_KEYS, PHASE_KEYS, Campaign, Goal, Phase
from toolkit.workspace.drafts import FIRST_COMMENT, Draft, draft, drafts, first_comment, instances, with_text
from toolkit.workspace.folder import (
    CAMPAIGNS,
    POSTS,
    STATE_VARIABLE,
    STRATEGY,
    Workspace,
    find_root,
    load_settings,
    load_workspace,
    open_tree,
    post_folder,
    state_dir,
)
from toolkit.workspace.media import MediaDigests, media_path

__all__ = [
    "CAMPAIGNS",
    "CAMPAIGN_KEYS",
    "FIRST_COMMENT",
    "GOAL_KEYS",
    "PHASE_KEYS",
    "POSTS",
    "STATE_VARIABLE",
    "STRATEGY",
    "Campaign",
    "Draft",
    "Goal",
    "MediaDigests",
    "Phase",
    "Workspace",
    "draft",
    "drafts",
    "find_root",
    "first_comment",
    "instances",
    "load_settings",
    "load_workspace",
    "media_path",
    "open_tree",
    "post_folder",
    "state_dir",
    "with_text",
]
