"""What a build loads before it knows what the workspace has: seconds of everybody's day."""

from __future__ import annotations

import subprocess
import sys

import pytest

# What only some workspaces have, sends, checks or counts; and what is heavy of other people's.
HEAVY = (
    *("toolkit.alerts.scene", "toolkit.community.inbox.book", "toolkit.community.triage.book", "toolkit.dispatch"),
    *("toolkit.editor", "toolkit.experiments.saying", "toolkit.importers", "toolkit.learning", "toolkit.lint"),
    *("toolkit.forge", "toolkit.kpis", "toolkit.metrics", "toolkit.networks.mail", "toolkit.networks.mastodon"),
    *("toolkit.pages.posts.cards", "toolkit.planning.suggesting", "toolkit.reports.scope", "toolkit.research"),
    *("toolkit.sentiment", "toolkit.style", "toolkit.surprise", "toolkit.web"),
    *("PIL", "duckdb", "httpx", "ibis", "matplotlib", "numpy", "pandas", "pyarrow", "rich", "typer"),
    *("http.client", "markdown_it", "ssl"),
)


def loaded(module: str) -> set[str]:
    """Every module that a new interpreter has after importing one."""
    code = f"import sys, {module}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize("module", ["toolkit.pages.build.plugin", "toolkit.outlook"])
def test_a_build_begins_without_what_it_may_never_need(module: str) -> None:
    """Sending, rules, numbers, inbox and research are loaded where a workspace has something for them."""
    assert not loaded(module) & set(HEAVY)
