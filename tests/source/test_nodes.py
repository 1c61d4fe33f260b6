from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.source import nodes
from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, Sequence, read_nodes

# What people and editors put into values: words, quotes, breaks of every kind, other planes, YAML's own signs.
TEXT = st.text(st.sampled_from("aä日☕👍🇩🇪́ 0:#-'\"[]{},&*!|>%@`\n\r\t\u2028\x85\xa0\ufeff~\\."), max_size=20)
VALUES = st.recursive(
    TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=12
)


def plain(node: Node | None) -> Any:
    """The tree without places."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def scalars(node: Node | None) -> list[Scalar]:
    if isinstance(node, Mapping):
        return [*node.keys.values(), *(found for value in node.values.values() for found in scalars(value))]
    if isinstance(node, Sequence):
        return [found for item in node.items for found in scalars(item)]
    return [node] if isinstance(node, Scalar) else []


@given(
    st.dictionaries(TEXT, VALUES, max_size=4),
    st.sampled_from([None, True, False]),
    st.booleans(),
    st.sampled_from([20, 80]),
)
def test_the_tree_is_what_yaml_means(value: dict[str, Any], flow: bool | None, escaped: bool, width: int) -> None:
    """Whatever PyYAML writes, in every style, comes back, each scalar as the text that it is."""
    text = yaml.dump(value, default_flow_style=flow, allow_unicode=not escaped, width=width, sort_keys=False)
    # PyYAML writes NEL unescaped into quotes, where YAML reads it as a line break: hence its own reading, not `value`.
    assert plain(read_or_reject(text)) == yaml.load(text, yaml.BaseLoader)


def read_or_reject(text: str) -> Node | None:
    """The tree; an example that PyYAML writes with one key twice is none: NEL in quotes reads as a blank."""
    try:
        return read_nodes(text)
    except NodeError as error:
        # Only where PyYAML itself loses a key by it; what merely looks alike is our mistake.
        assume(not ("stands here twice" in str(error) and loses_a_key(text)))
        raise


def loses_a_key(text: str) -> bool:
    """Whether PyYAML reads some mapping of the text with fewer keys than it is written with."""
    found = [yaml.compose(text, yaml.BaseLoader)]
    while found:
        node = found.pop()
        if isinstance(node, yaml.MappingNode):
            if len({key.value for key, _value in node.value}) < len(node.value):
                return True
            found += [value for _key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            found += node.value
    return False


@pytest.mark.parametrize(
    ("text", "loses"),
    [("a: 1\na: 2", True), ("- b: {c: 1, c: 2}", True), ("a: {b: 1}\nc: {b: 1}", False), ("a: 1\nA: 2", False)],
)
def test_an_example_is_rejected_only_for_a_key_that_is_lost(text: str, loses: bool) -> None:
    """The same key in two mappings, or another case of it, loses nothing."""
    assert loses_a_key(text) is loses


@given(st.dictionaries(TEXT, VALUES, min_size=1, max_size=4), st.sampled_from([None, True, False]))
def test_places_are_exact(value: dict[str, Any], flow: bool | None) -> None:
    """`text[start:end]` is the scalar as written: read on its own it is the same text."""
    text = yaml.dump(value, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    for scalar in scalars(read_or_reject(text)):
        written = text[scalar.start : scalar.end]
        if written[:1] not in {"|", ">"}:  # a block's indentation is counted from its parent
            assert yaml.load(f"- {written}", yaml.BaseLoader) == [scalar.text]


@given(st.text(max_size=200) | TEXT)
def test_no_text_crashes_the_reader(text: str) -> None:
    """Any text is a tree or a `NodeError` whose place lies in the text."""
    try:
        places = [(scalar.start, scalar.end) for scalar in scalars(read_nodes(text))]
    except NodeError as error:
        places = [(error.start, error.end)]
    assert all(0 <= start <= end <= len(text) for start, end in places)


@given(st.dictionaries(TEXT, VALUES, max_size=4), st.sampled_from([None, True, False]))
def test_without_libyaml_it_is_the_same(value: dict[str, Any], flow: bool | None) -> None:
    """PyYAML's own parser, where it was built without libyaml, gives the same tree."""
    text = yaml.dump(value, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_LOADER", yaml.SafeLoader)
        slow = read_or_reject(text)
    assert plain(slow) == plain(read_nodes(text))


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("a: &x 1", 3, "anchors"),
        ("a: *x", 3, "aliases"),
        ("a: !x 1", 3, "tags (!x)"),
        ("a: !!int 1", 3, "tags (tag:yaml.org,2002:int)"),
        ("? [1]\n: 2", 2, "a key must be a plain word"),
        ("a: 1\nb: 2\na: 3", 10, "the key 'a' stands here twice"),
        ("a: 1\n--- \nb: 2", 5, "more than one YAML document"),
        ("a: " + "[" * 21, 22, "nested deeper than 20 levels"),
        ("- " * 30, 40, "nested deeper than 20 levels"),
        ("x" * 65_537, 65_536, "longer than 65536"),
        ("a: b: c", 4, "a colon and a blank inside a value"),
        ("a: \tb\n\tc: d", 6, "a tab; indent with blanks"),
        ("a: @b", 3, "a value cannot begin with @"),
        ('a: "b\nc: d', 3, "is opened here and never closed"),
        ("a: [b\nc: d", 7, "do not match here"),
        ("a: b\nc\nd: e", 7, "a key without a colon"),
        ("a: \x07", 3, "control characters are not allowed"),
    ],
)
def test_what_is_refused_and_where(text: str, start: int, said: str) -> None:
    """Each refusal has its place and says what is wrong in the reader's words."""
    with pytest.raises(NodeError) as caught:
        read_nodes(text)
    assert said in str(caught.value)
    assert caught.value.start == start


@pytest.mark.parametrize("text", ["", "\n\n", "# nur ein Kommentar\n", "~", "null"])
def test_nothing_is_nothing(text: str) -> None:
    """Empty documents and YAML's words for nothing are no value."""
    root = read_nodes(text)
    assert root is None or (isinstance(root, Scalar) and root.empty)


def test_scalars_stay_as_written() -> None:
    """Times, norwegians and numbers are no silent surprises."""
    assert plain(read_nodes("a: 12:30\nb: NO\nc: 007\nd: 1e3\ne: 2026-12-01\nf: 'null'")) == {
        "a": "12:30",
        "b": "NO",
        "c": "007",
        "d": "1e3",
        "e": "2026-12-01",
        "f": "null",
    }


def test_a_bomb_costs_nothing() -> None:
    """65,000 brackets are refused at the twenty-first, without deep recursion."""
    with pytest.raises(NodeError, match="nested deeper"):
        read_nodes("a: " + "[" * 65_000)
