from __future__ import annotations

import base64
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.credentials import Cipher, vault_cipher
from toolkit.errors import UsageError

KEY = bytes(range(32))
TEXT = base64.b64encode(KEY).decode()


@given(text=st.text(st.characters(exclude_categories=["Cs"])), name=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_for_its_name_alone(text: str, name: str) -> None:
    """Any text, any name; the same text is sealed differently each time."""
    cipher = Cipher(KEY)
    sealed = cipher.seal(text, name)
    assert cipher.open(sealed, name) == text
    assert sealed.isascii()
    assert cipher.seal(text, name) != sealed
    with pytest.raises(UsageError, match="another key"):
        cipher.open(sealed, f"{name}x")


@pytest.mark.parametrize("sealed", ["", "?", "AAAA", base64.b64encode(bytes(40)).decode()])
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    """A sentence with the remedy, never a traceback of the library."""
    with pytest.raises(UsageError, match="sign in again"):
        Cipher(KEY).open(sealed, "a")


def test_a_key_is_given_or_made_beside_the_ledger(tmp_path: Path) -> None:
    """Variable before credentials file before a file of its own, which only its owner can read."""
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "vault-key").write_text(TEXT + "\n")
    (credentials / "vault-key").chmod(0o600)
    given_file = {"LEITSTAND_CREDENTIALS_DIR": str(credentials)}
    sealed = vault_cipher({"LEITSTAND_VAULT_KEY": TEXT.replace("+", "-").replace("/", "_")}, None).seal("s", "a")
    assert vault_cipher(given_file, None).open(sealed, "a") == "s"
    made = vault_cipher({}, tmp_path / "state").seal("s", "a")
    assert vault_cipher({}, tmp_path / "state").open(made, "a") == "s"
    assert stat.S_IMODE((tmp_path / "state" / "vault.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "state").iterdir()] == ["vault.key"]


@pytest.mark.parametrize("key", ["short", TEXT[:-4], "ü" * 44, TEXT + TEXT])
def test_a_key_that_is_none_is_refused_and_not_shown(key: str) -> None:
    """With the command that makes one."""
    with pytest.raises(UsageError, match="openssl rand -base64 32") as refused:
        vault_cipher({"LEITSTAND_VAULT_KEY": key}, None)
    assert key not in str(refused.value)


def test_a_shared_ledger_needs_a_key_that_is_given() -> None:
    """A key that one machine makes would be unknown to the others."""
    with pytest.raises(UsageError, match="LEITSTAND_VAULT_KEY"):
        vault_cipher({}, None)


def test_processes_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    """What one seals, each opens."""
    code = (
        "import sys, pathlib; from toolkit.credentials import vault_cipher; "
        "vault_cipher({}, pathlib.Path(sys.argv[1])); print((pathlib.Path(sys.argv[1]) / 'vault.key').read_text())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "state")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert len({process.communicate(timeout=60)[0] for process in running}) == 1
