"""The built-in rules, in the order of the documentation. Packages add more through the entry points `leitstand.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from toolkit.errors import UsageError
from toolkit.lint.rule import Rule
from toolkit.lint.rules import (
    abbreviation,
    address,
    alt_text,
    approval,
    brand_colours,
    briefing,
    campaign,
    campaign_plan,
    claims,
    contrast,
    decision,
    distance,
    duplicate_text,
    duty,
    emoji,
    encoding,
    experiment,
    fancy_letters,
    front_matter,
    gender_form,
    handbook_review,
    hashtag_case,
    holiday,
    homoglyph_domain,
    idea,
    invisible_characters,
    length,
    link,
    media,
    media_captions,
    media_fit,
    media_mix,
    names,
    no_go,
    occasion,
    pillar_mix,
    playbook,
    posting_slot,
    posting_window,
    publish_time,
    readability,
    rights,
    service_hours,
    settings,
    social_media_plan,
    spelling,
    sponsored,
    strategy,
    style_rule,
    thread_break,
    tokens,
    triage,
    uid,
    voices,
)
from toolkit.messages import _

GROUP: Final = "leitstand.rules"
BUILT_IN: Final = (
    front_matter,
    encoding,
    settings,
    names,
    uid,
    publish_time,
    posting_window,
    posting_slot,
    distance,
    duty,
    holiday,
    length,
    alt_text,
    media,
    media_fit,
    media_mix,
    media_captions,
    brand_colours,
    tokens,
    contrast,
    rights,
    link,
    campaign,
    campaign_plan,
    strategy,
    social_media_plan,
    pillar_mix,
    experiment,
    idea,
    occasion,
    no_go,
    claims,
    service_hours,
    triage,
    voices,
    playbook,
    briefing,
    handbook_review,
    decision,
    style_rule,
    duplicate_text,
    approval,
    sponsored,
    spelling,
    address,
    gender_form,
    abbreviation,
    readability,
    hashtag_case,
    emoji,
    fancy_letters,
    invisible_characters,
    homoglyph_domain,
    thread_break,
)

RULES: Final[Mapping[str, Rule]] = {module.RULE.id: module.RULE for module in BUILT_IN}


@cache
def all_rules() -> Mapping[str, Rule]:
    """The built-in rules and those of installed packages; a package cannot replace a built-in rule."""
    from importlib.metadata import entry_points

    found: dict[str, Rule] = {}
    for point in entry_points(group=GROUP):
        rule = point.load()
        if not isinstance(rule, Rule):
            raise UsageError(_("the entry point {name} of {group} is not a Rule").format(name=point.name, group=GROUP))
        found[rule.id] = rule
    return {**found, **RULES}
