"""What servers say is read without trust."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.signin import Grant, SignInError, read_grant, read_pasted
from toolkit.signin.redirect import read_redirect
from toolkit.signin.replies import read_refusal, read_tokens
from toolkit.web import Reply

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["access_token", "refresh_token", "expires_in", "refresh_token_expires_in", "error", "error_description"]
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive


def reply(body: object) -> Reply:
    return Reply(200, {}, body if isinstance(body, bytes) else json.dumps(body).encode())


@given(st.dictionaries(NAMES, JSON))
def test_any_answer_is_read(body: dict[str, object]) -> None:
    """Tokens are texts of one line, lives are positive and shorter than ten years, and nothing raises."""
    found = read_tokens(reply(body))
    if found is not None:
        assert found.access
        assert found.access == body["access_token"]
        for life in (found.lives, found.refresh_lives):
            assert life is None or timedelta() < life < timedelta(days=3650)
    _code, words = read_refusal(reply(body), ())
    assert words.startswith("HTTP 200")
    assert len(words) <= 300


@given(st.binary(max_size=60))
def test_any_bytes_are_read(body: bytes) -> None:
    """What is no JSON is no token."""
    read_tokens(reply(body))
    read_refusal(reply(body), ("x",))


@pytest.mark.parametrize(
    ("said", "life"),
    [
        (3600, timedelta(hours=1)),
        ("3600", timedelta(hours=1)),
        (5183944, timedelta(seconds=5183944)),
        (0, None),
        (-1, None),
        (True, None),
        ("soon", None),
        (1_000_000_000_000, None),  # milliseconds, or year 33000
        ("nan", None),
        ("inf", None),
        (None, None),
    ],
)
def test_lives(said: object, life: timedelta | None) -> None:
    """Numbers and texts of numbers; what cannot be a life is none, so that no token seems to live until 2058."""
    found = read_tokens(reply({"access_token": "a", "expires_in": said}))
    assert found is not None
    assert found.lives == life


def test_a_refusal_never_repeats_a_secret() -> None:
    """Whichever of them the server quotes, in whichever form it answers."""
    for body in ({"error": "e", "error_description": "bad S1 S2"}, {"error": {"code": 190, "message": "bad S1 S2"}}):
        code, words = read_refusal(reply(body), ("S1", "S2", ""))
        assert code in {"e", "190"}
        assert words.endswith("bad … …")


@given(
    st.builds(
        Grant,
        access=st.text(min_size=1),
        signed_in_at=MOMENTS,
        renewed_at=MOMENTS,
        network=st.text(),
        server=st.text(),
        refresh=st.text(),
        expires_at=st.none() | MOMENTS,
        refresh_until=st.none() | MOMENTS,
        signed_in=st.booleans(),
        renewal=st.sampled_from(["", "exchange", "refresh_token"]),
        client_id=st.text(),
        client_secret=st.text(),
        dead=st.text(),
    )
)
def test_a_grant_is_read_as_it_was_written(grant: Grant) -> None:
    """Every field, every moment."""
    assert read_grant(grant.to_json()) == grant


@given(JSON | st.dictionaries(st.sampled_from(["access", "signed_in_at", "renewed_at", "expires_at"]), JSON))
def test_what_is_no_grant_is_none(value: object) -> None:
    """Whatever stands in the vault, reading it raises nothing."""
    found = read_grant(json.dumps(value))
    assert found is None or found.access


@given(st.text())
def test_a_redirect_without_the_state_is_none(query: str) -> None:
    """Nobody guesses 256 bits."""
    assert read_redirect(query, "the-state-of-this-sign-in") is None or "the-state-of-this-sign-in" in query


@given(st.text())
def test_whatever_is_pasted_is_a_code_or_a_sentence(said: str) -> None:
    """Never a traceback, and with PKCE only a single word is a code."""
    try:
        found = read_pasted(said, "mine", code_alone=True)
    except SignInError:
        return
    assert found.code
    assert found.code == said.strip() or "state=mine" in said
