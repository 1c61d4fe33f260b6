"""`leitstand schema`: what posts, campaigns, briefings, crisis plans, feeds, the strategy and settings say, as JSON Schema for editors and other programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, open_context, print_json
from toolkit.errors import EXIT_CLEAN
from toolkit.schema import (
    Names,
    briefing_schema,
    campaign_schema,
    collect_names,
    experiment_schema,
    feeds_schema,
    idea_schema,
    occasions_schema,
    playbook_schema,
    post_schema,
    settings_schema,
    strategy_schema,
)
from toolkit.schema.fragments import Fragment


class Subject(StrEnum):
    """What a schema is about."""

    POST = "post"
    CAMPAIGN = "campaign"
    BRIEFING = "briefing"
    PLAYBOOK = "playbook"
    FEEDS = "feeds"
    IDEA = "idea"
    EXPERIMENT = "experiment"
    OCCASIONS = "occasions"
    STRATEGY = "strategy"
    SETTINGS = "settings"


def run(
    subject: Annotated[
        Subject,
        typer.Argument(
            metavar="WHAT",
            help="post, campaign, idea, experiment, occasions, briefing, playbook, feeds, strategy or settings.",
        ),
    ],
    *,
    free: Annotated[bool, typer.Option("--any-names", help="Allow also names that do not exist here.")] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Print a JSON Schema; but for the settings with the people, accounts and campaigns that exist here."""
    context = open_context(workspace)
    names = None if free or subject is Subject.SETTINGS else collect_names(context.load())
    schema = _schema(subject, names)
    if as_json:
        print_json(schema)
    else:
        typer.echo(json.dumps(schema, ensure_ascii=False, indent=2))
    return EXIT_CLEAN


def _schema(subject: Subject, names: Names | None) -> Fragment:
    if subject is Subject.SETTINGS:
        return settings_schema()
    makers = {
        Subject.POST: post_schema,
        Subject.CAMPAIGN: campaign_schema,
        Subject.BRIEFING: briefing_schema,
        Subject.PLAYBOOK: playbook_schema,
        Subject.FEEDS: feeds_schema,
        Subject.IDEA: idea_schema,
        Subject.EXPERIMENT: experiment_schema,
        Subject.OCCASIONS: occasions_schema,
        Subject.STRATEGY: strategy_schema,
    }
    return makers[subject](names)
