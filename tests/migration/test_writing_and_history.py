from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.migration.conftest import Checkout
from toolkit.dispatch import Lease, Orders, Shelf, read_orders, tick
from toolkit.dispatch.desk import Desk
from toolkit.dispatch.gate import Gate
from toolkit.errors import UsageError
from toolkit.ledger import Ledger, LedgerPlace, State, ledger_path, open_ledger
from toolkit.lint import check_workspace
from toolkit.migration import Kind, Migration, Recorded, forgive, record_history, write_migration
from toolkit.migration.galaxy import Wishes, migrate, read_export
from toolkit.model import SetClock, Severity
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CHANNELS = ("mastodon-lab", "bluesky-lab", "linkedin-lab", "matrix-lab")


def move(checkout: Checkout) -> Migration:
    return migrate(read_export(checkout.folder), Wishes("lab", "UTC"))


def post_everywhere(checkout: Checkout) -> None:
    """A post with every kind of result, and on matrix with none."""
    url = "https://mstdn.example/@lab/1"
    checkout.post("2025/2025-03-01-a", "A", *CHANNELS, mastodon_lab=url, bluesky_lab=True, linkedin_lab=False)


def tree_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def states(ledger: Ledger) -> dict[str, tuple[State, str, str]]:
    return {row.account: (row.state, row.url, row.reason) for row in ledger.rows()}


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    return tmp_path / "brand"


def record(brand: Path, ledger: Ledger, migration: Migration, now: datetime = NOW) -> Recorded:
    return record_history(ledger, load_workspace(brand), migration.deliveries, "galaxy-social", now)


def tick_once(workspace: Workspace, ledger: Ledger, now: datetime) -> Orders:
    """A tick of the real dispatcher, which must not open a line."""

    def refuse(account_id: str) -> None:
        raise AssertionError(account_id)

    clock, shelf = SetClock(now), Shelf(lambda _file: b"")
    orders = read_orders(workspace, Gate(workspace, ledger, clock), shelf)
    tick(Desk(ledger=ledger, orders=orders, open_line=refuse, shelf=shelf, clock=clock, lease=Lease(clock.elapsed)))  # type: ignore[arg-type]  # it is never called
    return orders


def test_a_second_import_changes_nothing(checkout: Checkout, brand: Path) -> None:
    """The same checkout again: not a byte differs, nothing is new."""
    post_everywhere(checkout)
    first = write_migration(brand, move(checkout))
    before = tree_of(brand)
    second = write_migration(brand, move(checkout))
    assert len(first.new) == 3
    assert (second.new, len(second.kept)) == ((), 1)
    assert tree_of(brand) == before


def test_what_people_did_since_stays(checkout: Checkout, brand: Path) -> None:
    """An edited and moved post is known by its uid; new posts are added beside it."""
    checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    written = write_migration(brand, move(checkout))
    post = brand / next(path for path in written.new if path.endswith("-a.md"))
    moved = brand / "content/posts/elsewhere.md"
    moved.write_text(post.read_text(encoding="utf-8") + "An edit.\n", encoding="utf-8")
    post.unlink()
    checkout.post("2025/2025-03-02-b", "B", mastodon_lab=True)
    again = write_migration(brand, move(checkout))
    assert [path.rpartition("/")[2] for path in again.new] == ["2025-03-02-b.md"]
    assert "An edit." in moved.read_text(encoding="utf-8")
    assert not post.exists()


def test_an_interrupted_import_is_made_whole(checkout: Checkout, brand: Path) -> None:
    """Killed before the settings were written, the next import writes what is missing."""
    checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    checkout.post("2025/2025-03-02-b", "B", mastodon_lab=True)
    write_migration(brand, move(checkout))
    whole = tree_of(brand)
    (brand / "leitstand.toml").unlink()
    next((brand / "content").rglob("*-b.md")).unlink()
    write_migration(brand, move(checkout))
    assert tree_of(brand) == whole


def test_a_workspace_without_the_account_is_refused(checkout: Checkout, brand: Path) -> None:
    """Into another workspace: the missing account is named and nothing is written."""
    checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    brand.mkdir()
    (brand / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "other"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="without the account mastodon-lab = mastodon @lab@mstdn"):
        write_migration(brand, move(checkout))
    assert list(tree_of(brand)) == ["leitstand.toml"]


def test_another_post_in_the_way_is_refused(checkout: Checkout, brand: Path) -> None:
    """A file of somebody else where a post would go: named, and nothing is written."""
    checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    write_migration(brand, move(checkout))
    post = next((brand / "content").rglob("*-a.md"))
    post.write_text(post.read_text(encoding="utf-8").replace("uid: 0", "uid: 1"), encoding="utf-8")
    before = tree_of(brand)
    with pytest.raises(UsageError, match="is another post already"):
        write_migration(brand, move(checkout))
    assert tree_of(brand) == before


def test_the_rules_forgive_the_past_and_say_so(checkout: Checkout, brand: Path) -> None:
    """A picture that is only an address and a link that nobody can open are errors today: ignored, with the reason."""
    body = "Text [x](urn:li:organization:1)\n\n![A cat on a chair](https://a.example/c.png)"
    checkout.post("2025/2025-03-01-a", body, mastodon_lab=True)
    migration = forgive(move(checkout), brand, "galaxy-social", NOW)
    (moved,) = migration.posts
    said = [change.said for change in moved.changes if change.kind is Kind.IGNORED]
    assert [one.partition(" ")[0] for one in said] == ["media", "link"]
    write_migration(brand, migration)
    problems = check_workspace(load_workspace(brand), now=NOW)
    assert not [problem for problem in problems if problem.severity is not Severity.HINT]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> LedgerPlace:
    """Where a ledger may be: a file, and a schema of a PostgreSQL."""
    if request.param == "sqlite":
        return LedgerPlace(ledger_path(tmp_path))
    server = request.getfixturevalue("postgres").address
    return LedgerPlace(ledger_path(tmp_path), server, f"past_{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:16]}")


