"""leitstand.toml: what is read, and what a user sees when something is wrong."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Severity
from toolkit.networks import all_networks
from toolkit.settings import Settings, read_settings
from toolkit.settings.wording import SECRETS

WHOLE = """\
format = 1

[workspace]
id = "nordlicht"
name = "Nordlicht Kaffee"
timezone = "Europe/Berlin"
languages = ["de", "en"]
url = "https://intern.example.com/"

[people.mia]
name = "Mia Brandt"
roles = ["editor", "community"]
email = "mia@example.com"
deputy = "jan"
absences = [{from = 2026-12-21, to = 2027-01-06}]

[people.jan]
name = "Jan Petersen"

[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example.com"
server = "https://social.example.com/"
approvals = 2
options = {visibility = "public", sensitive = true}

[policy]
approvals = 1
approvers = ["manager", "legal"]
quiet_hours = ["21:30-07:00"]
late = "skip"
grace = 90
distance = 45

[publish]
ref = "main"
interval = 30

[state]
dir = "/var/lib/leitstand"

[check.severity]
alt-text = "error"
"""


def read(text: str) -> Settings:
    settings, problems = read_settings(text)
    assert problems == []
    assert settings is not None
    return settings


def messages(text: str) -> list[str]:
    settings, problems = read_settings(text)
    assert settings is None
    assert all(problem.severity is Severity.ERROR for problem in problems)
    return [str(problem) for problem in problems]


def test_a_whole_file_is_read() -> None:
    """Every documented key reaches the settings."""
    settings = read(WHOLE)
    assert (settings.id, settings.languages, settings.interface) == ("nordlicht", ("de", "en"), "de")
    assert settings.url == "https://intern.example.com"
    mia = settings.people["mia"]
    assert (mia.roles, mia.deputy) == (("editor", "community"), "jan")
    assert [mia.absent(day) for day in (date(2026, 12, 20), date(2026, 12, 21), date(2027, 1, 6), date(2027, 1, 7))] == [
        False, True, True, False,
    ]  # fmt: skip
    account = settings.accounts["mastodon"]
    assert (account.approvals, account.server) == (2, "https://social.example.com")
    assert account.options == {"visibility": "public", "sensitive": "true"}
    assert (settings.policy.approvals, settings.policy.grace, settings.policy.distance) == (1, 90, 45)
    assert (settings.ref, settings.interval, settings.state_dir) == ("main", 30, "/var/lib/leitstand")
    assert settings.severities == {"alt-text": "error"}


def test_the_smallest_file_has_sensible_defaults() -> None:
    """Two lines are enough; nothing needs approval, nothing is sent before somebody names an account."""
    settings = read('format = 1\n[workspace]\nid = "x"\n')
    assert (settings.name, settings.timezone, settings.languages) == ("x", "Europe/Berlin", ("de",))
    assert settings.policy.approvals == 0
    assert settings.accounts == {}


def test_quiet_hours_go_over_midnight() -> None:
    """21:30-07:00 holds the evening and the early morning and ends at seven sharp."""
    [hours] = read(WHOLE).policy.quiet_hours
    moments = (time(21, 29), time(21, 30), time(0), time(6, 59), time(7), time(12))
    assert [hours.contains(moment) for moment in moments] == [False, True, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = 2\n[workspace]\nid = 'x'\n", "leitstand.toml:1:1: format must be 1; write: format = 1 (settings)"),
        ("[workspace]\nid = 'x'\n", "leitstand.toml:1:1: format must be 1; write: format = 1 (settings)"),
        (
            "format = 1\n[workspace]\nid = 'x'\nlangages = ['de']\n",
            "leitstand.toml:4:1: unknown key 'langages'; did you mean 'languages'? (settings)",
        ),
        (
            "format = 1\n[workspace]\nid = 'x'\ntimezone = 'Europe/Berln'\n",
            "leitstand.toml:4:1: unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'? (settings)",
        ),
        (
            "format = 1\n[workspaces]\nid = 'x'\n",
            "leitstand.toml:2:1: unknown key 'workspaces'; did you mean 'workspace'? (settings)",
        ),
        (
            "format = 1\n[workspace]\nid = 'x'\n[accounts.feed]\nid = 'y'\n",
            "leitstand.toml:4:1: account feed needs a network (settings)",
        ),
        (
            "format = 1\n[workspace]\nid = 'x'\n[people.mia]\nroles = ['editr']\n",
            "leitstand.toml:5:1: unknown role 'editr'; did you mean 'editor'? (settings)",
        ),
        (
            "format = 1\n[workspace]\nid = 'x'\n[people.mia]\ndeputy = 'jon'\n[people.jan]\n",
            "leitstand.toml:5:1: unknown person 'jon'; did you mean 'jan'? (settings)",
        ),
        (
            "format = 1\n[workspace]\nid = 'x'\n[policy]\nlate = 'never'\n",
            "leitstand.toml:5:1: late must be one of: ask, send, skip (settings)",
        ),
        (
            "format = 1\n[workspace]\nid = 'x'\n[publish]\ninterval = true\n",
            "leitstand.toml:5:1: interval must be a whole number (settings)",
        ),
        (
            "format = 1\n[workspace\nid = 'x'\n",
            "leitstand.toml:2:11: not valid TOML: Expected ']' at the end of a table declaration (settings)",
        ),
    ],
)
def test_a_mistake_names_its_place_and_its_remedy(text: str, message: str) -> None:
    """Typos, wrong values and broken TOML are problems with line, column and what to write instead."""
    assert message in messages(text)


@pytest.mark.parametrize(
    ("lines", "place", "key"),
    [
        ('token = "s3cret"\n', "6:1", "token"),
        ('Access-Token = "s3cret"\n', "6:1", "Access-Token"),
        ('[accounts.our-news.options]\npassword = "s3cret"\n', "7:1", "password"),
        ('options = {webhook = "https://example.com/s3cret"}\n', "6:1", "webhook"),
    ],
)
def test_a_secret_is_sent_to_where_secrets_live(lines: str, place: str, key: str) -> None:
    """Whoever writes a token into the file is told how accounts sign in; what was written is not repeated."""
    (said,) = messages(f"format = 1\n[workspace]\nid = 'x'\n[accounts.our-news]\nnetwork = 'mastodon'\n{lines}")
    assert said.startswith(f"leitstand.toml:{place}: no {key} here, this file is in git: leitstand login our-news ")
    assert "LEITSTAND_TOKEN_OUR_NEWS" in said
    assert "s3cret" not in said


def test_no_network_has_an_option_that_is_taken_for_a_secret() -> None:
    """An option that exists is never refused as a secret."""
    assert [option for network in all_networks().values() for option in network.options if option in SECRETS] == []


@pytest.mark.parametrize("number", ["9" * 40, "9" * 5000, "10000000"])
@pytest.mark.parametrize("key", ["grace", "distance", "approvals", "interval"])
def test_a_number_that_no_clock_can_add_is_refused(key: str, number: str) -> None:
    """Minutes and seconds beyond years are a slip of the hand, and said to be one."""
    table = "publish" if key == "interval" else "policy"
    settings, problems = read_settings(f"format = 1\n[workspace]\nid = 'x'\n[{table}]\n{key} = {number}\n")
    assert settings is None
    assert "below" in str(problems[0]) or "not valid TOML" in str(problems[0])


def test_brackets_without_end_are_a_problem() -> None:
    """What no parser can hold is refused like any other broken file."""
    settings, (problem,) = read_settings("format = 1\nx = " + "[" * 50_000)
    assert settings is None
    assert "not valid TOML" in problem.message


def test_all_mistakes_are_shown_at_once() -> None:
    """Nobody has to mend one mistake to see the next."""
    text = "format = 1\n[workspace]\nid = 'X Y'\nfarbe = 1\n[policy]\ngrace = -1\n"
    assert len(messages(text)) == 3


@given(st.text(max_size=400))
def test_no_text_crashes_the_reader(text: str) -> None:
    """Whatever stands in the file, the reader answers with settings or problems."""
    settings, problems = read_settings(text)
    assert settings is not None or problems
