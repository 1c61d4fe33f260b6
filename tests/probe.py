"""The smallest workspace that publishes: Anna and a feed. Tests add the accounts that they are about."""

from __future__ import annotations

from typing import Final

PROBE: Final = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]

[people.anna]
roles = ["editor"]

[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"
"""
