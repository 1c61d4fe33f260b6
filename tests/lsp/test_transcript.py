"""The transcript that `python -m benchmarks.editing --transcript` prints comes from the server and says what it says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.transcript import transcript


def test_a_session_is_told_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """A problem of a house rule with its box, the fix, the campaigns, the counts: each under what was asked."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    with ThreadPoolExecutor(1) as thread:  # a browser's test before may have left a loop running in this one
        lines = thread.submit(transcript).result().splitlines()
    steps = [index for index, line in enumerate(lines) if line and not line.startswith(" ")]
    told = {lines[at].split("  (")[0]: "\n".join(lines[at:]).split("\n\n")[0] for at in steps}
    assert list(told) == [
        "didOpen → publishDiagnostics",
        "hover on Nordlichtkaffee",
        "hover on status",
        "codeAction on Nordlichtkaffee",
        "didChange (campaign: ) → publishDiagnostics",
        "completion after campaign:",
        "inlayHint",
    ]
    assert (
        "5:1 error: unknown key 'campain'; did you mean 'campaign'? (front-matter)"
        in told["didOpen → publishDiagnostics"]
    )
    assert "/handbook/woerter/#markenname" in told["hover on Nordlichtkaffee"]
    assert "[quickfix]" in told["codeAction on Nordlichtkaffee"]
    assert "campain" not in told["didChange (campaign: ) → publishDiagnostics"]
    assert "advent-2026" in told["completion after campaign:"]
    assert "mastodon 49/500 · bluesky 49/300" in told["inlayHint"]
