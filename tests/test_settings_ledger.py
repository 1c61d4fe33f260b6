from __future__ import annotations

import pytest

from toolkit.settings import bind_ledger, read_settings

HEAD = 'format = 1\n[workspace]\nid = "x"\n'


def test_a_ledger_in_a_database_is_an_address_without_a_password() -> None:
    """The password stands in no file of git; the problem names the place and the remedy."""
    settings, _problems = read_settings(HEAD + '[state]\nledger = "postgresql://one@db/leitstand"\nledger_id = "01"\n')
    assert settings is not None
    assert (settings.ledger, settings.ledger_id) == ("postgresql://one@db/leitstand", "01")
    for address in ("postgresql://one:canary@db/leitstand", "postgres://one@db/leitstand?password=canary"):
        settings, (problem,) = read_settings(HEAD + f'[state]\nledger = "{address}"\n')
        assert settings is None
        assert (problem.span.line, "PGPASSFILE" in problem.message) == (5, True)
        assert "canary" not in str(problem)


@pytest.mark.parametrize("address", ["ledger.sqlite", "mysql://db/x", "postgresql:db", "postgresql://[bad", "//db"])
def test_what_is_no_address_is_a_problem(address: str) -> None:
    """With an example of one."""
    settings, (problem,) = read_settings(HEAD + f'[state]\nledger = "{address}"\n')
    assert settings is None
    assert "postgresql://user@host/database" in problem.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD, HEAD + '\n[state]\nledger_id = "01NEW"\n'),
        (HEAD.rstrip("\n"), HEAD + '\n[state]\nledger_id = "01NEW"\n'),
        (HEAD + "[state] # here\ndir = 'x'\n", HEAD + "[state] # here\nledger_id = \"01NEW\"\ndir = 'x'\n"),
        (HEAD + "[state]\nledger_id = '01OLD' # was\n[policy]\n", HEAD + '[state]\nledger_id = "01NEW"\n[policy]\n'),
        (HEAD.replace("\n", "\r\n"), (HEAD + '\n[state]\nledger_id = "01NEW"\n').replace("\n", "\r\n")),
        (HEAD + "[state]", HEAD + '[state]\nledger_id = "01NEW"\n'),
        ("state.dir = 'x'\n" + HEAD, None),
        (HEAD + 'workspace = "[state]"\n', None),
    ],
)
def test_binding_changes_one_line(before: str, after: str | None) -> None:
    """Comments, order and line endings stay; where it cannot be done safely, it is not done."""
    assert bind_ledger(before, "01NEW") == after
