"""Writing YAML values: what is written reads back as meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.source.entries import flow_entry, scalar
from toolkit.source.nodes import Mapping, Scalar, Sequence, read_nodes

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40) | st.sampled_from(
    [
        "",
        "~",
        "null",
        "NO",
        "12:30",
        "a: b",
        "a #b",
        "- a",
        "# a",
        "'",
        '"',
        "{a}",
        "[a]",
        "a, b",
        "&a",
        "*a",
        "!a",
        "%",
        "@",
    ]
)


@given(text=TEXTS)
def test_a_scalar_reads_back(text: str) -> None:
    """Whatever people write in a title stands in the file so that a reader gets the same text."""
    root = read_nodes(f"title: {scalar(text)}\n")
    assert isinstance(root, Mapping)
    value = root.values["title"]
    assert isinstance(value, Scalar)
    assert value.text == text
    assert not value.empty


@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_an_entry_reads_back(texts: list[str]) -> None:
    """Several texts in one flow entry stay apart."""
    entry = {f"k{index}": text for index, text in enumerate(texts)}
    root = read_nodes(f"- {flow_entry({**entry, 'all': tuple(texts)})}\n")
    assert isinstance(root, Sequence)
    item = root.items[0]
    assert isinstance(item, Mapping)
    listed = item.values.pop("all")
    assert isinstance(listed, Sequence)
    assert [node.text for node in listed.items if isinstance(node, Scalar)] == texts
    assert {key: node.text for key, node in item.values.items() if isinstance(node, Scalar)} == entry


def test_plain_words_stay_plain() -> None:
    """Nobody has to read quotes that are not needed."""
    assert scalar("Adventskalender, Tür 1") == "Adventskalender, Tür 1"
    assert scalar("Adventskalender, Tür 1", flow=True) == '"Adventskalender, Tür 1"'
    assert scalar("Tür 1: auf") == '"Tür 1: auf"'
