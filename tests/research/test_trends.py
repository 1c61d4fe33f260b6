"""Why now: the reasons beside a burst, and the sentences they become."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.research.interest import Interest
from toolkit.research.published import Published
from toolkit.research.saying import Side, reasons, standing
from toolkit.research.trends import Trend, Trends, find_trends
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
SETTINGS = """\
format = 1
[workspace]
id = "probe"
name = "Probe"
timezone = "Europe/Berlin"
languages = ["de"]
region = "DE-SH"
[accounts.mastodon]
network = "mastodon"
[competitors."Röstwerk"]
accounts = {mastodon = "@r@x.example"}
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D{number}
title: {title}
channels: [mastodon]
publish: {publish}
---
{body}
"""
NO_GO = """\
---
title: Lage
---
# Lage

```no-go
topic: Kaffeezoll
words: [Kaffeezoll*]
reason: Wir reden erst nach dem Gespräch mit dem Verband darüber.
until: 2026-12-05
owner: leitung
```
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


def write(root: Path, **files: str) -> Workspace:
    for path, content in {"leitstand.toml": SETTINGS, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return load_workspace(root)


def wave(word: str) -> list[Published]:
    """Nine usual weeks, and five entries of a competitor, an authority and a paper about one word."""
    usual = [
        Published(who, f"{who}{week}{number}", kind, f"Neues aus Haus {week * 3 + number}", f"https://{who}.example/{week}{number}",
                  NOW - timedelta(days=7 * week + 1 + number), language="de")
        for week in range(9) for number in range(3)
        for who, kind in (("blatt", "topic"), ("rivale", "competitor"), ("amt", "authority"))
    ]  # fmt: skip
    fresh = [
        Published(who, f"neu{number}", kind, f"{start} {word} {end}", f"https://{who}.example/n{number}",
                  NOW - timedelta(days=number / 2), language="de")
        for number, (who, kind, start, end) in enumerate([
            ("blatt", "topic", "Streit um", "geht weiter"), ("rivale", "competitor", "Was", "für uns heißt"),
            ("amt", "authority", "Hinweise zum Thema", "2026"), ("blatt", "topic", "Kommentar:", "trifft Kleine"),
            ("rivale", "competitor", "Unsere Preise und der", "im Winter"),
        ])
    ]  # fmt: skip
    return [*usual, *fresh]


def only(workspace: Workspace, word: str, *interests: Interest) -> Trend:
    (german,) = find_trends(workspace, wave(word), interests, NOW)
    (trend,) = german.found
    assert trend.burst.phrase == word
    return trend


def test_a_trend_names_who_speaks_and_that_we_do_not(tmp_path: Path) -> None:
    """Competitors and authorities by their feeds; without a post of ours the gap is a reason."""
    trend = only(write(tmp_path), "Kaffeezoll")
    assert (trend.competitors, trend.authorities, trend.ours, trend.closed) == (("rivale",), ("amt",), (), ())
    said = {reason.text: reason.side for reason in reasons(trend, BERLIN)}
    assert said["competitors speak of it: rivale"] is Side.FOR
    assert said["authorities speak of it: amt"] is Side.FOR
    assert said["nobody here has written about it in the last 60 days"] is Side.FOR
    assert said["told 5 times since Thu 19 Nov, by blatt, rivale, amt; 0 were to be expected"] is Side.FACT


def test_what_we_wrote_lately_or_plan_is_ours(tmp_path: Path) -> None:
    """In the text or the title; what is older than 60 days, or about something else, is not."""
    posts = {
        "content/posts/a.md": POST.format(
            number=1, title="Zoll", publish="2026-11-24 08:00", body="Der Kaffeezoll kommt."
        ),
        "content/posts/b.md": POST.format(number=2, title="Kaffeezoll", publish="2026-06-01 08:00", body="Alt."),
        "content/posts/c.md": POST.format(number=3, title="Rezept", publish="2026-11-25 08:00", body="Filterkaffee."),
    }
    trend = only(write(tmp_path, **posts), "Kaffeezoll")
    assert [one.post.path for one in trend.ours] == ["content/posts/a.md"]
    assert str(list(reasons(trend, BERLIN))[-1]) == "ours: Zoll (Tue 24 Nov)"


def test_a_closed_topic_speaks_against_it_first(tmp_path: Path) -> None:
    """With the handbook's reason and its last day; after it the topic is open again."""
    workspace = write(tmp_path, **{"guidelines/lage.md": NO_GO})
    first = next(reasons(only(workspace, "Kaffeezoll"), BERLIN))
    assert (first.side, first.text) == (
        Side.AGAINST,
        "Kaffeezoll is no topic here until 5 December 2026: Wir reden erst nach dem Gespräch mit dem Verband darüber.",
    )
    (german,) = find_trends(
        write(tmp_path, **{"guidelines/lage.md": NO_GO.replace("2026-12-05", "2026-11-20")}),
        wave("Kaffeezoll"),
        [],
        NOW,
    )
    assert german.found[0].closed == ()


@pytest.mark.parametrize(
    ("word", "days"), [("Weihnachtsgebäck", ["Weihnachten"]), ("Adventskalender", ["Advent"]), ("Kaffeezoll", [])]
)
def test_a_day_that_it_belongs_to_is_a_reason(tmp_path: Path, word: str, days: list[str]) -> None:
    """Also where one word is the beginning of the other, within six weeks; school holidays say nothing of it."""
    occasion = "occasions:\n  - {name: Weihnachten im Haus, from: 2026-12-20}\n  - {name: Advent im Laden, from: 2026-11-29}\n  - {name: Kaffeetag, from: 2026-12-01}\n"
    workspace = write(tmp_path, **{"content/occasions/eigene.yml": occasion})
    assert workspace.occasions[1] == ()
    found = [special.name for _day, special in only(workspace, word).days if special.own]
    assert [name.split(" ")[0] for name in found] == days


def test_search_interest_is_a_reason_where_it_is_high(tmp_path: Path) -> None:
    """What is searched for as ever is said, and speaks for nothing."""
    points = [(NOW - timedelta(weeks=20 - week), 10.0) for week in range(20)]
    calm = Interest("kaffeezoll", "Deutschland", "chart", (*points, (NOW, 11.0)))
    rising = Interest("kaffeezoll", "Deutschland", "chart", (*points, (NOW, 40.0)))
    workspace = write(tmp_path)
    for interest, side, words in ((calm, Side.FACT, "searched for at 11 of 100"), (rising, Side.FOR, "nine of ten")):
        (said,) = [one for one in reasons(only(workspace, "Kaffeezoll", interest), BERLIN) if "searched" in one.text]
        assert said.side is side
        assert words in said.text


def test_what_was_looked_at_is_said(tmp_path: Path) -> None:
    """Also where nothing came up, where too little is known, and which sources are too new."""
    workspace = write(tmp_path)

    def said(entries: list[Published]) -> str:
        (one,) = find_trends(workspace, entries, [], NOW)
        assert isinstance(one, Trends)
        return standing(one)

    assert said(wave("Kaffeezoll")) == "14 entries in seven days"
    assert said(wave("Kaffeezoll")[:-5]) == "9 entries in seven days; nothing comes up more than usual"
    assert said([]) == "0 entries in seven days; too few weeks are known to say what is usual"
    young = Published("neu", "1", "topic", "Neu hier", "https://neu.example/1", NOW - timedelta(days=2), language="de")
    assert said([*wave("Kaffeezoll")[:-5], young]).endswith("too new to be compared: neu")
