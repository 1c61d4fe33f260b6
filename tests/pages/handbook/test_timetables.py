"""Posting slots and the duty roster on the site: as people understand them."""

from __future__ import annotations

from toolkit.pages.handbook.timetables import box_times
from toolkit.settings import Account

PAGE = """Before

```slots
channels: [mastodon, x]
times: [tue-thu 08:00, 2thu 09:00, -1fri 10:00, -2mon 11:00, 12:00]
pillars: [wissen]
school: false
from: 2026-12-01
note: Breakfast <b>talk</b>
```

```slots
channels: [mastodon]
```

```duty
roster: [{person: mai, hours: [mon-fri 08:00-18:00, sat 10:00-12:00]}]
days: [{day: 2026-12-24, person: mai, hours: [08:00-10:00]}]
unattended: [sun 08:00-12:00]
```

After
"""


def test_blocks_become_boxes() -> None:
    """With titles of accounts and names of people; nothing becomes HTML; a block that cannot be used stays."""
    accounts = {"mastodon": Account("mastodon", "mastodon", "@a@b", title="The conversation")}
    made = box_times(PAGE, {"mai": "Mai Pham"}.__getitem__, accounts)
    assert made.startswith("Before\n")
    assert made.endswith("After\n")
    assert made.count("```") == 2
    assert made.count("<dl") == 2
    for words in (
        "The conversation, x",
        "Tue\u2013Thu 08:00; 2. Thu of the month 09:00; last Fri of the month 10:00; Mon, number 2 from the end of the month",
        "daily 12:00",
        "wissen",
        "from 1 December 2026",
        "Breakfast &lt;b&gt;talk&lt;/b&gt;",
        "Mai Pham Mon\u2013Fri 08:00\u201318:00, Sat 10:00\u201312:00",
        "24 December 2026: Mai Pham 08:00\u201310:00",
        "Sun 08:00\u201312:00",
        "1 h",
    ):
        assert words in made, words
