"""`leitstand networks`: lists, and filters that survive bad lines."""

from __future__ import annotations

import io
import json
import sys

import pytest

from toolkit.cli import run

ENGLISH = {"LEITSTAND_LANG": "en"}


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes, *args: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    return run(["networks", *args], ENGLISH)


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]


def test_the_list_says_what_is_promised_and_proven(capsys: pytest.CaptureFixture[str]) -> None:
    """Every network shows its promise, and the ones that cannot send say so."""
    assert run(["networks", "list", "--json"], ENGLISH) == 0
    found = {str(record["name"]): record for record in records(capsys)}
    assert found["mastodon"]["promise"] == "key"
    assert found["x"]["sends"] is False
    assert "not sent yet" in str(found["x"]["verified"])
    assert run(["networks", "list"], ENGLISH) == 0
    assert "read-back" in capsys.readouterr().out


def test_show_names_the_source_of_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    """Value, unit, source, day and confidence stand together; a wrong name gets a suggestion."""
    assert run(["networks", "show", "bluesky"], ENGLISH) == 0
    shown = capsys.readouterr().out
    assert "text: 300 graphemes" in shown
    assert "maxGraphemes" in shown
    assert run(["networks", "show", "blusky"], ENGLISH) == 2
    assert "did you mean 'bluesky'" in capsys.readouterr().err


def test_count_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each text gets its length as the network counts it, without being read as Markdown."""
    lines = [{"text": "*a* https://example.com/lang"}, {"text": ""}]
    assert feed(monkeypatch, "\n".join(map(json.dumps, lines)).encode(), "count", "x") == 0
    assert records(capsys) == [
        {"length": 27, "limit": 280, "valid": True, "unit": "weighted characters"},
        {"length": 0, "limit": 280, "valid": False, "unit": "weighted characters"},
    ]


def test_a_bad_line_gets_an_error_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken JSON, a missing text, bytes that are no UTF-8 and half a character do not stop the others."""
    data = (
        b'{"text": "a"}\n{bad\n\n{"text": 3}\n[]\n"\xff"\n{"text": "\\ud83d"}\n' + b"[" * 100_000 + b'\n{"text": "b"}\n'
    )
    assert feed(monkeypatch, data, "count", "bluesky") == 1
    found = records(capsys)
    assert ["error" in record for record in found] == [False, True, True, True, True, False, True, False]
    assert str(found[1]["error"]).startswith("line 2: no JSON")
    assert found[-1]["length"] == 1


def test_render_gives_text_facets_and_parts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Facets are byte offsets into the text as a whole and into their part."""
    line = json.dumps({"text": "Tür [auf](https://example.com/x)\n\n---\n\n#zwei"})
    assert feed(monkeypatch, line.encode(), "render", "bluesky") == 0
    (found,) = records(capsys)
    assert found["text"] == "Tür auf\n\n#zwei"
    assert found["facets"] == [
        {"start": 5, "end": 8, "kind": "link", "target": "https://example.com/x"},
        {"start": 10, "end": 15, "kind": "hashtag", "target": "zwei"},
    ]
    parts = found["parts"]
    assert isinstance(parts, list)
    assert parts[1]["facets"] == [{"start": 0, "end": 5, "kind": "hashtag", "target": "zwei"}]


def test_detect_reads_the_text_as_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Links, tags and mentions as the network's own library finds them."""
    line = json.dumps({"text": "@a #b $C example.com"}).encode()
    assert feed(monkeypatch, line, "detect", "x") == 0
    assert records(capsys) == [{"urls": ["example.com"], "hashtags": ["b"], "mentions": ["a"], "cashtags": ["C"]}]
