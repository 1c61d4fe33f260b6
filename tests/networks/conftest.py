"""A workspace's settings with one account per network, and drafts of texts."""

from __future__ import annotations

import hypothesis
import pytest

from toolkit.networks import NETWORKS
from toolkit.settings import Settings, read_settings

# The first address of a process compiles a pattern, and the machine may be busy: time is not what is proved here.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

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
