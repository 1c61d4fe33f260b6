"""Where an account's secret comes from: the environment, or a file only its owner can read.

Order: the variable ``LEITSTAND_TOKEN_<ACCOUNT>`` (upper case, ``-`` becomes ``_``), then the file ``<account>`` in
``$CREDENTIALS_DIRECTORY`` (systemd's LoadCredential, container secrets), then in ``$LEITSTAND_CREDENTIALS_DIR``. Where
neither has one, the ledger's vault may: `leitstand login` puts it there. Never leitstand.toml, never front matter: both
are in git.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.values import dataclass

PREFIX: Final = "LEITSTAND_TOKEN_"
# variable → whether others may be able to read the files: systemd guards its folder itself
DIRECTORIES: Final[Mapping[str, bool]] = {"CREDENTIALS_DIRECTORY": True, "LEITSTAND_CREDENTIALS_DIR": False}
MAX_BYTES: Final = 65536


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that does not show itself: not in `repr`, `str`, f-strings or tracebacks. `reveal` gives it out."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(…)" if self._value else "Secret()"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")


class Source(StrEnum):
    """Where an account's secret is; the first of them that has one wins."""

    ENVIRONMENT = "environment"
    FILE = "file"
    VAULT = "vault"
    NONE = ""


def variable_name(account: str) -> str:
    """The variable that holds the secret of `account`."""
    return PREFIX + account.upper().replace("-", "_")


def read_secret(account: str, environ: Mapping[str, str]) -> Secret:
    """The secret of `account`; empty where none is set. Raises `UsageError` for a file that others can read."""
    value = environ.get(variable_name(account), "").strip()
    if value:
        return Secret(value)
    return read_secret_file(account, environ)


def secret_source(account: str, environ: Mapping[str, str]) -> Source:
    """Where `read_secret` finds the secret of `account`. Raises `UsageError` for a file that others can read."""
    if environ.get(variable_name(account), "").strip():
        return Source.ENVIRONMENT
    return Source.FILE if read_secret_file(account, environ) else Source.NONE


def read_secret_file(name: str, environ: Mapping[str, str]) -> Secret:
    """The secret in the file `name` of a credentials folder; empty where there is none."""
    for variable, guarded in DIRECTORIES.items():
        folder = environ.get(variable, "")
        if folder and _is_file_name(name) and (Path(folder) / name).is_file():
            return Secret(_read(Path(folder) / name, guarded=guarded))
    return Secret("")


def read_key_file(path: Path) -> Secret:
    """The secret in one file; raises `UsageError` when others can read it."""
    return Secret(_read(path, guarded=False))


def need_secret(account: str, environ: Mapping[str, str]) -> Secret:
    """Like `read_secret`, but raises `UsageError` with the way to set it where none is set."""
    secret = read_secret(account, environ)
    if not secret:
        message = _(
            "the account {account} has no token; run leitstand login {account}, or set {variable}, or put it into the"
            " file {account} in {folder}"
        )
        raise UsageError(
            message.format(account=account, variable=variable_name(account), folder="$LEITSTAND_CREDENTIALS_DIR")
        )
    return secret


def _is_file_name(account: str) -> bool:
    return account not in ("", ".", "..") and not set(account) & set("/\\\0")


def _read(path: Path, *, guarded: bool) -> str:
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and not guarded and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UsageError(_("{path} can be read by others; run: chmod 600 {path}").format(path=path))
        data = file.read(MAX_BYTES + 1)
    try:
        text = data.decode("utf-8").strip()
    except UnicodeDecodeError:
        text = ""
    if not text or len(data) > MAX_BYTES or not text.isprintable():
        raise UsageError(_("{path} does not hold one line of text with a token").format(path=path))
    return text
