"""The words of the house: what is right because the workspace says so."""

from __future__ import annotations

from toolkit.language.text import words
from toolkit.language.wordlist import read_list
from toolkit.workspace import Workspace


def house_words(workspace: Workspace) -> frozenset[str]:
    """The names of the house, its people, accounts and campaigns, and the lists of words of the settings."""
    settings = workspace.settings
    accounts = settings.accounts.values()
    names = [settings.name, settings.id, *(person.name for person in settings.people.values())]
    names += [part for account in accounts for part in (account.title, account.name)]
    names += [campaign.title for campaign in workspace.campaigns.values()]
    found = {token.text for name in names for token in words(name)}
    for path in settings.writing.words:
        if workspace.tree.exists(path):
            found |= read_list(path, workspace.tree.read(path).decode("utf-8-sig", "replace"))
    return frozenset(found)
