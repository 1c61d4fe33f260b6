"""What keys take is what the reader takes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from toolkit.settings import Settings
from toolkit.source import FRONT_MATTER, read_post
from toolkit.workspace import CAMPAIGN_KEYS
from toolkit.workspace.campaigns import read_campaign
from toolkit.workspace.keys import CAMPAIGN, POST, Form, Key

SETTINGS = Settings(id="x", name="X", timezone="Europe/Berlin")
WORDS = {
    Form.TEXT: "wort",
    Form.WORDS: "[eins, zwei]",
    Form.NUMBER: "3",
    Form.NUMBERS: "[0.4, 0.5]",
    Form.DAY: "2026-12-01",
    Form.DAYS: "[2026-12-08]",
    Form.WALL: "2026-12-01 07:30",
    Form.WALLS: "{mastodon: 2026-12-01 07:30}",
    Form.MOMENT: "2026-12-01T07:30:00+01:00",
}
# What has to be just so, whatever its form.
EXACT = {
    "timezone": "Europe/Vienna",
    "crop": "4:5",
    "repeat": "FREQ=WEEKLY;UNTIL=20261222",
    "correction": "{number: 1, reason: warum}",
}


def sample(name: str, key: Key) -> str:
    """A value as the key's form says."""
    if name in EXACT:
        return EXACT[name]
    if key.choices and key.form is not Form.WALL:
        return next(choice for choice in reversed(key.choices) if choice != "reply")
    if key.form is Form.NAMED:
        return f"{{2026-12-08: {table(key.keys)}}}"
    if key.form is Form.TABLE:
        return table(key.keys)
    return f"[{table(key.keys)}]" if key.form is Form.LIST else WORDS[key.form]


def table(keys: Mapping[str, Key]) -> str:
    # A medium is a file or an order, never both.
    return "{" + ", ".join(f"{name}: {sample(name, key)}" for name, key in keys.items() if name != "order") + "}"


def front(keys: Mapping[str, Key], *names: str) -> bytes:
    lines = [f"{name}: {sample(name, keys[name])}" for name in names]
    return "\n".join(["---", *lines, "---", ""]).encode()


@pytest.mark.parametrize("name", POST)
def test_posts_take_what_the_form_says(name: str) -> None:
    """A value in the form of its key is read without a complaint."""
    needed = {"except": ("publish", "repeat"), "instances": ("publish", "repeat"), "repeat": ("publish",)}
    _post, problems = read_post("a.md", front(POST, *needed.get(name, ()), name), SETTINGS)
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("name", POST)
def test_posts_refuse_another_form(name: str) -> None:
    """A table where the form is a value, and a word where it is a table, is complained about."""
    tables = {Form.TABLE, Form.LIST, Form.NAMED, Form.WALLS}
    value = "wort" if POST[name].form in tables else "{a: b}"
    first = "publish: 2026-12-01 07:30\n" if name == "fold" else ""  # nobody reads it without
    _post, problems = read_post("a.md", f"---\n{first}{name}: {value}\n---\n".encode(), SETTINGS)
    assert problems


def test_campaigns_take_what_the_form_says() -> None:
    """A campaign with every key in its form is read without a complaint."""
    _campaign, problems = read_campaign("a.md", front(CAMPAIGN, *CAMPAIGN))
    assert [str(problem) for problem in problems] == []


def test_no_key_is_missing() -> None:
    """Every key that the readers know has a form here, in the readers' order."""
    assert (list(POST), list(CAMPAIGN)) == (list(FRONT_MATTER), list(CAMPAIGN_KEYS))
