"""One look at files and ledger: what is over is left out where nobody asks for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.dispatch.test_approved_at_desk import DUE, START, UID, make, tick
from toolkit.ledger import ApprovalRow, PauseRow, add_approval, ledger_path, open_ledger
from toolkit.outlook import look_lately, look_out
from toolkit.workspace import load_workspace


def test_what_was_over_weeks_ago_is_found_by_its_post_alone(tmp_path: Path) -> None:
    """Lists of today do not read years of rows; the post's own page has all of them."""
    root = make(tmp_path)
    (root / "leitstand.toml").write_text(
        (root / "leitstand.toml").read_text("utf-8").replace("approvals = 1", "approvals = 0"), encoding="utf-8"
    )
    tick(root, START)
    tick(root, DUE)
    workspace, much_later = load_workspace(root), DUE + timedelta(days=60)
    with open_ledger(ledger_path(root / "state"), now=much_later) as ledger:
        assert [row.uid for row in look_out(workspace, ledger, much_later).rows] == [UID]
        assert look_lately(workspace, ledger, much_later).rows == ()
        assert [row.uid for row in look_lately(workspace, ledger, much_later, UID).rows] == [UID]
        assert [row.uid for row in look_lately(workspace, ledger, DUE + timedelta(days=1)).rows] == [UID]


def test_what_still_waits_is_never_left_out(tmp_path: Path) -> None:
    """A row that a person has not decided about is there, however old it is."""
    root = make(tmp_path)
    tick(root, START)
    tick(root, DUE + timedelta(hours=3))
    workspace, much_later = load_workspace(root), DUE + timedelta(days=400)
    with open_ledger(ledger_path(root / "state"), now=much_later) as ledger:
        assert [row.state.value for row in look_lately(workspace, ledger, much_later).rows] == ["missed"]


def test_pauses_and_words_of_the_desk_are_in_it(tmp_path: Path) -> None:
    """The ledger's pauses stand beside the file's, and what was said at the desk counts."""
    root = make(tmp_path)
    with open_ledger(ledger_path(root / "state"), now=START) as ledger:
        ledger.add_pause(PauseRow(0, "all", "", "Umbau", "maria", START, None))
        workspace = load_workspace(root)
        post, account = workspace.posts[0], workspace.settings.accounts["news"]
        outlook = look_lately(workspace, ledger, START)
        assert [one.reason for one in outlook.pauses.in_force(START)] == ["Umbau"]
        assert not outlook.find_verdict(post, account).granted
        add_approval(ledger, ApprovalRow(UID, "maria", START, outlook.digest(post), granted=True))
        assert look_lately(workspace, ledger, START).find_verdict(post, account).granted
