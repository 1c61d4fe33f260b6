"""What is wrong with numbers is found, with its import, its place and the remedy; what is right is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from toolkit.metrics import Doubts, Finding, Store, check_store, overview
from toolkit.model import Observation, Severity, Subject

PUBLISHED = datetime(2026, 10, 5, 8, tzinfo=UTC)
NOW = datetime(2026, 10, 31, 12, tzinfo=UTC)
KNOWN = Doubts(NOW, accounts=frozenset({"insta"}), known=frozenset({"01A"}))


def seen(metric: str, value: float, hours: float, **other: object) -> Observation:
    """One value of the post 01A on the account insta."""
    values: dict[str, object] = {"subject": "01A", "published_at": PUBLISHED, "import_id": "october", **other}
    subject, published, name = values["subject"], values["published_at"], values["import_id"]
    moment = PUBLISHED + timedelta(hours=hours)
    assert isinstance(published, datetime | None)
    return Observation(str(subject), "insta", metric, value, moment, published, "csv", str(name))


def followers(*days: int) -> list[Observation]:
    """The account's followers at noon of some days of October."""
    rows = [(day, datetime(2026, 10, day, 12, tzinfo=UTC)) for day in days]
    return [Observation("account", "insta", "followers", 100.0 + day, at, None, "csv", "october") for day, at in rows]


def kinds(store: Store, doubts: Doubts = KNOWN) -> list[str]:
    return [one.kind for one in check_store(store, doubts)]


def only(store: Store, doubts: Doubts = KNOWN) -> Finding:
    (finding,) = check_store(store, doubts)
    return finding


def test_good_numbers_raise_no_doubt(store: Store) -> None:
    """Rising totals, a like taken back, daily followers, parts that make the sum: nothing is said."""
    rows = [seen("views", 5, 1), seen("views", 9, 2), seen("likes", 3, 1), seen("likes", 2, 2)]
    sums = [seen("interactions", 6, 3), seen("likes", 2, 3), seen("comments", 3, 3), seen("shares", 1, 3)]
    store.append([*rows, *sums, *followers(*range(1, 31))], imported_at=NOW)
    assert check_store(store, KNOWN) == ()


def test_an_empty_store_raises_no_doubt(store: Store) -> None:
    """Where nothing was expected and nothing came, there is nothing to say, and no folder is made."""
    assert check_store(store, Doubts(NOW)) == ()
    assert overview(store).rows == 0
    assert not store.folder.exists()


def test_views_that_fall_are_an_error_with_their_place(store: Store) -> None:
    """The finding names post, account, metric, moment, source and import, and how to take it back."""
    store.append(
        [seen("views", 120, 24), seen("views", 90, 48), seen("views", 200, 12, subject="01B")], imported_at=NOW
    )
    finding = only(store, Doubts(NOW, known=frozenset({"01A", "01B"})))
    assert (finding.kind, finding.severity, finding.metric) == ("drop", Severity.ERROR, "views")
    assert (finding.channel, finding.subject, finding.at) == ("insta", "01A", PUBLISHED + timedelta(hours=48))
    assert (finding.source, finding.import_id) == ("csv", "october")
    assert finding.message == "views fell from 120 to 90; a total never falls"
    assert "--undo october" in finding.remedy


def test_a_value_that_was_corrected_did_not_fall(store: Store) -> None:
    """Of a moment that was delivered twice the newer value counts, here too."""
    store.append([seen("views", 900, 24), seen("views", 95, 48)], imported_at=NOW)
    assert kinds(store) == ["drop"]
    store.append([seen("views", 90, 24, import_id="corrected")], imported_at=NOW)
    assert kinds(store) == []


def test_sums_are_compared_with_their_parts(store: Store) -> None:
    """Interactions that are not likes, comments and shares of the same delivery are told with both numbers."""
    store.append(
        [seen("interactions", 10, 3), seen("likes", 2, 3), seen("comments", 3, 3), seen("shares", 1, 3)],
        imported_at=NOW,
    )
    finding = only(store)
    assert (finding.kind, finding.severity) == ("sum", Severity.WARNING)
    assert finding.message == "interactions are 10, but likes + comments + shares together are 6"


def test_a_sum_without_all_its_parts_is_not_judged(store: Store) -> None:
    """What was not delivered is not zero."""
    store.append([seen("interactions", 10, 3), seen("likes", 2, 3)], imported_at=NOW)
    assert kinds(store) == []


