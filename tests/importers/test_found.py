"""What a file holds, kept small: it looks like the observations that it stands for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from toolkit.importers.found import BATCH, Observations, Seen, batches_of, sightings_of
from toolkit.metrics.columns import table_of, table_of_columns
from toolkit.model import Observation

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _found(posts: int) -> Observations:
    seen = {
        (f"post:{number}", "facebook", NOON): Seen(
            NOON - timedelta(hours=number) if number % 3 else None, {"likes": float(number), "shares": 1.0}
        )
        for number in range(posts)
    }
    return Observations(seen, "facebook-posts", "abc")


def test_it_is_a_sequence_of_observations() -> None:
    """Number, order, places and slices are those of the list of them."""
    found = _found(5)
    whole = list(found)
    assert whole[2] == Observation(
        "post:1", "facebook", "likes", 1, NOON, NOON - timedelta(hours=1), "facebook-posts", "abc"
    )
    assert (len(found), found[0], found[-1], found[3]) == (10, whole[0], whole[-1], whole[3])
    assert found == tuple(whole)
    assert (list(found[2:5]), list(found[::-1])) == (whole[2:5], whole[::-1])
    with pytest.raises(IndexError):
        _ = found[10]


def test_columns_are_those_of_the_observations() -> None:
    """Batch by batch or object by object: one table, with every value, time and gap."""
    found = _found(BATCH + 3)
    table = table_of(list(found))
    assert table_of_columns(batches_of(found)).equals(table)
    assert table_of_columns(batches_of(list(found))).equals(table)
    assert table.column("published_at").null_count == 2 * len(range(0, BATCH + 3, 3))
    assert table_of_columns(batches_of(_found(0))).num_rows == 0


def test_a_sighting_stands_for_all_its_values() -> None:
    """Whose values there are is asked once per post, and objects say the same."""
    found = _found(4)
    assert len(list(sightings_of(found))) == 4
    assert set(sightings_of(list(found))) == set(found.sightings())
