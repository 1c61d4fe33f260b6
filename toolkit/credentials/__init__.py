"""Secrets: where an account's token comes from, and the key that what the ledger keeps is encrypted with."""

from toolkit.credentials.sealing import KEY_VARIABLE, Cipher, vault_cipher
from toolkit.credentials.tokens import (
    DIRECTORIES,
    MAX_BYTES,
    PREFIX,
    Secret,
    Source,
    need_secret,
    read_secret,
    read_secret_file,
    secret_source,
    variable_name,
)

__all__ = [
    "DIRECTORIES",
    "KEY_VARIABLE",
    "MAX_BYTES",
    "PREFIX",
    "Cipher",
    "Secret",
    "Source",
    "need_secret",
    "read_secret",
    "read_secret_file",
    "secret_source",
    "variable_name",
    "vault_cipher",
]
