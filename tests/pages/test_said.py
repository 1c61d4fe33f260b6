"""What a value is known by is the same in every run, and another one for another value."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from toolkit.pages.said import say

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

# Prints the key of every page of the workspace at argv[1].
KEYS = """
import os, sys
from datetime import datetime
from pathlib import Path
from toolkit.pages.gather import Sources, gather
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site
given = gather(Sources(Path(sys.argv[1]), datetime.fromisoformat("2026-11-21T12:00+01:00"), os.environ))
for path, page in sorted(render_site(given).items()):
    if isinstance(page, Page) and page.key:
        print(path, page.key)
"""


class Nameless:
    """Something that has no words of its own."""


@dataclass(frozen=True)
class Held:
    """Something with a field that does not count."""

    words: frozenset[str]
    aside: object = field(default=None, repr=False)


def test_a_value_is_said_by_what_it_holds() -> None:
    """Order counts where somebody sees it; fields that are not shown do not count."""
    assert say({"a": [1, "1"], "b": {2, 1}}) == say({"a": [1, "1"], "b": {1, 2}})
    assert say({"a": 1, "b": 2}) != say({"b": 2, "a": 1})
    assert say([1]) != say(["1"])
    assert say(None) != say("None")
    assert say("what looks like a place, x at 0x1, is text")
    assert say(Held(frozenset({"a"}))) != say(Held(frozenset({"b"})))
    assert say(Held(frozenset({"a"}), Nameless())) == say(Held(frozenset({"a"}), 7))


@pytest.mark.parametrize("value", [Nameless(), [Nameless()], {"a": lambda: 1}, test_a_value_is_said_by_what_it_holds])
def test_what_cannot_be_said_is_never_the_same(value: object) -> None:
    """Functions of the libraries have names; those of others may change under theirs."""
    with pytest.raises(ValueError, match="0x"):
        say(value)


def test_the_next_run_knows_the_pages_of_this_one(studio: Studio) -> None:
    """However Python orders the words of a set, which it does anew in each run, every page keeps its key."""
    with (studio.root / "leitstand.toml").open("a", encoding="utf-8") as file:
        file.write('\n[check.holiday]\ncommercial = ["sale", "prize", "gift", "bargain", "coupon"]\n')
    studio.post(channels="mastodon, bluesky, feed", more="labels: [gift, sale, calm]\n")
    said = [_keys(studio, seed) for seed in ("1", "2", "3")]
    assert said[0].count("\n") > 10
    assert len(set(said)) == 1


def _keys(studio: Studio, seed: str) -> str:
    environ = {**os.environ, "PYTHONHASHSEED": seed, "LEITSTAND_STATE_DIR": str(studio.state)}
    command = [sys.executable, "-c", KEYS, str(studio.root)]
    return subprocess.run(command, check=True, env=environ, stdout=subprocess.PIPE, text=True).stdout
