"""[inbox] in leitstand.toml: how often people are listened to, and how long what they write is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from toolkit.settings import InboxPolicy, read_settings

BASE = 'format = 1\n[workspace]\nid = "a"\n'


def test_without_the_table_the_defaults_hold() -> None:
    """Every five minutes, comments below posts of three months, half a year kept."""
    settings, problems = read_settings(BASE)
    assert settings is not None
    assert problems == []
    assert settings.inbox == InboxPolicy(5, 90, 180)


def test_what_the_table_says_counts() -> None:
    """As spans of time for those who ask and forget."""
    settings, problems = read_settings(f"{BASE}[inbox]\nminutes = 2\ndays = 30\nretention_days = 60\n")
    assert settings is not None
    assert problems == []
    policy = settings.inbox
    assert (policy.every, policy.window, policy.retention) == (
        timedelta(minutes=2),
        timedelta(days=30),
        timedelta(days=60),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("minutes = 0", "leitstand.toml:5:1: minutes must be between 1 and 1440"),
        ("days = 1000", "leitstand.toml:5:1: days must be between 1 and 730"),
        ('retention_days = "180"', "leitstand.toml:5:1: retention_days must be a whole number"),
        ("retention = 3", "leitstand.toml:5:1: unknown key 'retention'; did you mean 'retention_days'?"),
    ],
)
def test_a_slip_is_told_at_its_line(line: str, said: str) -> None:
    """With the bounds, or what was probably meant."""
    settings, problems = read_settings(f"{BASE}[inbox]\n{line}\n")
    assert settings is None
    assert [str(problem).partition(" (")[0] for problem in problems] == [said]
