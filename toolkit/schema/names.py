"""The names that exist in a workspace, for schemas and selects that offer no others."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.kpis import KPIS
from toolkit.networks import NETWORKS
from toolkit.workspace import Workspace
from toolkit.workspace.keys import Naming

# What is named → name → how people call it.
Names = Mapping[Naming, Mapping[str, str]]


def collect_names(workspace: Workspace) -> Names:
    """People, accounts, campaigns and KPIs of a workspace, and the pillars and labels that its posts use."""
    settings, posts = workspace.settings, workspace.posts
    accounts = {name: account.title or name for name, account in settings.accounts.items()}
    used = {account.network for account in settings.accounts.values()}
    networks = {name: network.title for name, network in NETWORKS.items() if name in used}
    return {
        Naming.PERSON: {key: person.name for key, person in settings.people.items()},
        Naming.ACCOUNT: accounts,
        Naming.CHANNEL: {**networks, **accounts},
        Naming.CAMPAIGN: {name: campaign.title for name, campaign in sorted(workspace.campaigns.items())},
        Naming.PILLAR: {name: name for name in sorted({post.pillar for post in posts if post.pillar})},
        Naming.LABEL: {name: name for name in sorted({label for post in posts for label in post.labels})},
        Naming.LANGUAGE: {language: language for language in settings.languages},
        Naming.KPI: {name: kpi.title for name, kpi in KPIS.items()},
    }


def network_options() -> Mapping[str, str]:
    """What the networks' own options mean; the same name means the same everywhere."""
    return {key: text for network in NETWORKS.values() for key, text in network.known_options.items()}
