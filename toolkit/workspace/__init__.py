"""Everything a workspace's folders hold, loaded once: settings, posts, campaigns, strategy, and their problems."""

from toolkit.workspace.campaignplan import ASSET_KEYS, CAMPAIGN_RISK_KEYS, Asset, CampaignRisk
from toolkit.workspace.campaigns import CAMPAIGN_KEYS, GOAL_KEYS, PHASE_KEYS, Campaign, Goal, Phase
from toolkit.workspace.drafts import FIRST_COMMENT, Draft, draft, drafts, first_comment, instances, with_text
from toolkit.workspace.duty import DUTY_KEYS, TURN_KEYS, DutyRoster, Turn
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
from toolkit.workspace.handbook import Handbook, HandbookPage
from toolkit.workspace.hours import HOURS_KEYS, LEVEL_KEYS, OPEN_KEYS, ServiceHours, ServiceLevel
from toolkit.workspace.media import MediaDigests, media_path
from toolkit.workspace.occasions import OCCASION_KEYS, OCCASIONS, DayKind, Occasion
from toolkit.workspace.postingtimes import SLOT_KEYS, PostingSlots, PostingTime
from toolkit.workspace.statements import CLAIM_KEYS, TOPIC_KEYS, Claim, Topic, Wording
from toolkit.workspace.triage import AuthorRole, Conditions, Example, Outcome, Risk, TriageRule
from toolkit.workspace.triageblocks import IF_KEYS, RISK_KEYS, THEN_KEYS, TRIAGE_KEYS

__all__ = [
    "ASSET_KEYS",
    "CAMPAIGNS",
    "CAMPAIGN_KEYS",
    "CAMPAIGN_RISK_KEYS",
    "CLAIM_KEYS",
    "DUTY_KEYS",
    "FIRST_COMMENT",
    "GOAL_KEYS",
    "HOURS_KEYS",
    "IF_KEYS",
    "LEVEL_KEYS",
    "OCCASIONS",
    "OCCASION_KEYS",
    "OPEN_KEYS",
    "PHASE_KEYS",
    "POSTS",
    "RISK_KEYS",
    "SLOT_KEYS",
    "STATE_VARIABLE",
    "STRATEGY",
    "THEN_KEYS",
    "TOPIC_KEYS",
    "TRIAGE_KEYS",
    "TURN_KEYS",
    "Asset",
    "AuthorRole",
    "Campaign",
    "CampaignRisk",
    "Claim",
    "Conditions",
    "DayKind",
    "Draft",
    "DutyRoster",
    "Example",
    "Goal",
    "Handbook",
    "HandbookPage",
    "MediaDigests",
    "Occasion",
    "Outcome",
    "Phase",
    "PostingSlots",
    "PostingTime",
    "Risk",
    "ServiceHours",
    "ServiceLevel",
    "Topic",
    "TriageRule",
    "Turn",
    "Wording",
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
