"""Whatever stands in a block of the handbook: a problem with its place, or a rule that can be used. Never a traceback."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.community.triage.desks import NOW, Brand, case
from toolkit.community.triage.scoring import triage
from toolkit.community.triage.shadows import find_shadows
from toolkit.community.triage.trying import try_rules
from toolkit.lint.triaging import find_slips
from toolkit.workspace import (
    HOURS_KEYS,
    IF_KEYS,
    LEVEL_KEYS,
    OPEN_KEYS,
    RISK_KEYS,
    THEN_KEYS,
    TRIAGE_KEYS,
    load_workspace,
)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    st.dates(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "PT2H",
            "PT0H",
            "mon-fri 08:00-18:00",
            "0",
            "3",
            "(",
            "[",
            "a*",
            "*",
            "²",
            "2026-12-24/2026-12-20",
            "comment",
            "vip",
            "none",
        ]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*LEVEL_KEYS, *OPEN_KEYS, *IF_KEYS, *THEN_KEYS, "text", "kind", "role"]), inner, max_size=4
        ),
    ),
    max_leaves=6,
)


def blocks(keys: dict[str, str]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(list(keys)), VALUES, max_size=7)


@pytest.fixture
def folder(tmp_path: Path) -> itertools.count[int]:
    """A number for each workspace."""
    return itertools.count()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(blocks(dict(HOURS_KEYS)), max_size=2),
    st.lists(blocks(dict(TRIAGE_KEYS)), max_size=2),
    st.lists(blocks(dict(RISK_KEYS)), max_size=2),
)
def test_any_yaml_is_read_or_told(
    tmp_path: Path, folder: itertools.count[int], hours: list[object], rules: list[object], risks: list[object]
) -> None:
    """Every block that is no rule afterwards has at least one problem, with a place in its page."""
    brand = Brand(tmp_path / str(next(folder)))
    for kind, some in (("hours", hours), ("triage", rules), ("risk", risks)):
        for one in some:
            brand.block(kind, yaml.safe_dump(one, allow_unicode=True))
    handbook = load_workspace(brand.root).handbook
    read = len(handbook.hours) + len(handbook.triage) + len(handbook.risks)
    wrong = len(hours) + len(rules) + len(risks) - read
    assert len(handbook.problems) >= wrong
    assert all(problem.span.line > 1 and problem.path == "guidelines/answers.md" for problem in handbook.problems)
    book = brand.book()
    list(find_slips(handbook, book.settings))
    list(try_rules(book))
    list(find_shadows(book.rules))
    triage(case("a ( [ comment vip?", negative=0.5), book, NOW)
