"""Service hours, triage rules and dangers on the site: as people understand them."""

from __future__ import annotations

from pathlib import Path

from toolkit.pages.handbook.urgency import box_urgency

PAGE = """Before

```hours
hours: [mon-fri 08:00-18:00, "sat,sun 10:00-16:00", 22:00-24:00]
closed: [2026-12-24/2026-12-31, 2027-01-04]
open: [{day: 2026-12-23, hours: [08:00-20:00]}]
first_response: PT2H
levels: [{kinds: [direct], channels: [toots], first_response: PT1H30M}, {risk: 3, first_response: PT30M, always: true}]
```

```triage
rule: order
why: Somebody <b>waits</b>
if: {words: [parcel], kinds: [comment], roles: [press], reach: 500, question: true, outside_hours: false, risk: 1}
then: {labels: [order], assign: mai, points: -1, first_response: PT4H, risk: 2, stop: true}
good: [Where is it?]
bad: [Nice.]
```

```risk
risk: Glass
level: 3
words: [splinter*]
owner: mai
instead: call
```

```triage
rule: half
```

After
"""


def test_blocks_become_boxes() -> None:
    """In words, with names of people; what somebody wrote cannot become HTML; a block that cannot be used stays."""
    made = box_urgency(PAGE, {"mai": "Mai Pham"}.__getitem__)
    assert made.startswith("Before\n")
    assert made.endswith("After\n")
    assert made.count("```") == 2
    assert made.count("<dl") == 3
    for words in (
        "Mon\u2013Fri 08:00\u201318:00; Sat, Sun 10:00\u201316:00; 22:00\u201324:00",
        "24 to 31 December 2026; 4 January 2027",
        "23 December 2026: 08:00\u201320:00",
        "direct messages, toots: 1 h 30 min; from risk class 3 on: 30 min, around the clock; 2 h",
        "Somebody &lt;b&gt;waits&lt;/b&gt;",
        "it says one of: parcel; it is one of: comments; its author is one of: press",
        "at least 500 people follow the author; it tells of a danger from class 1 on; it asks something",
        "it came within service hours",
        "labels: order; it goes to Mai Pham; -1 points; first response within 4 h; risk class 2",
        "rules after it are left out",
        "Danger, class 3",
        "splinter*",
    ):
        assert words in made, words


def test_the_sample_handbook_shows_boxes_only() -> None:
    """Every block of the page can be used."""
    page = (Path(__file__).parents[3] / "guidelines/dringlichkeit.md").read_text("utf-8")
    made = box_urgency(page, lambda name: name)
    assert page.count("```") > 20
    assert "```" not in made
