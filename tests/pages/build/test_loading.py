"""What a build loads before it knows what the workspace has: seconds of everybody's day."""

from __future__ import annotations

import subprocess
import sys

import pytest

from toolkit.networks import BUILT_IN

# What only some workspaces have, sends, checks or counts; and what is heavy of other people's.
HEAVY = (
    *("toolkit.alerts.scene", "toolkit.community.inbox.book", "toolkit.community.triage.book", "toolkit.dispatch"),
    *("toolkit.editor", "toolkit.experiments.saying", "toolkit.importers", "toolkit.learning", "toolkit.lint"),
    *("toolkit.forge", "toolkit.kpis", "toolkit.metrics", "toolkit.networks.mail", "toolkit.networks.mastodon"),
    *("toolkit.networks.mediarules", "toolkit.outlook.kit", "toolkit.pictures"),
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


def test_an_adapter_comes_without_a_parser_and_without_a_client() -> None:
    """Whoever asks who publishes by hand, or how long a text may be, renders nothing and sends nothing."""
    adapters = ", ".join(f"toolkit.networks.{name}" for name in BUILT_IN)
    assert not loaded(adapters) & {"markdown_it", "httpx", "PIL", "toolkit.networks.answers", "toolkit.web"}
