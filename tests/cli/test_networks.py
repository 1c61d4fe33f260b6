"""`leitstand networks`: lists, and filters that survive bad lines."""

from __future__ import annotations

import io
import json
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest

from toolkit.cli import execute
from toolkit.networks import NETWORKS
from toolkit.networks.limits import read_api

ENGLISH = {"LEITSTAND_LANG": "en"}


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes, *args: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    return execute(["networks", *args], ENGLISH)


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]


def test_the_list_says_what_is_promised_and_proven(capsys: pytest.CaptureFixture[str]) -> None:
    """Every network shows its promise, and the ones that cannot send say so."""
    assert execute(["networks", "list", "--json"], ENGLISH) == 0
    found = {str(record["name"]): record for record in records(capsys)}
    assert found["mastodon"]["promise"] == "key"
    for network in NETWORKS.values():
        assert found[network.name]["sends"] is (network.connect is not None)
    assert found["x"]["verified"] == "published contract"
    assert "X itself was not asked" in str(found["x"]["verified_by"])
    assert execute(["networks", "list"], ENGLISH) == 0
    assert "read-back" in capsys.readouterr().out


def test_show_names_the_source_of_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    """Value, unit, source, day and confidence stand together; a wrong name gets a suggestion."""
    assert execute(["networks", "show", "bluesky"], ENGLISH) == 0
    shown = capsys.readouterr().out
    assert "text: 300 graphemes" in shown
    assert "maxGraphemes" in shown
    assert execute(["networks", "show", "blusky"], ENGLISH) == 2
    assert "did you mean 'bluesky'" in capsys.readouterr().err


def test_show_names_the_version_of_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    """A network whose API has dated versions shows which one is spoken, and until when."""
    spoken = read_api("linkedin")
    assert spoken is not None
    assert execute(["networks", "show", "linkedin"], ENGLISH) == 0
    assert f"API version {spoken.version}, until {spoken.sunset}" in capsys.readouterr().out
    assert execute(["networks", "show", "linkedin", "--json"], ENGLISH) == 0
    (record,) = records(capsys)
    assert record["api"] == {
        "version": spoken.version,
        "source": spoken.source,
        "checked": spoken.checked,
        "sunset": spoken.sunset,
        "note": spoken.note,
    }


def check_age(capsys: pytest.CaptureFixture[str], now: str, *args: str) -> tuple[int, dict[str, Any]]:
    code = execute(["networks", "check-age", "--now", now, "--json", *args], ENGLISH)
    (record,) = records(capsys)
    return code, record


def test_an_api_version_that_ends_is_said_sixty_days_before(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1 from sixty days before the last day on; that day itself is not over yet."""
    spoken = read_api("linkedin")
    assert spoken is not None
    last = datetime.fromisoformat(f"{spoken.sunset}T12:00:00+00:00")

    def linkedin(days: int) -> list[tuple[str, int]]:
        _code, record = check_age(capsys, (last + timedelta(days=days)).isoformat(), "--days", "100000")
        return [(aged["ageing"], aged["days"]) for aged in record["aged"] if aged["network"] == "linkedin"]

    assert linkedin(-61) == []
    assert linkedin(-60) == [("ending", 60)]
    assert linkedin(0) == [("ending", 0)]
    assert linkedin(1) == [("ended", -1)]
    assert check_age(capsys, (last - timedelta(days=60)).isoformat())[0] == 1
    assert execute(["networks", "check-age", "--now", (last + timedelta(days=1)).isoformat()], ENGLISH) == 1
    assert f"linkedin: version {spoken.version} of its API ended on {spoken.sunset}" in capsys.readouterr().out


def test_limits_nobody_looked_at_are_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    """Every limit that is older than the days asked for is named with its source; alone they are no failure."""
    checked = {(network.name, one.name): one for network in NETWORKS.values() for one in network.limits}
    last = max(datetime.fromisoformat(f"{one.checked}T12:00:00+00:00") for one in checked.values())
    now = last + timedelta(days=31)
    code, record = check_age(capsys, now.isoformat(), "--days", "30")
    assert {(aged["network"], aged["name"]) for aged in record["aged"] if aged["name"] != "api"} == set(checked)
    assert (code, record["urgent"]) == (0, False)
    assert all(aged["days"] > 30 and aged["source"] for aged in record["aged"])
    assert check_age(capsys, now.isoformat(), "--days", "100000") == (
        0,
        {"day": f"{now:%Y-%m-%d}", "urgent": False, "aged": []},
    )
    assert execute(["networks", "check-age", "--now", now.isoformat(), "--days", "100000"], ENGLISH) == 0
    assert "Everything that is known of networks is fresh." in capsys.readouterr().out


def test_what_has_aged_is_a_table_that_fits(capsys: pytest.CaptureFixture[str]) -> None:
    """A row per network and day within 100 columns, every limit named; versions that have ended come first."""
    spoken = read_api("linkedin")
    assert spoken is not None
    now = f"{datetime.fromisoformat(spoken.sunset) + timedelta(days=1):%Y-%m-%dT12:00+00:00}"
    assert execute(["networks", "check-age", "--now", now, "--days", "0"], ENGLISH) == 1
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[0].startswith("linkedin: version ")
    table = lines[[line.startswith("network ") for line in lines].index(True) :]
    assert max(map(len, table)) <= 100
    assert len(lines) < len([one for network in NETWORKS.values() for one in network.limits])
    shown = set(" ".join(table).replace(",", " ").split())
    assert {one.name for network in NETWORKS.values() for one in network.limits} <= shown
    assert "leitstand networks show NETWORK" in said


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
