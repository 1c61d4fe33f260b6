"""Limits, language, requests, words of time, links of strangers, names of files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.desk.assets import read_assets
from toolkit.desk.limits import Limit, Limits
from toolkit.desk.rendering import say_ago, web_link
from toolkit.desk.request import Ask, read_form, read_query
from toolkit.desk.speech import language_of
from toolkit.messages import _, speak, speaking, spoken

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 2)), max_size=200))
def test_nobody_gets_more_than_their_share(visits: list[tuple[float, int]]) -> None:
    """In any stretch of time no one takes more than the burst and what came back in it, and a wait that was told is enough."""
    seconds = [0.0]
    limits, limit = Limits(lambda: seconds[0]), Limit(5, 0.5)
    taken: dict[int, list[float]] = {}
    for pause, who in visits:
        seconds[0] += pause / 10
        wait = limits.take(limit, str(who))
        if wait:
            seconds[0] += wait
            assert limits.take(limit, str(who)) == 0
        taken.setdefault(who, []).append(seconds[0])
    for moments in taken.values():
        for start in range(len(moments)):
            for end in range(start, len(moments)):
                assert end - start + 1 <= limit.burst + (moments[end] - moments[start]) * limit.per_second + 1e-6


def test_many_strangers_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many addresses come, so many buckets are kept; who is being slowed down stays so."""
    monkeypatch.setattr("toolkit.desk.limits.MOST_BUCKETS", 100)
    limits, limit = Limits(lambda: 0.0), Limit(2, 0.001)
    for number in range(1000):
        limits.take(limit, f"stranger {number}")
    assert len(limits._buckets) == 100


@pytest.mark.parametrize(
    ("cookie", "wanted", "spoken_to"),
    [
        ("", "", "de"),
        ("", "en-GB,en;q=0.9,de;q=0.8", "en"),
        ("", "fr,de-AT;q=0.7,en;q=0.3", "de"),
        ("", "de;q=0,en;q=0.1", "en"),
        ("", "fr, *;q=0.5", "de"),
        ("", "en;q=2, ((((, de;q=abc", "de"),
        ("leitstand-language=en", "de", "en"),
        ("leitstand-language=../../x", "en", "en"),
        ("leitstand-language=en; leitstand-language=de", "de", "de"),
    ],
)
def test_people_are_spoken_to_in_their_language(cookie: str, wanted: str, spoken_to: str) -> None:
    """As they chose, else as their browser weighs it, else as the workspace speaks."""
    headers = (("cookie", cookie), ("accept-language", wanted))
    assert language_of(Ask("GET", "/", headers=headers), "de") == spoken_to


def test_each_thread_of_talk_has_its_language() -> None:
    """Within `speaking` one person is spoken to in German, while the process goes on in English."""
    speak("en")
    with speaking("de"):
        assert (spoken(), _("Monday")) == ("de", "Montag")
        with speaking("en"):
            assert _("Monday") == "Monday"
        assert _("Monday") == "Montag"
    assert (spoken(), _("Monday")) == ("en", "Monday")


@given(st.binary(max_size=300), st.text(max_size=100))
def test_no_form_and_no_query_breaks_the_reader(body: bytes, query: str) -> None:
    """Whatever is sent is values by name, or refused as unreadable."""
    for read in (lambda: read_form(Ask("POST", "/", body=body)), lambda: read_query(Ask("GET", "/", query))):
        try:
            found = read()
        except ValueError:
            continue
        assert all(isinstance(name, str) for name in found)


def test_lines_and_doubled_names_are_kept() -> None:
    """Texts have plain line ends; what was picked several times comes several times."""
    found = read_form(Ask("POST", "/", body=b"text=a%0D%0Ab+%C3%A4&pick=1&pick=2&empty="))
    assert found == {"text": ("a\nb ä",), "pick": ("1", "2"), "empty": ("",)}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/a?b#c", True),
        ("http://example.com", True),
        ("javascript:alert(1)", False),
        (" \x01javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.com", False),
        ("/relative", False),
        ("https:", False),
        ("https://[broken", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, shown: bool) -> None:
    """What strangers call a link is one only when a browser would load a page there."""
    assert web_link(url) == (url if shown else "")


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=61), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(minutes=-5), "in 5 minutes"),
        (timedelta(days=-1, hours=-1), "in 1 day"),
    ],
)
def test_moments_are_said_from_now(ago: timedelta, said: str) -> None:
    """Rounded down, so that nothing is older or nearer than it is said to be."""
    assert say_ago(NOW - ago, NOW) == said


def test_htmx_is_the_published_file() -> None:
    """The script is byte for byte what htmx 2.0.3 published, by the integrity value of its documentation."""
    import base64
    import hashlib

    data = read_assets().known["htmx.js"].data
    found = base64.b64encode(hashlib.sha384(data).digest()).decode()
    # https://htmx.org/docs/#installing, as it was for 2.0.3
    assert found == "0895/pl2MU10Hqc6jd4RvrthNlDiE9U1tWmX7WRESftEDRosgxNsQG/Ze9YMRzHq"
