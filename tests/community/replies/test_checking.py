"""A reply's text is checked as posts are, by line and column, and counted as its network counts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.community.inbox.inboxes import said
from toolkit.community.replies.checking import Desk, check_text, errors_of
from toolkit.community.replies.composing import compose, why_unanswerable
from toolkit.community.replies.granting import needs_approval, why_not
from toolkit.errors import SettingsError
from toolkit.lint.handbook import house
from toolkit.model import MessageKind
from toolkit.settings import Account
from toolkit.workspace import load_workspace

TOML = """\
format = 1

[workspace]
id = "probe"
languages = ["de"]

[people.mai]
roles = ["community"]

[people.tarek]
roles = ["manager"]
"""
RULE = """\
# Ton

```rule
id: kein-leider
extends: existence
message: "Schreib nicht „%s“"
level: error
tokens: [leider]
good: ["Wir helfen dir."]
bad: ["Das ist leider so."]
```
"""
MASTODON = Account("mastodon", "mastodon", "@nordlicht@social.example")
PUBLIC = said("c1", text="Na?")
PRIVATE = said("d1", kind=MessageKind.DIRECT, text="Na?")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "guidelines" / "ton.md").write_text(RULE)
    loaded = load_workspace(tmp_path)
    return Desk(house(loaded.tree, loaded.settings.styles), MASTODON, PUBLIC, "de")


def test_what_is_wrong_is_told_by_line_and_column(desk: Desk) -> None:
    """An open placeholder and a rule of the house."""
    found = check_text("Hallo {vorname},\n\ndas ist leider so.", desk)
    assert [(one.span.line, one.span.col, one.rule) for one in found] == [
        (1, 7, "reply-placeholder"),
        (3, 9, "kein-leider"),
    ]
    assert str(found[0]).startswith("reply:1:7: {vorname} is still open")


def test_an_empty_answer_is_none(desk: Desk) -> None:
    """Blanks say nothing."""
    assert [one.rule for one in errors_of(check_text(" \n", desk))] == ["reply-empty"]


def test_the_name_in_front_counts(desk: Desk) -> None:
    """The limit is the network's, of all that is sent; what just fits is right."""
    # A mention counts without its server: "@ada " are five of Mastodon's five hundred.
    assert check_text("x" * 495, desk) == []
    assert [one.rule for one in check_text("x" * 496, desk)] == ["reply-length"]


def test_what_is_shown_is_what_is_sent() -> None:
    """Markdown as in posts, with whom it answers in front."""
    rendition = compose("Ja, **gern**", MASTODON, PUBLIC)
    assert [part.text for part in rendition.parts] == ["@ada@far.example Ja, gern"]


@pytest.mark.parametrize(
    ("account", "message", "private", "word"),
    [
        (MASTODON, PUBLIC, False, ""),
        (MASTODON, PRIVATE, True, ""),
        (MASTODON, PUBLIC, True, "answered in public"),
        (MASTODON, PRIVATE, False, "never answered in public"),
        (Account("feed", "feed", "news"), PUBLIC, False, "cannot answer on Feed"),
    ],
)
def test_public_or_private_fits_what_the_network_can(
    account: Account, message: object, private: bool, word: str
) -> None:  # a table
    """Private words never become public; what cannot be done says why."""
    reason = why_unanswerable(account, message, private=private)  # type: ignore[arg-type]  # one of the two above
    assert word in reason
    assert bool(reason) == bool(word)


@pytest.mark.parametrize(
    ("by", "risk", "word"),
    [
        ("mai", 0, ""),
        ("mai", 1, "somebody else"),
        ("tarek", 1, ""),
        ("tarek", 3, ""),
        ("jo", 0, "nobody in leitstand.toml"),
    ],
)
def test_the_risk_says_whose_yes_is_needed(tmp_path: Path, by: str, risk: int, word: str) -> None:
    """Without danger the author's own; with danger a manager's, never the author's."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    settings = load_workspace(tmp_path).settings
    reason = why_not(by, "mai", risk, settings)
    assert word in reason
    assert bool(reason) == bool(word)


def test_the_table_inbox_says_from_when_and_by_whom(tmp_path: Path) -> None:
    """Class and roles; out of bounds is a problem at its place."""
    (tmp_path / "leitstand.toml").write_text(TOML + '\n[inbox]\napprove_from = 3\napprove_by = ["community"]\n')
    settings = load_workspace(tmp_path).settings
    assert [needs_approval(risk, settings) for risk in range(4)] == [False, False, False, True]
    assert "only community" in why_not("tarek", "mai", 3, settings)
    (tmp_path / "leitstand.toml").write_text(TOML + "\n[inbox]\napprove_from = 5\n")
    with pytest.raises(SettingsError, match="toml:14:1: approve_from must be between 0 and 4"):
        load_workspace(tmp_path)
