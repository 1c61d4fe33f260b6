"""Record keys: their syntax is the protocol's, their order is that of time, and they know their intent."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.suites import interop_lines
from toolkit.networks.bluesky.tids import created_at, is_ours, is_tid, make_tid, moment_of

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
KEYS = st.text(min_size=1, max_size=40)


# https://atproto.com/specs/lexicon#datetime, with the one precision that we write
WRITTEN = re.compile(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](?:\.[0-9]+)?(?:Z|[+-][0-2][0-9]:[0-5][0-9])"
)


@given(key=KEYS, at=MOMENTS)
def test_times_are_written_as_the_protocol_wants_them(shared_data: Path, key: str, at: datetime) -> None:
    """In the form that takes every valid time of the protocol's list; ours ends in Z, which it prefers."""
    assert [
        line for line in interop_lines(shared_data, "datetime_syntax_valid.txt") if not WRITTEN.fullmatch(line)
    ] == []
    written = created_at(make_tid(key, at))
    assert WRITTEN.fullmatch(written)
    assert written.endswith("Z")


@given(key=KEYS, at=MOMENTS)
def test_a_key_is_valid_and_is_of_its_millisecond(key: str, at: datetime) -> None:
    """The same intent at the same time has the same valid key, whose time is that millisecond."""
    tid = make_tid(key, at)
    assert is_tid(tid)
    assert tid == make_tid(key, at)
    assert is_ours(tid, key)
    assert timedelta(milliseconds=-1) < moment_of(tid) - at < timedelta(milliseconds=1)
    assert datetime.fromisoformat(created_at(tid)) <= moment_of(tid)


@given(key=KEYS, at=MOMENTS, later=st.integers(min_value=1, max_value=10**6), other=KEYS)
def test_keys_sort_as_they_happened(key: str, at: datetime, later: int, other: str) -> None:
    """A millisecond later sorts behind, whatever the intents; so does a key that is made after another."""
    first = make_tid(key, at)
    assert first < make_tid(other, at + timedelta(milliseconds=later))
    assert first < make_tid(other, at, after=first)
    assert first < make_tid(other, at - timedelta(days=1), after=first)


def test_other_intents_are_not_ours() -> None:
    """Of 2,000 intents no two have the same signature as one given intent."""
    tid = make_tid("post:0", datetime(2026, 12, 1, tzinfo=UTC))
    assert not [number for number in range(2000) if is_ours(tid, f"other:{number}")]
    assert not is_ours("self", "post:0")


@pytest.mark.parametrize(
    ("tid", "micros"),
    # TID.fromStr(…).timestamp() of npm @atproto/common-web 0.4.21
    [("3jzfcijpj2z2a", 1688137381887007), ("7777777777777", 5811096293381285), ("3zzzzzzzzzzzz", 2251799813685247)],
)
def test_the_time_in_a_key_is_the_one_that_the_protocol_reads(tid: str, micros: int) -> None:
    """The microseconds are those that the protocol's own library finds."""
    assert moment_of(tid) == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
