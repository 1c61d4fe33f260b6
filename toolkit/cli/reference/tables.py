"""What may stand in front matter, in blocks of the handbook and in files of occasions: title → key → meaning."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.editorial import IDEA_KEYS, SCORE_KEYS
from toolkit.experiments.reading import ARM_KEYS, CHANGE_KEYS, EXPERIMENT_KEYS, REGISTERED_KEYS
from toolkit.messages import _
from toolkit.source import CONSENT_KEYS, FRONT_MATTER, INSTANCE_KEYS, MEDIA_KEYS, OPTION_KEYS, REVISION_KEYS
from toolkit.strategy.keys import LIST_KEYS, STRATEGY_KEYS
from toolkit.workspace import (
    ASSET_KEYS,
    CAMPAIGN_KEYS,
    CAMPAIGN_RISK_KEYS,
    CLAIM_KEYS,
    DUTY_KEYS,
    GOAL_KEYS,
    HOURS_KEYS,
    IF_KEYS,
    LEVEL_KEYS,
    OCCASION_KEYS,
    OPEN_KEYS,
    PHASE_KEYS,
    RISK_KEYS,
    SLOT_KEYS,
    THEN_KEYS,
    TOPIC_KEYS,
    TRIAGE_KEYS,
    TURN_KEYS,
)


def key_tables() -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Heading and keys of each table, in the order of the page; the headings in the language spoken."""
    return (
        (_("Posts"), FRONT_MATTER),
        (_("Instances of a post that comes again"), INSTANCE_KEYS),
        (_("Corrections and retractions"), REVISION_KEYS),
        (_("Media of a post"), MEDIA_KEYS),
        (_("Consent of people in a medium"), CONSENT_KEYS),
        (_("Options per account or network"), OPTION_KEYS),
        (_("Campaigns"), CAMPAIGN_KEYS),
        (_("Goals of a campaign or of the strategy"), GOAL_KEYS),
        (_("Phases of a campaign"), PHASE_KEYS),
        (_("Assets of a campaign"), ASSET_KEYS),
        (_("Risks of a campaign"), CAMPAIGN_RISK_KEYS),
        (_("The social media plan (guidelines/strategy.md)"), STRATEGY_KEYS),
        *((_("The social media plan: {name}").format(name=f"`{name}`"), keys) for name, keys in LIST_KEYS.items()),
        (_("Ideas (content/ideas/*.md)"), IDEA_KEYS),
        (_("Score of an idea"), SCORE_KEYS),
        (_("Experiments (content/experiments/*.md)"), EXPERIMENT_KEYS),
        (_("Arms of an experiment"), ARM_KEYS),
        (_("Registration of an experiment"), REGISTERED_KEYS),
        (_("Changes of an experiment after its first post"), CHANGE_KEYS),
        (_("Occasions (content/occasions/*.yml)"), OCCASION_KEYS),
        (_("Closed topics (no-go blocks of the handbook)"), TOPIC_KEYS),
        (_("Claims that need a proof (claim blocks of the handbook)"), CLAIM_KEYS),
        (_("Service hours (hours blocks of the handbook)"), HOURS_KEYS),
        (_("Levels of service hours"), LEVEL_KEYS),
        (_("Days with other service hours"), OPEN_KEYS),
        (_("Posting slots (slots blocks of the handbook)"), SLOT_KEYS),
        (_("Duty (duty blocks of the handbook)"), DUTY_KEYS),
        (_("Turns of the duty roster"), TURN_KEYS),
        (_("Triage rules (triage blocks of the handbook)"), TRIAGE_KEYS),
        (_("When a triage rule applies (if)"), IF_KEYS),
        (_("What a triage rule does (then)"), THEN_KEYS),
        (_("Dangers (risk blocks of the handbook)"), RISK_KEYS),
    )
