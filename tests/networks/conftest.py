"""A workspace's settings with one account per network, and drafts of texts."""

from __future__ import annotations

import pytest

from toolkit.networks import NETWORKS
from toolkit.settings import Settings, read_settings

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["de"]
"""


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings with an account for every built-in network, called like it."""
    accounts = "".join(f'[accounts.{name}]\nnetwork = "{name}"\n' for name in NETWORKS)
    read, problems = read_settings(SETTINGS + accounts)
    assert read is not None, problems
    return read