def test_days_that_are_missing_are_told_as_one_gap(store: Store) -> None:
    """A daily series without 11 to 13 October has one gap of three values; an end is no gap."""
    store.append(followers(*range(1, 11), *range(14, 25)), imported_at=NOW)
    finding = only(store)
    assert (finding.kind, finding.subject) == ("gap", "account")
    assert finding.message == "followers: 3 values are missing, 2026-10-11 to 2026-10-13"


def test_weekly_series_have_weekly_gaps(store: Store) -> None:
    """A series that comes on Mondays misses a Monday, not the days between."""
    store.append(followers(1, 8, 15, 29), imported_at=NOW)
    assert only(store).message == "followers: 1 value is missing, 2026-10-22 to 2026-10-22"


def test_a_rhythm_may_change(store: Store) -> None:
    """Who counted weekly and then counts daily has no gaps; a hole in either part is still one."""
    weekly, daily = (1, 8, 15), (22, 23, 24, 25, 26, 27, 28, 29)
    store.append(followers(*weekly, *daily), imported_at=NOW)
    assert kinds(store) == []
    store.undo("october")
    store.append(followers(*weekly, *(day for day in daily if day != 26)), imported_at=NOW)
    assert only(store).message == "followers: 1 value is missing, 2026-10-26 to 2026-10-26"


@pytest.mark.parametrize(
    ("measured", "days", "wanted"), [(True, 1, []), (True, 3, ["silent"]), (False, 3, []), (False, 40, ["silent"])]
)
def test_sources_fall_silent(store: Store, measured: bool, days: int, wanted: list[str]) -> None:
    """An account that is asked daily is missed after two days, one of export files after five weeks."""
    store.append([seen("views", 5, 1)], imported_at=NOW)
    doubts = Doubts(
        PUBLISHED + timedelta(days=days, hours=2),
        measured=frozenset({"insta"} if measured else ()),
        accounts=frozenset({"insta"}),
        known=frozenset({"01A"}),
    )
    assert kinds(store, doubts) == wanted


def test_rows_of_the_future_and_before_the_post_are_errors(store: Store) -> None:
    """Neither can have been observed."""
    store.append([seen("likes", 5, 24 * 60), seen("likes", 1, -2)], imported_at=NOW)
    assert sorted(kinds(store)) == ["future", "order"]


def test_posts_that_nobody_knows_are_told_once(store: Store) -> None:
    """A post is known from the workspace, the ledger or an export's own words; accounts and shops are no posts."""
    rows = [
        seen("likes", 1, 1, subject=subject) for subject in ("01A", "01EXPORT", "01X", "01Y", "shop", "competitor:k")
    ]
    store.append(rows, imported_at=NOW, subjects=[Subject("01EXPORT", title="Tür 1")])
    finding = only(store)
    assert (finding.kind, finding.channel) == ("unknown", "insta")
    assert finding.message == "2 posts are known to nobody: 01X, 01Y"


def test_a_damaged_store_names_file_and_imports(store: Store) -> None:
    """The file, the imports in it and both ways out are told; nothing else is guessed from the rest."""
    store.append([seen("views", 120, 24), seen("views", 90, 48)], imported_at=NOW, name="oktober.csv")
    store.files()[0].unlink()
    finding = only(store)
    assert finding.kind == "damaged"
    assert "2 rows of oktober.csv" in finding.message
    assert finding.remedy.endswith("october")


def test_tables_out_of_date_are_told(store: Store) -> None:
    """The remedy is a command, and afterwards the finding is gone."""
    store.append([seen("views", 5, 1)], imported_at=NOW)
    for path in (store.folder / "tables").iterdir():
        path.unlink()
    assert only(store).remedy == "leitstand metrics rebuild"
    assert not overview(store).tables_current
    store.rebuild()
    assert kinds(store) == []


def test_the_overview_counts_each_source(store: Store) -> None:
    """Rows, posts, imports and the newest observation of every account and source."""
    store.append([seen("views", 5, 1), seen("views", 9, 2), *followers(1, 2)], imported_at=NOW)
    found = overview(store)
    assert (found.rows, found.imports, found.months, found.files, found.tables_current) == (4, 1, 1, 1, True)
    (source,) = found.sources
    assert (source.channel, source.source, source.rows, source.posts, source.imports) == ("insta", "csv", 4, 1, 1)
    assert source.last == PUBLISHED + timedelta(hours=2)
