"""What may stand in the table ``[alerts]``, and what a person sees when something else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from toolkit.settings import AlertPolicy, read_settings

HEAD = 'format = 1\n[workspace]\nid = "probe"\n'


def complaint(table: str) -> str:
    """The one problem of a settings file with these lines in ``[alerts]``, with its place."""
    settings, problems = read_settings(f"{HEAD}[alerts]\n{table}")
    assert settings is None
    (problem,) = problems
    return str(problem)


def test_a_whole_table_is_read() -> None:
    """Every key has its value; minutes become stretches of time."""
    table = 'relay = "smtps://leitstand@mail.example.com"\nsender = "leitstand@example.com"\nhourly = 3\n'
    more = 'heartbeat = "https://watch.example.com/leitstand"\nescalate = 20\nunknown = 15\n'
    settings, problems = read_settings(f"{HEAD}[alerts]\n{table}{more}")
    assert problems == []
    assert settings is not None
    assert settings.alerts == AlertPolicy(
        "smtps://leitstand@mail.example.com",
        "leitstand@example.com",
        "https://watch.example.com/leitstand",
        3,
        timedelta(minutes=20),
        timedelta(minutes=15),
    )


def test_without_the_table_nothing_is_sent_anywhere() -> None:
    """No table means no relay and no heartbeat."""
    settings, problems = read_settings(HEAD)
    assert problems == []
    assert settings is not None
    assert (settings.alerts.relay, settings.alerts.heartbeat) == ("", "")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('relay = "smtps://me:geheim@mail.example.com"\nsender = "a@example.com"', "LEITSTAND_ALERT_RELAY_PASSWORD"),
        ('heartbeat = "https://me:geheim@watch.example.com"', "LEITSTAND_HEARTBEAT"),
        ('relay = "mail.example.com"\nsender = "a@example.com"', "relay must be an address"),
        ('relay = "smtp://[::1"\nsender = "a@example.com"', "relay must be an address"),
        ('relay = "smtp://mail.example.com:99999"\nsender = "a@example.com"', "relay must be an address"),
        ('relay = "smtps://mail.example.com"', "a relay needs a sender"),
        ('heartbeat = "watch.example.com"', "heartbeat must be an address"),
        ("hourly = 0", "hourly must be between 1 and"),
        ("escalate = -5", "escalate must be between 1 and"),
        ("unknwon = 5", "did you mean 'unknown'?"),
    ],
)
def test_what_cannot_be_used_is_a_problem_at_its_place(table: str, said: str) -> None:
    """The problem names line and remedy, and no password is repeated."""
    problem = complaint(table)
    assert said in problem
    assert problem.startswith("leitstand.toml:5:1")
    assert "geheim" not in problem
