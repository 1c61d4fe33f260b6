"""What a report depends on: what belongs to its month makes it another one, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.reports.basis import find_basis
from toolkit.reports.orders import Order
from toolkit.reports.periods import shift
from toolkit.reports.reading import GIVEN, used_freely
from toolkit.reports.window import BACK
from toolkit.workspace import load_workspace

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
OCTOBER = Order("monthly", "2026-10")
TOML = 'format = 1\n[workspace]\nid = "small"\nlanguages = ["en"]\n[accounts.mastodon]\nnetwork = "mastodon"\n'
POST = "---\nuid: {uid}\ntitle: {title}\nstatus: ready\npublish: {when}\nchannels: [mastodon]\n---\nText\n"
# What a report of October 2026 sees: so many months back, and until its last posts are a week old.
FIRST = datetime.combine(shift(date(2026, 10, 1), -BACK), time(), UTC) + timedelta(days=1)
LAST = datetime(2026, 11, 6, tzinfo=UTC)


def row(subject: str, at: datetime, published: datetime | None, value: float, import_id: str) -> Observation:
    return Observation(
        subject=subject, channel="mastodon", metric="likes" if published else "visits", value=value,
        observed_at=at, published_at=published, source="test", import_id=import_id,
    )  # fmt: skip


class Small:
    """A small workspace and its store."""

    def __init__(self, root: Path) -> None:
        self.root, self.state, self.count = root, root / "state", 0
        for folder in ("content/posts", "content/campaigns", "guidelines", "notebooks"):
            (root / folder).mkdir(parents=True)
        (root / "leitstand.toml").write_text(TOML)
        self.post("01JDK3V7Q2M8X4T6R9A0B1C2D3", "2026-10-05 10:00")
        self.add(row("site", datetime(2026, 10, 3, tzinfo=UTC), None, 5, "first"))

    def post(self, uid: str, when: str, title: str = "T") -> None:
        (self.root / f"content/posts/{uid}.md").write_text(POST.format(uid=uid, title=title, when=when))

    def add(self, observation: Observation) -> str:
        self.count += 1
        moment = NOW - timedelta(days=1) + timedelta(seconds=self.count)
        name = f"import-{self.count}"
        open_store(self.state).append([replace(observation, import_id=name)], imported_at=moment)
        return name

    def key(self, order: Order = OCTOBER, now: datetime = NOW) -> str:
        return find_basis(load_workspace(self.root), self.state, order, now).key


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


moments = st.datetimes(datetime(2023, 6, 1), datetime(2026, 11, 20), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is given


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(published=moments, late=st.integers(0, 60 * 24), value=st.floats(0, 1e6))
def test_a_posts_count_matters_where_the_post_does(
    tmp_path_factory: pytest.TempPathFactory, published: datetime, late: int, value: float
) -> None:
    """A count makes the report anew exactly when its post went out in the report's window, whenever it was counted."""
    small = Small(tmp_path_factory.mktemp("small"))
    before, observed = small.key(), min(published + timedelta(hours=late), NOW)
    small.add(row("post", observed, published, value, ""))
    if FIRST < published < LAST:
        assert small.key() != before
    if published < FIRST - timedelta(days=2) or published > LAST + timedelta(days=2):
        assert small.key() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(observed=moments, value=st.floats(0, 1e6))
def test_a_days_count_matters_on_its_day(
    tmp_path_factory: pytest.TempPathFactory, observed: datetime, value: float
) -> None:
    """Visits and followers make the report anew exactly when they were counted in the report's window."""
    small = Small(tmp_path_factory.mktemp("small"))
    before = small.key()
    small.add(row("site", observed, None, value, ""))
    if FIRST < observed < LAST:
        assert small.key() != before
    if observed < FIRST - timedelta(days=2) or observed > LAST + timedelta(days=2):
        assert small.key() == before


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("notebooks/commentary/monthly/2026-10.md", True),
        ("notebooks/commentary/monthly/2026-09.md", True),
        ("notebooks/commentary/monthly/2026-08.md", False),
        ("notebooks/commentary/channel/2026-10.md", False),
        ("content/experiments/question.md", True),
        ("guidelines/tokens.json", True),
        ("guidelines/strategy.md", True),
        ("guidelines/tone.md", False),
        ("content/campaigns/herbst.md", True),
        ("content/ideas/one.md", False),
    ],
)
def test_a_file_matters_when_the_report_reads_it(small: Small, path: str, matters: bool) -> None:
    """Words on the month and on the one before, palette, goals and campaigns do; other words and pages do not."""
    before = small.key()
    (small.root / path).parent.mkdir(parents=True, exist_ok=True)
    (small.root / path).write_text("---\ntitle: A\n---\n{}")
    assert (small.key() != before) is matters


def test_posts_of_later_months_play_no_part(small: Small) -> None:
    """A post of December changes nothing about October; one of October does."""
    before = small.key()
    small.post("01JDK3V7Q2M8X4T6R9A0B1C2D4", "2026-12-05 10:00")
    assert small.key() == before
    small.post("01JDK3V7Q2M8X4T6R9A0B1C2D5", "2026-10-06 10:00")
    assert small.key() != before


def test_time_stands_still_for_a_settled_month(small: Small) -> None:
    """A month whose posts are a week old is the same tomorrow; an unfinished one is not the same in a minute."""
    assert small.key(now=NOW) == small.key(now=NOW + timedelta(days=30))
    november = Order("monthly", "2026-11")
    assert small.key(november, NOW) != small.key(november, NOW + timedelta(minutes=1))


def test_an_import_taken_back_leaves_no_trace(small: Small) -> None:
    """After the undo the key is the one from before, so the report of before would come out."""
    before = small.key()
    late = small.add(row("site", datetime(2026, 10, 9, tzinfo=UTC), None, 7, ""))
    assert small.key() != before
    open_store(small.state).undo(late)
    assert small.key() == before


@pytest.mark.parametrize(
    "change", [{"language": "de"}, {"channels": ("mastodon",)}, {"comparison": ("goal",)}, {"month": "2026-09"}]
)
def test_every_parameter_matters(small: Small, change: dict[str, object]) -> None:
    """Language, channels, comparison and month each make another report."""
    assert small.key(replace(OCTOBER, **change)) != small.key()  # type: ignore[arg-type]  # fields of the order


@pytest.mark.parametrize(
    ("code", "free"),
    [
        ("report = open_report(workspace, state, month, now=now)\nreport.summary()", frozenset()),
        ("print(now)", {"now"}),
        ("open_report(workspace, state + '/x', month, now=now)", {"state"}),
        ("open(workspace + '/data.csv')", {"workspace"}),
        ("from toolkit.metrics import open_store\nopen_store(state)", GIVEN),
        ("import pandas as pd\npd.read_parquet('/x')", GIVEN),
        ("%matplotlib inline", GIVEN),
    ],
)
def test_what_a_notebook_uses_itself_is_seen(code: str, free: frozenset[str]) -> None:
    """While the parameters are only handed to `open_report`, a report depends on what that lets in, else on all."""
    cell = nbformat.v4.new_code_cell(code)  # type: ignore[no-untyped-call]  # nbformat has no types
    assert used_freely(nbformat.v4.new_notebook(cells=[cell])) == free  # type: ignore[no-untyped-call]  # nbformat has no types
