from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.tokens.document import MAX_DEPTH, JsonError, Node, read_document

plain = some.none() | some.booleans() | some.integers(-(2**50), 2**50) | some.floats(-1e300, 1e300) | some.text()
values = some.recursive(plain, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner), max_leaves=20)


def whole(node: Node) -> object:
    """The document without its places."""
    if node.members is not None:
        return {key: whole(child) for key, child in node.members.items()}
    return [whole(item) for item in node.items] if node.items is not None else node.value


@given(values, some.sampled_from([None, 0, 2]), some.booleans())
def test_it_reads_what_the_standard_library_writes(value: object, indent: int | None, ascii_only: bool) -> None:
    """Every document comes back as it was, whatever its layout."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert whole(read_document(text)) == json.loads(text)


@given(values)
def test_every_place_is_the_text_of_its_value(value: object) -> None:
    """What stands between a node's offsets is that node, and a key's that key."""
    text = json.dumps(value, indent=1, ensure_ascii=False)

    def walk(node: Node) -> None:
        assert whole(read_document(text[slice(*node.place)])) == whole(node)
        for key, child in (node.members or {}).items():
            assert json.loads(text[slice(*node.keys[key])]) == key
            walk(child)
        for item in node.items or []:
            walk(item)

    walk(read_document(text))


@given(some.text(alphabet='{}[]",:0123456789.eE+-tfn\\u \n', max_size=60))
def test_it_takes_no_more_and_no_less(text: str) -> None:
    """It accepts a text exactly when the standard library does and no key stands twice; a refusal lies in the text."""
    try:
        expected = json.loads(text, object_pairs_hook=unique, parse_constant=refuse, parse_int=float)
    except ValueError:
        with pytest.raises(JsonError) as caught:
            read_document(text)
        assert 0 <= caught.value.place[0] <= len(text)
    else:
        assert whole(read_document(text)) == expected


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _value in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def refuse(word: str) -> object:
    raise ValueError(word)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": 1, "a": 2}', 9, "twice"),
        ('{"a": 1,}', 7, "remove"),
        ('{"a" 1}', 5, "missing"),
        ('{"a": 1', 7, "too early"),
        ("{'a': 1}", 1, "double quotes"),
        ("[1] 2", 4, "after its end"),
        ('"\\ud800"', 0, "surrogate"),
        ("1e999", 0, "too large"),
        ("NaN", 0, "not expected"),
        ("[" * (MAX_DEPTH + 2), MAX_DEPTH + 1, "deeper"),
    ],
)
def test_a_refusal_says_where_and_what_to_do(text: str, place: int, words: str) -> None:
    """Duplicate keys, stray commas, single quotes, NaN and depth are refused at their place."""
    with pytest.raises(JsonError, match=words) as caught:
        read_document(text)
    assert caught.value.place[0] == place
