"""The schemas themselves: what a post, a campaign, a briefing, an idea, an experiment, a crisis plan, occasions, feeds and leitstand.toml say."""

from __future__ import annotations

from typing import Final

from toolkit.editorial.keys import IDEA, OCCASIONS
from toolkit.experiments.keys import EXPERIMENT
from toolkit.messages import _
from toolkit.schema.fragments import Fragment
from toolkit.schema.keys import read_keys
from toolkit.schema.names import Names
from toolkit.schema.tables import toml_tables
from toolkit.strategy.keys import STRATEGY_PAGE
from toolkit.workspace.keys import BRIEFING, CAMPAIGN, FEEDS, PLAYBOOK, POST

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def post_schema(names: Names | None = None) -> Fragment:
    """The front matter of a post; with `names`, it may name only who and what exists."""
    return {**_head(_("Front matter of a post")), "type": ["object", "null"], **read_keys(POST, names or {})}


def campaign_schema(names: Names | None = None) -> Fragment:
    """The front matter of a page in content/campaigns."""
    return {**_head(_("Front matter of a campaign")), "type": ["object", "null"], **read_keys(CAMPAIGN, names or {})}


def briefing_schema(names: Names | None = None) -> Fragment:
    """The front matter of a page in guidelines/briefings."""
    needed = {"required": ["owner", "valid_from", "valid_until"]}
    keys = read_keys(BRIEFING, names or {})
    return {**_head(_("Front matter of a briefing")), "type": "object", **keys, **needed}


def strategy_schema(names: Names | None = None) -> Fragment:
    """The front matter of guidelines/strategy.md."""
    keys = read_keys(STRATEGY_PAGE, names or {})
    return {**_head(_("Front matter of the social media plan")), "type": ["object", "null"], **keys}


def experiment_schema(names: Names | None = None) -> Fragment:
    """The front matter of a page in content/experiments."""
    needed = {"required": ["arms", "start", "stop"]}
    return {
        **_head(_("Front matter of an experiment")),
        "type": ["object", "null"],
        **read_keys(EXPERIMENT, names or {}),
        **needed,
    }


def idea_schema(names: Names | None = None) -> Fragment:
    """The front matter of a page in content/ideas."""
    return {**_head(_("Front matter of an idea")), "type": ["object", "null"], **read_keys(IDEA, names or {})}


def occasions_schema(names: Names | None = None) -> Fragment:
    """A file of content/occasions."""
    return {**_head("content/occasions/*.yml"), "type": ["object", "null"], **read_keys(OCCASIONS, names or {})}


def playbook_schema(names: Names | None = None) -> Fragment:
    """The front matter of a crisis plan in guidelines/crisis."""
    return {**_head(_("Front matter of a crisis plan")), "type": ["object", "null"], **read_keys(PLAYBOOK, names or {})}


def feeds_schema(names: Names | None = None) -> Fragment:
    """content/feeds.yml: all that the house listens to besides its accounts."""
    return {**_head("content/feeds.yml"), "type": ["object", "null"], **read_keys(FEEDS, names or {})}


def settings_schema() -> Fragment:
    """leitstand.toml, as a TOML parser gives it, with dates as texts."""
    return {**_head("leitstand.toml"), "type": "object", **toml_tables()}


def _head(title: str) -> Fragment:
    return {"$schema": DIALECT, "title": title}
