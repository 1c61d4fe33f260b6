"""[oncall] in leitstand.toml: who is called when something cannot wait."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from toolkit.settings import OncallPolicy, Swap, read_settings

BASE = 'format = 1\n[workspace]\nid = "a"\n[people.mai]\n[people.ole]\n[people.tarek]\n[oncall]\n'
ROTA = 'rota = ["mai", "ole", "tarek"]\nstart = 2026-11-23\n'


def policy(table: str) -> OncallPolicy:
    settings, problems = read_settings(BASE + table)
    assert settings is not None, [str(problem) for problem in problems]
    assert problems == []
    assert settings.oncall is not None
    return settings.oncall


def test_without_the_table_nobody_is_called() -> None:
    """An empty one is enough for the usual way."""
    settings, _problems = read_settings(BASE.replace("[oncall]\n", ""))
    assert settings is not None
    assert settings.oncall is None
    assert policy("") == OncallPolicy()


def test_a_whole_table_is_read() -> None:
    """Every key has its value; minutes become a stretch of time."""
    swaps = 'swaps = [{person = "tarek", from = 2026-12-24, to = 2026-12-26}]\n'
    more = f'turn = 3\nhandover = "18:30"\nnight = 2\nday = 1\nwithin = 5\n{swaps}'
    assert policy(ROTA + more) == OncallPolicy(
        ("mai", "ole", "tarek"),
        date(2026, 11, 23),
        3,
        time(18, 30),
        (Swap("tarek", date(2026, 12, 24), date(2026, 12, 26)),),
        2,
        1,
        timedelta(minutes=5),
    )


@pytest.mark.parametrize(
    ("start", "moment", "expected"),
    [
        ("2026-11-23", "2026-11-23 09:00", "mai ole tarek"),
        ("2026-11-23", "2026-11-23 08:59", "tarek mai ole"),  # the turn before has not ended yet
        ("2026-11-23", "2026-11-30 08:59", "mai ole tarek"),
        ("2026-11-23", "2026-11-30 09:00", "ole tarek mai"),
        ("2026-11-23", "2026-12-14 12:00", "mai ole tarek"),
        ("2026-11-23", "2026-11-22 12:00", "tarek mai ole"),  # before the first day it goes backwards
        ("2026-12-21", "2026-12-24 08:59", "mai ole tarek"),
        ("2026-12-21", "2026-12-24 09:00", "tarek ole mai"),  # mai has swapped and is asked last
        ("2026-12-21", "2026-12-27 08:59", "tarek ole mai"),
        ("2026-12-21", "2026-12-27 09:00", "mai ole tarek"),
    ],
)
def test_turns_go_round(start: str, moment: str, expected: str) -> None:
    """A turn lasts from handover to handover, also one that was swapped; nobody is named twice."""
    swaps = 'swaps = [{person = "tarek", from = 2026-12-24, to = 2026-12-26}]\n'
    rota = policy(f'rota = ["mai", "ole", "tarek"]\nstart = {start}\n{swaps}')
    assert " ".join(rota.order(datetime.fromisoformat(moment))) == expected


def test_without_a_rota_only_swaps_name_somebody() -> None:
    """Who else is called then, the roles say."""
    alone = policy('swaps = [{person = "ole", from = 2026-12-24, to = 2026-12-24}]\n')
    assert alone.order(datetime(2026, 12, 24, 12)) == ("ole",)  # noqa: DTZ001  # a wall time
    assert alone.order(datetime(2026, 12, 25, 12)) == ()  # noqa: DTZ001  # a wall time


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('rota = ["mia"]', "leitstand.toml:8:1: unknown person 'mia'; did you mean 'mai'?"),
        ('rota = ["mai", "ole"]', "start is missing, such as 2026-11-23"),
        ("start = 5", "leitstand.toml:8:1: start must be a date"),
        ("turn = 0", "leitstand.toml:8:1: turn must be between 1 and 366"),
        ("night = 4", "leitstand.toml:8:1: night must be between 1 and 3"),
        ("within = 0", "leitstand.toml:8:1: within must be between 1 and 10000"),
        ('handover = "9"', 'leitstand.toml:8:1: handover must be a time such as "09:00"'),
        ('handover = "09:00+01:00"', 'leitstand.toml:8:1: handover must be a time such as "09:00"'),
        ('swaps = ["mai"]', "leitstand.toml:8:1: an entry of swaps looks like"),
        ('swaps = [{person = "oel", from = 2026-12-24, to = 2026-12-24}]', "did you mean 'ole'?"),
        ("wihtin = 5", "did you mean 'within'?"),
    ],
)
def test_a_slip_is_told_at_its_line(line: str, said: str) -> None:
    """With what was probably meant."""
    settings, problems = read_settings(f"{BASE}{line}\n")
    assert settings is None
    assert any(said in str(problem) for problem in problems), [str(problem) for problem in problems]
