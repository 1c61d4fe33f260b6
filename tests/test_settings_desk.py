from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network

import pytest

from toolkit.desk.permissions import USUAL, Permission, permissions, permissions_of
from toolkit.settings import ROLES, DeskPolicy, Settings, read_settings
from toolkit.settings.desk import PERMISSIONS, ROLE_NAMES

HEAD = 'format = 1\n[workspace]\nid = "w"\nname = "W"\ntimezone = "Europe/Berlin"\n'
PEOPLE = '[people.a]\nname = "A"\nroles = ["community", "analyst"]\n'
PROXY = 'user_header = "X-Forwarded-User"\nproxies = ["10.0.0.5"]\norigin = "https://desk.example.com"\n'


def read(text: str) -> Settings:
    settings, problems = read_settings(HEAD + PEOPLE + text)
    assert settings is not None, [str(problem) for problem in problems]
    return settings


def complaints(text: str) -> list[str]:
    settings, problems = read_settings(HEAD + PEOPLE + text)
    assert settings is None
    assert all(problem.span.line > 5 for problem in problems)
    return [problem.message for problem in problems]


def test_the_table_says_how_the_desk_stands() -> None:
    """Header, proxies and origin are read; minutes, hours and days are spans of time."""
    policy = read(f"[desk]\n{PROXY}idle_minutes = 30\nsession_hours = 8\nlink_minutes = 5\naudit_days = 90\n").desk
    assert policy.user_header == "X-Forwarded-User"
    assert policy.proxies == (ip_network("10.0.0.5"),)
    assert policy.origin == "https://desk.example.com"
    spans = (policy.idle, policy.longest, policy.link, policy.audit)
    assert spans == (timedelta(minutes=30), timedelta(hours=8), timedelta(minutes=5), timedelta(days=90))
    assert read("").desk == DeskPolicy()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('user_header = "X-Forwarded-User"\n', "needs proxies"),
        ('user_header = "X-Forwarded-User"\nproxies = ["10.0.0.5"]\n', "needs origin"),
        ('proxies = ["10.0.0.5"]\n', "needs user_header"),
        (PROXY.replace("10.0.0.5", "0.0.0.0/0"), "is everybody"),
        (PROXY.replace("10.0.0.5", "::/0"), "is everybody"),
        (PROXY.replace("10.0.0.5", "proxy.example.com"), "no address and no network"),
        (PROXY.replace("10.0.0.5", "10.0.0.5/24"), "no address and no network"),
        (PROXY.replace("X-Forwarded-User", "Cookie"), "only the proxy sets"),
        (PROXY.replace("X-Forwarded-User", "X-Forwarded-For"), "only the proxy sets"),
        (PROXY.replace("X-Forwarded-User", "X User"), "only the proxy sets"),
        (PROXY.replace("https://desk.example.com", "desk.example.com"), "without a path"),
        (PROXY.replace("https://desk.example.com", "https://desk.example.com/desk"), "without a path"),
        (PROXY.replace("https://desk.example.com", "javascript:x"), "without a path"),
        ("idle_minutes = 1\n", "between 5 and 1440"),
        ("session_hours = 999\n", "between 1 and 168"),
        ('user_headers = "X"\n', "user_header"),
        ('permissions = {manger = ["read"]}\n', "manager"),
        ('permissions = {manager = ["raed"]}\n', "read"),
        ('permissions = {manager = "read"}\n', "list of texts"),
    ],
)
def test_what_would_open_the_desk_is_an_error(text: str, said: str) -> None:
    """Half a proxy, a proxy that is everybody, slips in names of roles and permissions: each is told with its place."""
    assert any(said in one for one in complaints(f"[desk]\n{text}")), complaints(f"[desk]\n{text}")


def test_roles_may_what_is_usual_unless_the_house_says_otherwise() -> None:
    """A role's list replaces what is usual for it; [] takes everything; several roles add up."""
    usual = read("")
    assert permissions(usual.people["a"], usual) == USUAL["community"] | USUAL["analyst"]
    own = read('[desk.permissions]\ncommunity = ["answer"]\nanalyst = []\n')
    assert permissions(own.people["a"], own) == {Permission.READ, Permission.ANSWER}
    assert permissions_of("analyst", own) == frozenset()
    assert permissions(None, usual) == frozenset()


def test_whose_yes_counts_is_said_once() -> None:
    """Who may approve follows [policy] approvers and [inbox] approve_by: the desk opens the door to just them."""
    settings = read('[policy]\napprovers = ["legal"]\n[inbox]\napprove_by = ["analyst"]\n')
    assert {role for role in ROLES if Permission.APPROVE in permissions_of(role, settings)} == {"legal", "analyst"}


def test_words_of_settings_and_desk_are_the_same() -> None:
    """What leitstand.toml may name is what the desk knows."""
    assert set(PERMISSIONS) == set(Permission)
    assert set(ROLE_NAMES) == set(ROLES) == set(USUAL)
