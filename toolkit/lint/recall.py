"""What the house's rules found in a text, remembered until the text or a rule changes: an edit costs what it touches.

What all rules said of a post is remembered on top of it, see `toolkit.lint.unchanged`; this is for when that no longer
holds because the settings, a picture or the time changed.

One file below `.leitstand/cache/`, which may be deleted any time. It belongs to one *house*: the bytes of all its rules,
the program and the dictionaries; with another house it is not read. What cannot be read is not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from toolkit.findings.cache import CACHE, keep
from toolkit.lint.alike import Alike
from toolkit.lint.unchanged import Unchanged
from toolkit.style.alert import Alert, Level, Replacement
from toolkit.style.allowance import Allowances

# Another release, which stores them differently, takes another name.
_NAME: Final = "alerts-1.json"
_LARGEST: Final = 50_000_000  # bytes of a file that is still read
_MOST: Final = 100_000  # texts

# Rule, start, end, message, level, fix, link.
_Row = tuple[str, int, int, str, str, str | None, str]


class Recall:
    """The alerts of one workspace's texts. `program` names everything outside the workspace that they depend on.

    `surroundings` names everything but the posts that is checked (`Inputs.surroundings`); without it, no post is
    remembered as a whole.
    """

    def __init__(self, root: Path, program: str, surroundings: str = "") -> None:
        self.posts = Unchanged(root, surroundings) if surroundings else None
        self.alike = Alike(root, program)
        self._root = root
        self._program = program
        self._house = ""
        self._sound = False
        self._known: dict[str, list[_Row]] = {}
        self._used: dict[str, list[_Row]] = {}
        self._changed = False

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._root / CACHE / _NAME

    def enter(self, house: str) -> bool:
        """Open what is known of a house; True when its rules were found to be sound, with all their examples."""
        self._house = make_key(self._program, house)
        self._sound, self._known = _read(self.file, self._house)
        return self._sound

    def note_sound(self) -> None:
        """Remember that nothing is wrong with the house's rules and examples."""
        self._changed = self._changed or not self._sound
        self._sound = True

    def alerts(
        self, key: str, text: str, find: Callable[[], Sequence[Alert]], allowances: Allowances | None = None
    ) -> Sequence[Alert]:
        """What was found in `text`, found now when it was not; `key` names the text and how it is read.

        In a file in which a rule used up its `allowances`, nothing more is remembered.
        """
        rows = self._known.get(key)
        if rows is not None:
            self._used[key] = rows
            return [_alert(row, text) for row in rows]
        found = find()
        if allowances is not None and allowances.stopped:
            return found  # how far a rule came is nothing to remember
        self._used[key] = [_row(alert) for alert in found]
        self._changed = True
        return found

    def save(self, *, whole: bool) -> None:
        """Keep what is new; after a check of the `whole` workspace, forget the texts that are no longer there."""
        whole = whole and not (self.posts and self.posts.recalled)  # whose texts nobody asked about
        kept = self._used if whole else {**self._known, **self._used}
        if not self._changed and len(kept) == len(self._known):
            return
        clean = [key for key, rows in kept.items() if not rows][-_MOST:]
        found = {key: rows for key, rows in kept.items() if rows}
        raw = {"house": self._house, "sound": self._sound, "clean": clean, "alerts": found}
        keep(self._root, _NAME, json.dumps(raw).encode())


def make_key(*parts: str) -> str:
    """A short name for texts, each as a whole."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def _read(file: Path, house: str) -> tuple[bool, dict[str, list[_Row]]]:
    try:
        if file.is_symlink() or file.stat().st_size > _LARGEST:
            return False, {}
        raw = json.loads(file.read_bytes())
        if raw["house"] != house:
            return False, {}
        known: dict[str, list[_Row]] = {key: [] for key in raw["clean"]}
        known |= {key: [_checked(row) for row in rows] for key, rows in raw["alerts"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False, {}
    return raw["sound"] is True, known


def _checked(row: Any) -> _Row:
    rule, start, end, message, level, fix, link = row
    if not all(isinstance(text, str) for text in (rule, message, link)) or not isinstance(fix, str | None):
        raise TypeError
    return rule, int(start), int(end), message, Level(level).value, fix, link


def _row(alert: Alert) -> _Row:
    fix = None if alert.fix is None else alert.fix.text
    return alert.rule, alert.start, alert.end, alert.message, alert.level.value, fix, alert.link


def _alert(row: _Row, text: str) -> Alert:
    rule, start, end, message, level, fix, link = row
    return Alert(
        rule, start, end, text[start:end], message, Level(level), None if fix is None else Replacement(fix), link
    )
