"""Which posts wait for approvals, and what saying yes or no at the desk writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.dispatch.test_approved_at_desk import POST, TOML, UID
from tests.probe import write_files
from toolkit.approval import content_hash
from toolkit.dispatch.approving import Said, say
from toolkit.errors import ChangedError, LeitstandError, UsageError
from toolkit.ledger import Ledger, ledger_path, open_ledger, read_approvals
from toolkit.outlook import Outlook, look_out
from toolkit.outlook.waiting import waiting_posts
from toolkit.workspace import load_workspace

START = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, {"leitstand.toml": TOML, "content/posts/tuer.md": POST})


@pytest.fixture
def ledger(root: Path) -> Iterator[Ledger]:
    with open_ledger(ledger_path(root / "state"), now=START) as opened:
        yield opened


def look(root: Path, ledger: Ledger) -> Outlook:
    return look_out(load_workspace(root), ledger, START)


def digest(outlook: Outlook) -> str:
    return content_hash(outlook.workspace.posts[0], outlook.workspace)


def press(ledger: Ledger, outlook: Outlook, *, by: str = "maria", seen: str = "", no: str = "") -> bool:
    said = Said(by, seen or digest(outlook), granted=not no, note=no)
    return say(ledger, outlook, outlook.workspace.posts[0], said)


def test_what_waits_is_told_with_its_moment(root: Path, ledger: Ledger) -> None:
    """A ready post without its approval waits, on that account, until it is due; approved it waits no more."""
    outlook = look(root, ledger)
    (waiting,) = waiting_posts(outlook)
    assert (waiting.post.uid, waiting.due) == (UID, datetime(2026, 12, 1, 6, 30, tzinfo=UTC))
    assert [account.name for account, _verdict in waiting.lacks] == ["news"]
    assert press(ledger, outlook)
    assert waiting_posts(look(root, ledger)) == []


def test_another_content_is_not_approved(root: Path, ledger: Ledger) -> None:
    """The yes is for the hash that was shown: a file changed meanwhile is refused and nothing is written."""
    seen = digest(look(root, ledger))
    (root / "content/posts/tuer.md").write_text(POST.replace("ist auf", "ist zu"), encoding="utf-8")
    with pytest.raises(ChangedError, match="has changed since you saw it"):
        press(ledger, look(root, ledger), seen=seen)
    assert read_approvals(ledger) == []


def test_twice_is_once(root: Path, ledger: Ledger) -> None:
    """A second press of the same person writes nothing."""
    outlook = look(root, ledger)
    assert press(ledger, outlook)
    assert not press(ledger, outlook)
    assert len(read_approvals(ledger)) == 1


def test_who_has_no_say_is_told_so(root: Path, ledger: Ledger) -> None:
    """The author, and who has not the role, write nothing."""
    for person in ("anna", "niemand"):
        with pytest.raises(LeitstandError, match="nothing was approved"):
            press(ledger, look(root, ledger), by=person)
    assert read_approvals(ledger) == []


def test_what_cannot_be_sent_cannot_be_approved(root: Path, ledger: Ledger) -> None:
    """An error in the file is named; sending it back is possible all the same."""
    (root / "content/posts/tuer.md").write_text(POST.replace("[news]", "[news, nowhere]"), encoding="utf-8")
    with pytest.raises(LeitstandError, match="could not be sent as it is"):
        press(ledger, look(root, ledger))
    assert press(ledger, look(root, ledger), no="Kanal stimmt nicht")


def test_a_no_needs_words(root: Path, ledger: Ledger) -> None:
    """Sent back without a reason the author could do nothing; with one the post stays listed, after the others."""
    with pytest.raises(UsageError, match="say what is to be changed"):
        press(ledger, look(root, ledger), no=" ")
    assert press(ledger, look(root, ledger), no="Datum falsch")
    (waiting,) = waiting_posts(look(root, ledger))
    assert [(one.by, one.note) for one in waiting.sent_back] == [("maria", "Datum falsch")]


def test_signed_approvals_are_not_made_at_a_desk(root: Path, ledger: Ledger) -> None:
    """Where the policy wants signatures nothing is written that would not count."""
    (root / "leitstand.toml").write_text(
        TOML.replace("approvals = 1", "approvals = 1\nsigned_approvals = true"), encoding="utf-8"
    )
    with pytest.raises(LeitstandError, match="only a commit can be"):
        press(ledger, look(root, ledger))
    assert read_approvals(ledger) == []
