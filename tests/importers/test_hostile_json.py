"""JSON that means harm, or that means something else, is a problem or another kind of file, never a crash."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.shops import tracked
from toolkit.importers import open_export
from toolkit.importers.kinds import goaccess, listmonk, matomo, woocommerce
from toolkit.importers.structured import Tree, number, read_tree

KINDS = (goaccess, listmonk, matomo, woocommerce)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
trees = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
GOOD: tuple[Tree, ...] = (
    {"2026-11-18": {"nb_visits": 1, "nb_uniq_visitors": 1}},
    {"2026-11-18": [{"label": "a", "nb_visits": 1, "segment": "campaignName==a", "nb_hits": 2, "url": "https://[x"}]},
    {"general": {"start_date": "x"}, "visitors": {"data": [{"data": "20261118", "visitors": {"count": 1}}]},
     "requests": {"data": [{"data": "/?utm_campaign=a", "hits": {"count": 1}, "visitors": {"count": 1}}]}},
    [{"id": 1, "status": "completed", "total": "1", "currency": "EUR", "line_items": [], "date_created_gmt": "2026-11-18T17:00:00",
      "refunds": [{"total": "-1"}], "coupon_lines": [{"code": "a"}], "meta_data": [{"key": "k", "value": "v"}]}],
    {"data": {"results": [{"uuid": "a", "to_send": 1, "sent": 1, "views": 1, "clicks": 1, "bounces": 1,
                           "started_at": "2026-11-18T17:00:00Z", "subject": "a", "name": "b"}]}},
)  # fmt: skip


def read_all(data: bytes) -> None:
    """Every kind looks at the bytes, and reads them even where it should not."""
    export = open_export("x.json", data)
    for kind in KINDS:
        kind.identify(export)
        found = kind.extract(tracked(data, "x.json"))
        assert all(abs(one.value) < 1e18 for one in found.observations)  # NaN is not


def paths(tree: Tree, prefix: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, Tree]] = []
    if isinstance(tree, dict):
        inner = list(tree.items())
    elif isinstance(tree, list):
        inner = list(enumerate(tree))
    return [prefix, *(path for key, value in inner for path in paths(value, (*prefix, key)))]


@given(trees)
@settings(deadline=None)
def test_any_json_is_read_or_not_recognised(tree: object) -> None:
    """Whatever stands in it."""
    read_all(json.dumps(tree).encode())


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_a_good_file_with_anything_in_one_place(data: st.DataObject) -> None:
    """Each place of a good file holds what a server would never write."""
    tree = deepcopy(data.draw(st.sampled_from(GOOD)))
    path = data.draw(st.sampled_from(paths(tree)[1:]))
    inner: object = tree
    for key in path[:-1]:
        inner = inner[key]  # type: ignore[index]  # the path was made from it
    inner[path[-1]] = data.draw(trees)  # type: ignore[index]  # the same
    read_all(json.dumps(tree).encode())


@pytest.mark.parametrize("text", [
    "[" * 200_000, '{"a":' * 200_000, "{", "[NaN]", "[Infinity]", '{"2026-11-18": {"nb_visits": 1e999}}', "[" + "9" * 10_000 + "]",
    '{"2026-11-18": {"nb_visits": "0x10"}}',
])  # fmt: skip
def test_deep_large_and_broken_json_is_no_file_of_ours(text: str) -> None:
    """Depth, numbers that are none, and half files."""
    read_all(text.encode())
    assert number(read_tree(open_export("x.json", text.encode())), "2026-11-18", "nb_visits") is None
