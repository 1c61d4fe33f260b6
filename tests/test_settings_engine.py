"""[metrics] engine in leitstand.toml: which addresses it takes, and that it holds no password."""

from __future__ import annotations

import pytest

from toolkit.settings import read_settings

HEAD = 'format = 1\n[workspace]\nid = "x"\n[metrics]\nengine = '


@pytest.mark.parametrize(
    ("written", "engine"),
    [
        ("duckdb", ""),
        ("postgresql://anna@db.example.com/kpis", "postgresql://anna@db.example.com/kpis"),
        ("spark://host:7077", "spark://host:7077"),
        ("spark://local", "spark://local"),
    ],
)
def test_an_engine_is_duckdb_or_an_address(written: str, engine: str) -> None:
    """DuckDB is what is used without the setting, too."""
    settings, problems = read_settings(f'{HEAD}"{written}"\n')
    assert not problems
    assert settings is not None
    assert settings.engine == engine


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mysql://host/kpis", "leitstand.toml:5:1: engine must be duckdb, or an address such as postgresql://"),
        ("spark://", "engine must be duckdb"),
        ("postgresql://anna:geheim@db/kpis", "no password here, this file is in git"),
        ("postgresql://anna@db/kpis?password=geheim", "set LEITSTAND_ENGINE"),
    ],
)
def test_another_engine_and_a_password_are_problems(written: str, said: str) -> None:
    """The problem stands at the value, says what to write, and does not repeat the password."""
    settings, problems = read_settings(f'{HEAD}"{written}"\n')
    assert settings is None
    (problem,) = problems
    shown = f"{problem.path}:{problem.span.line}:{problem.span.col}: {problem.message}"
    assert said in shown
    assert "geheim" not in shown