def test_the_past_is_told_and_never_sent(checkout: Checkout, brand: Path, place: LedgerPlace) -> None:
    """Out with an address: sent. Out: imported. Failed: dropped, and the log says why. A tick sends nothing."""
    post_everywhere(checkout)
    migration = move(checkout)
    write_migration(brand, migration)
    with open_ledger(place, now=NOW) as ledger:
        assert record(brand, ledger, migration) == Recorded(confirmed=1, imported=1, failed=1)
        orders = tick_once(load_workspace(brand), ledger, NOW + timedelta(minutes=5))
        assert len(orders.orders) == 4
        assert states(ledger) == {
            "mastodon-lab": (State.CONFIRMED, "https://mstdn.example/@lab/1", ""),
            "bluesky-lab": (State.IMPORTED, "", ""),
            "linkedin-lab": (State.SKIPPED, "", ""),
            "matrix-lab": (State.IMPORTED, "", ""),
        }
        log = "\n".join(map(repr, ledger.events()))
        assert "published by galaxy-social" in log
        assert "galaxy-social could not publish it" in log
        assert record(brand, ledger, migration) == Recorded(known=3)


def test_a_later_import_is_past_too(checkout: Checkout, brand: Path, tmp_path: Path) -> None:
    """The other tool went on publishing after the ledger met the accounts, even after now: all of that is past, too."""
    checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    write_migration(brand, move(checkout))
    with open_ledger(tmp_path / "ledger.sqlite", now=NOW) as ledger:
        record(brand, ledger, move(checkout))
        checkout.post("2026/2027-03-01-b", "B", mastodon_lab=True)
        later = move(checkout)
        write_migration(brand, later)
        assert record(brand, ledger, later, NOW + timedelta(days=30)) == Recorded(imported=1, known=1)
        tick_once(load_workspace(brand), ledger, NOW + timedelta(days=200))
        assert {row.state for row in ledger.rows()} == {State.IMPORTED}


def test_an_interrupted_history_is_made_whole(checkout: Checkout, brand: Path, tmp_path: Path) -> None:
    """Killed between the rows and their results, the next import tells the results."""
    post_everywhere(checkout)
    migration = move(checkout)
    write_migration(brand, migration)
    published = replace(
        migration, deliveries=tuple(replace(one, published=True, url="") for one in migration.deliveries)
    )
    with open_ledger(tmp_path / "ledger.sqlite", now=NOW) as ledger:
        record(brand, ledger, published)
        record(brand, ledger, migration)
        assert [state for state, _url, _reason in states(ledger).values()].count(State.IMPORTED) == 1


def test_a_person_may_send_what_failed(checkout: Checkout, brand: Path, tmp_path: Path) -> None:
    """Only a person's word makes a failed one planned again."""
    post_everywhere(checkout)
    migration = move(checkout)
    write_migration(brand, migration)
    with open_ledger(tmp_path / "ledger.sqlite", now=NOW) as ledger:
        record(brand, ledger, migration)
        (failed,) = ledger.rows(states=(State.SKIPPED,))
        assert ledger.resolve_again(failed, NOW, "team") is not None
        assert [row.account for row in ledger.due(NOW)] == ["linkedin-lab"]


@pytest.mark.parametrize(
    ("result", "state"),
    [(True, State.SKIPPED), ("https://mstdn.example/@lab/1", State.CONFIRMED), (False, State.PLANNED)],
)
def test_what_both_tools_had_goes_out_once(
    checkout: Checkout, brand: Path, tmp_path: Path, result: bool | str, state: State
) -> None:
    """Planned here, and meanwhile published there: dropped, or out at its address; failed there, it stays planned."""
    checkout.post("2025/2027-03-01-a", "A", mastodon_lab=True)
    write_migration(brand, move(checkout))
    checkout.post("2025/2027-03-01-a", "A", mastodon_lab=result)
    with open_ledger(tmp_path / "ledger.sqlite", now=NOW) as ledger:
        tick_once(load_workspace(brand), ledger, NOW)
        assert states(ledger)["mastodon-lab"][0] is State.PLANNED
        assert record(brand, ledger, move(checkout)) == Recorded(known=1)
        tick_once(load_workspace(brand), ledger, NOW)
        assert states(ledger)["mastodon-lab"][0] is state


def test_what_the_ledger_sent_is_not_touched(checkout: Checkout, brand: Path, tmp_path: Path) -> None:
    """A row that is sent, or being sent, stays as it is, whatever the other tool says of it."""
    checkout.post("2025/2027-03-01-a", "A", mastodon_lab="https://mstdn.example/@lab/1")
    migration = move(checkout)
    write_migration(brand, migration)
    due = datetime(2027, 3, 1, 9, tzinfo=UTC)
    with open_ledger(tmp_path / "ledger.sqlite", now=NOW) as ledger:
        tick_once(load_workspace(brand), ledger, NOW)
        sending = ledger.begin(ledger.rows()[0], due, rendition="{}", hashes=("a",), commit="")
        assert sending is not None
        record(brand, ledger, migration, due)
        assert ledger.rows()[0].state is State.SENDING
        ledger.confirm(sending, due, "7", "https://mstdn.example/@lab/7")
        record(brand, ledger, migration, due)
        assert ledger.rows()[0].url == "https://mstdn.example/@lab/7"
