"""`leitstand networks count`, `render` and `detect` as filters: one line out for each line in, whatever the text is."""

from __future__ import annotations

import io
import json
import sys

import pytest

from toolkit.cli import execute
from toolkit.networks import NETWORKS

MEGABYTE = 1 << 20
HOSTILE = {
    "one megabyte of one letter": "a" * MEGABYTE,
    "one megabyte of words": "Wort " * (MEGABYTE // 5),
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x85\u2028\u2029\ufeff\ufffe\U0010ffff",
    "half characters": "a\ud83d b \udc00 #\ud83d https://a.de/\udc00 **\ud800** [\ud800](https://b.de)",
    "combining marks": "a" + "\u0301" * 10_000,
    "joiners": "👩\u200d" * 5_000,
    "brackets": "[" * 5_000 + "](" * 5_000,
    "stars": "*a _b " * 5_000,
    "quotes": ">" * 5_000 + "a",
    "backticks": "`" * 3_000 + "a" + "`" * 2_999,
    "comments": "<!--" * 5_000,
    "addresses": "http://" * 5_000,
    "signs": "#" * 10_000 + "@" * 10_000 + "$" * 10_000,
}


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("verb", ["count", "render", "detect"])
def test_every_text_has_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], verb: str, network: str
) -> None:
    """No text stops the filter, none is answered twice; what comes out is UTF-8 and one JSON object a line."""
    data = "".join(json.dumps({"text": text}) + "\n" for text in HOSTILE.values()).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    assert execute(["networks", verb, network], {"LEITSTAND_LANG": "en"}) == 0
    said = capsysbinary.readouterr()
    answers = [json.loads(line) for line in said.out.decode().split("\n") if line]
    assert (len(answers), said.err) == (len(HOSTILE), b"")
    assert not any("error" in answer for answer in answers)
    if verb == "count":
        assert all(answer.keys() == {"length", "limit", "valid", "unit"} for answer in answers)
        longest = dict(zip(HOSTILE, answers, strict=True))["one megabyte of one letter"]
        assert longest["length"] == MEGABYTE
        assert longest["valid"] is (longest["limit"] >= MEGABYTE)
    if verb == "render":
        assert all(answer["network"] == network and answer["parts"] for answer in answers)
