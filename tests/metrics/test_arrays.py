"""Columns of Arrow without pandas: the same as Arrow makes itself."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from toolkit.metrics.arrays import number_array, text_array, time_array, whole_array

WHOLE = st.integers(-(1 << 62), 1 << 62)
# Lone surrogates are no text; the readers of files never make one.
TEXTS = st.lists(st.text(st.characters(codec="utf-8")))


@given(TEXTS, st.lists(st.floats(allow_nan=False)), st.lists(WHOLE), st.lists(st.none() | WHOLE))
def test_arrays_hold_what_they_were_made_of(
    texts: list[str], numbers: list[float], wholes: list[int], times: list[int | None]
) -> None:
    """Texts of any length and script, numbers, times with gaps at any place: equal to Arrow's own, and valid."""
    made = (text_array(texts), number_array(numbers), whole_array(wholes), time_array(times))
    for array in made:
        array.validate(full=True)
    assert made[0].equals(pa.array(texts, pa.string()))
    assert made[1].equals(pa.array(numbers, pa.float64()))
    assert made[2].equals(pa.array(wholes, pa.int64()))
    assert made[3].equals(pa.array(times, pa.timestamp("us")))


def test_pandas_stays_where_it_is() -> None:
    """A process that makes a table of observations has not imported pandas."""
    program = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from toolkit.metrics.columns import table_of\n"
        "from toolkit.model import Observation\n"
        "noon = datetime(2026, 11, 21, 12, tzinfo=UTC)\n"
        "table = table_of([Observation('a', 'b', 'likes', 1.0, noon, None, 'csv', 'id')])\n"
        "print(table.num_rows, 'pandas' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["1", "False"]
