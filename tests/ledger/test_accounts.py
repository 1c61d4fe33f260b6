from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.ledgers import START
from toolkit.errors import LedgerError, UsageError
from toolkit.ledger import LedgerPlace, adopt_accounts, check_accounts, find_ledger, open_ledger
from toolkit.settings import Account, read_settings

NEWS = Account("news", "mastodon", "@nordlicht@social.example", server="https://social.example")
TOML = 'format = 1\n[workspace]\nid = "nordlicht"\n'


def place_in(tmp_path: Path, name: str, ledger_id: str = "", folder: str = "accounts") -> LedgerPlace:
    return LedgerPlace(tmp_path / name / "ledger.sqlite", ledger_id=ledger_id, accounts=tmp_path / folder)


def test_an_account_is_sent_for_by_one_ledger(tmp_path: Path) -> None:
    """The first ledger binds it; a second is refused until it is adopted, and then the first is."""
    with (
        open_ledger(place_in(tmp_path, "one"), now=START) as one,
        open_ledger(place_in(tmp_path, "two"), now=START) as two,
    ):
        check_accounts(one, [NEWS])
        check_accounts(one, [NEWS])
        with pytest.raises(LedgerError, match="leitstand ledger adopt") as refused:
            check_accounts(two, [NEWS])
        assert str(tmp_path / "one") in str(refused.value)
        assert f"LEITSTAND_STATE_DIR={tmp_path / 'one'}." in str(refused.value)
        adopt_accounts(two, [NEWS])
        check_accounts(two, [NEWS])
        with pytest.raises(LedgerError, match="leitstand ledger adopt"):
            check_accounts(one, [NEWS])


def test_the_same_short_name_on_another_server_is_another_account(tmp_path: Path) -> None:
    """Two brands may each have a feed that is called news."""
    other = Account("news", "mastodon", NEWS.id, server="https://other.example")
    with (
        open_ledger(place_in(tmp_path, "one"), now=START) as one,
        open_ledger(place_in(tmp_path, "two"), now=START) as two,
    ):
        check_accounts(one, [NEWS])
        check_accounts(two, [other])


def test_a_copy_or_demo_binds_nothing(tmp_path: Path) -> None:
    """A place without a folder of accounts neither writes nor asks."""
    with (
        open_ledger(tmp_path / "a" / "ledger.sqlite", now=START) as one,
        open_ledger(tmp_path / "b" / "ledger.sqlite", now=START) as two,
    ):
        check_accounts(one, [NEWS])
        check_accounts(two, [NEWS])
        adopt_accounts(two, [NEWS])


def test_where_nothing_can_be_noted_the_ledger_sends_all_the_same(tmp_path: Path) -> None:
    """A home that cannot be written is no reason to publish nothing."""
    (tmp_path / "file").write_text("")
    with open_ledger(place_in(tmp_path, "one", folder="file/below"), now=START) as one:
        check_accounts(one, [NEWS])


def test_only_the_ledger_that_the_settings_name_sends(tmp_path: Path) -> None:
    """Another id is refused with the remedy, on whatever machine."""
    with open_ledger(place_in(tmp_path, "one", ledger_id="01OTHER"), now=START) as one:
        with pytest.raises(LedgerError, match="leitstand ledger bind"):
            check_accounts(one, [NEWS])
        identity = one.meta()["ledger_id"]
    with open_ledger(place_in(tmp_path, "one", ledger_id=identity), now=START) as one:
        check_accounts(one, [NEWS])


def test_the_place_comes_from_environment_settings_or_state_directory(tmp_path: Path) -> None:
    """In this order; the variable may hold a password, which is never shown."""
    plain, _problems = read_settings(TOML)
    named, _problems = read_settings(TOML + '[state]\nledger = "postgresql://one@db/leitstand"\n')
    assert plain is not None
    assert named is not None
    assert str(find_ledger(tmp_path, plain, {})) == str(tmp_path / "ledger.sqlite")
    assert str(find_ledger(tmp_path, named, {})) == "postgresql://one@db/leitstand#nordlicht"
    environ = {"LEITSTAND_LEDGER": "postgresql://two:canary-secret@db:5433/leitstand?password=canary-too"}
    found = find_ledger(tmp_path, named, environ)
    assert found.address == environ["LEITSTAND_LEDGER"]
    assert str(found) == "postgresql://two@db:5433/leitstand#nordlicht"
    assert "canary" not in f"{found!r} {found}"
    with pytest.raises(UsageError, match="LEITSTAND_LEDGER must be an address"):
        find_ledger(tmp_path, plain, {"LEITSTAND_LEDGER": "mysql://x"})
