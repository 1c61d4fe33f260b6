from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.schema.yaml_json import objections
from toolkit.schema import settings_schema
from toolkit.settings import TABLES, read_settings

ROOT = Path(__file__).parents[2]
SCHEMA = settings_schema()
BASE = 'format = 1\n[workspace]\nid = "a"\n'
# TOML values as people write them, right and wrong ones for every key.
VALUES = [
    *('""', '"advent"', '"de"', '"github"', '"s3"', '"folder"', '"ask"', '"Europe/Berlin"', '"DE-SH"', '"a/b"'),
    *('"https://a.example.com"', '"/srv/www"', '"off"', '"error"', '"a@b.example.com"', '"postgresql://a@b/c"'),
    *("0", "1", "-1", "60", "10000", "10001", "10000000", "1.5", "true", "false", "2026-12-01", "2026-12-01T07:30:00"),
    *(
        "[]",
        '["editor"]',
        '["de", "en"]',
        "[1]",
        '["21:30-07:00"]',
        '["mon-fri 08:00-18:00"]',
        '["pillar"]',
        '["credit"]',
    ),
    *("{}", '{a = "off"}', '{visibility = "public"}', "{a = []}", "{from = 2026-12-01, to = 2026-12-02}"),
    *("[{from = 2026-12-01, to = 2026-12-02}]", '[{from = "a"}]'),
]
KEYS = [(table, key) for table, keys in TABLES.items() for key in [*keys, "strange"] if table]
TABLE_NAMES = {"windows.*": "windows.all"}


def written(table: str, values: dict[str, str]) -> str:
    """A settings file with one table more than it needs, or with another `workspace`."""
    lines = [f"{key} = {value}" for key, value in values.items()]
    head = f"[{TABLE_NAMES.get(table, table.replace('*', 'a'))}]"
    if table == "workspace":
        needed = [] if "id" in values else ['id = "a"']
        return "\n".join(["format = 1", head, *needed, *lines, ""])
    needed = ['network = "feed"'] if table == "accounts.*" and "network" not in values else []
    return "\n".join([BASE.rstrip(), head, *needed, *lines, ""])


def said_by_schema(text: str) -> list[str]:
    raw = json.loads(json.dumps(tomllib.loads(text), default=str))
    return objections(SCHEMA, raw)


def tables() -> st.SearchStrategy[str]:
    """One table with a few of its keys."""

    def of(table: str) -> st.SearchStrategy[str]:
        keys = st.lists(st.sampled_from([*TABLES[table], "strange"]), max_size=4, unique=True)
        values = keys.flatmap(lambda names: st.fixed_dictionaries({name: st.sampled_from(VALUES) for name in names}))
        return values.map(lambda found: written(table, found))

    return st.sampled_from([table for table in TABLES if table]).flatmap(of)


@given(text=tables())
def test_what_the_reader_takes_the_schema_takes(text: str) -> None:
    """No settings that the reader takes are refused by the schema."""
    settings, _problems = read_settings(text)
    if settings is not None:
        assert said_by_schema(text) == [], text


@pytest.mark.parametrize(("table", "key"), KEYS, ids=lambda part: part)
def test_a_key_of_the_wrong_kind_is_seen_by_both(table: str, key: str) -> None:
    """For every key, a value of a kind that the reader never takes is refused by the schema, and some value is taken."""
    texts = {value: written(table, {key: value}) for value in VALUES}
    taken = {value for value, text in texts.items() if read_settings(text)[0] is not None}
    kinds = {kind(value) for value in taken}
    for value in VALUES:
        if kinds and kind(value) not in kinds:
            assert said_by_schema(texts[value]), texts[value]
    assert key != "strange" or not taken


def kind(value: str) -> type:
    found = tomllib.loads(f"a = {value}")["a"]
    return str if isinstance(found, date) else type(found)


def test_the_sample_fits() -> None:
    """The settings of the sample workspace fit."""
    assert said_by_schema((ROOT / "leitstand.toml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "format = 2\n[workspace]\nid = 'a'\n",
        "[workspace]\nid = 'a'\n",
        "format = 1\n",
        "format = 1\n[workspace]\nid = 'A B'\n",
        f"{BASE}[acounts.mastodon]\nnetwork = 'mastodon'\n",
        f"{BASE}[accounts.Mastodon]\nnetwork = 'mastodon'\n",
        f"{BASE}[accounts.mastodon]\n",
        f"{BASE}[people.jule]\nroles = ['editorin']\n",
        f"{BASE}[check.severity]\nlink = 'loud'\n",
        f"{BASE}[forge]\nkind = 'github'\n",
    ],
)
def test_a_mistake_is_seen_by_both(text: str) -> None:
    """What people get wrong is refused by both."""
    assert read_settings(text)[0] is None
    assert said_by_schema(text)


def test_it_is_a_schema() -> None:
    """It is valid JSON Schema 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)
