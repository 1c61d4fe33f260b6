"""`report --set`: what a notebook's own cell of parameters knows, as the kinds that stand there, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import UsageError
from toolkit.reports.given import given_then, read_given, short_name
from toolkit.reports.notebook import find_notebook
from toolkit.reports.orders import Order, of_the_verb

CELL = """month = "2026-10"
campaign = ""  # which
top: int = 5
share = 0.5
loud = False
tags = ["a"]
table = {"a": 1}
made = len("abc")
"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "own.ipynb"
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "p",
        "source": CELL,
        "metadata": {"tags": ["parameters"]},
        "outputs": [],
        "execution_count": None,
    }
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def test_each_text_becomes_what_its_parameter_is(notebook: Path) -> None:
    """Text, whole number, number, yes or no, and a list by commas or item by item."""
    said = ["campaign=advent=2026", "top=3", "share=0.25", "loud=yes", "tags=x, y", "tags=z"]
    assert dict(read_given(said, notebook)) == {
        "campaign": "advent=2026", "top": 3, "share": 0.25, "loud": True, "tags": ("x", "y", "z"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("campain=advent", "unknown parameter of the report own 'campain'; did you mean 'campaign'?"),
        ("advent", "--set takes name=value, not 'advent'"),
        ("top=2.5", "--set: top is a whole number, not '2.5'"),
        ("share=nan", "--set: share is a number, not 'nan'"),
        ("loud=maybe", "--set: loud is true or false, not 'maybe'"),
        ("month=2026-09", "--set: month is given by --month"),
        ("state=/tmp/x", "--set: state is given by Leitstand itself"),
        ("table=1", "--set: table is no text, number or list of texts in the notebook"),
    ],
)
def test_what_cannot_be_set_is_said(said: str, answer: str, notebook: Path) -> None:
    """An unknown name with the nearest known one, a wrong kind, and what another option gives."""
    with pytest.raises(UsageError) as caught:
        read_given([said], notebook)
    assert str(caught.value).startswith(answer)


def test_a_value_is_given_once(notebook: Path) -> None:
    """Two campaigns in one report are a slip."""
    with pytest.raises(UsageError, match="campaign is given twice"):
        read_given(["campaign=a", "campaign=b"], notebook)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("campaign", "campaign=advent"),
        ("experiment", "experiment=question"),
        ("channel", "measure=reach"),
        ("year", "age=672"),
    ],
)
def test_the_packaged_notebooks_take_theirs(name: str, said: str, tmp_path: Path) -> None:
    """Campaign, experiment, measure and age are parameters of the notebooks that use them."""
    assert len(read_given([said], find_notebook(tmp_path, name))) == 1


texts = st.lists(st.text(max_size=6), max_size=3).map(tuple)


@given(first=texts, second=texts)
def test_other_values_have_another_folder(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    """No report overwrites one that was made with other values, and the name is one plain folder."""
    names = [short_name((("tags", value),)) for value in (first, second)]
    alike = "+".join(first) == "+".join(second) and len(first) < 2 > len(second)
    assert (names[0] == names[1]) == (first == second or alike)
    assert all("/" not in name and name.startswith("tags-") for name in names)


def test_a_manifest_gives_them_back() -> None:
    """What stands in a manifest beside our own parameters is what was given."""
    order = Order("campaign", "2026-10", given=(("campaign", "advent"), ("tags", ("a", "b"))))
    plain = Order("campaign", "2026-10", given=order.given[:1])
    held = json.loads(json.dumps({**of_the_verb(order), "campaign": "advent", "tags": ["a", "b"]}))
    assert given_then(held, of_the_verb(order)) == order.given
    assert plain.folder(Path("s")) == Path("s/reports/campaign/2026-10-campaign-advent")
