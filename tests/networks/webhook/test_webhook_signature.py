"""What a signature proves: who sent these bytes, and that it was just now."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks.webhook.signature import sign, verify

AT = 1_795_262_400


def test_the_header_is_plain_hmac() -> None:
    """Any language's HMAC-SHA256 over ``t.body`` gives the same, so that a receiver needs nothing of ours."""
    expected = hmac.new(b"secret", b"1795262400.{}", hashlib.sha256).hexdigest()
    assert sign(b"{}", ["secret"], AT) == f"t={AT},v1={expected}"


@given(body=st.binary(), secret=st.text(min_size=1), other=st.text(min_size=1))
def test_only_the_same_bytes_and_secret_verify(body: bytes, secret: str, other: str) -> None:
    """Another body, another time or another secret is refused."""
    header = sign(body, [secret], AT)
    assert verify(header, body, [secret], AT)
    assert verify(header, body, [other, secret], AT)
    assert not verify(header, body + b"x", [secret], AT)
    assert not verify(header.replace(f"t={AT}", f"t={AT + 1}"), body, [secret], AT)
    assert verify(header, body, [other], AT) == (other == secret)


@pytest.mark.parametrize(("seconds", "fresh"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_an_old_message_is_no_message(seconds: int, fresh: bool) -> None:
    """What was overheard cannot be played again five minutes later; clocks may differ as much."""
    assert verify(sign(b"x", ["s"], AT), b"x", ["s"], AT + seconds) is fresh


@pytest.mark.parametrize(
    "header",
    ["", "t=", "v1=abc", "t=1", "t=x,v1=a", f"t={AT},t={AT},v1=a", "t=\u0661,v1=ü", f"t={'9' * 40},v1=a", ",,="],
)
def test_nonsense_is_refused_quietly(header: str) -> None:
    """Whatever somebody sends, the answer is no and never an exception."""
    assert verify(header, b"x", ["s", ""], AT) is False
