"""Encrypting what networks hand out and take back (sessions, refreshed tokens) before it is written down.

AES-256-GCM with a random nonce; the name that a text was sealed for is authenticated with it, so that nobody can put one
account's session in the place of another's. The key: the variable ``LEITSTAND_VAULT_KEY``, the credentials file
``vault-key``, else a file ``vault.key`` beside the ledger's, made when it is first needed. Where several machines share
a ledger each has to be given the same key.
"""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from toolkit.credentials.tokens import Secret, read_key_file, read_secret_file
from toolkit.errors import UsageError, missing_extra
from toolkit.messages import _

KEY_VARIABLE: Final = "LEITSTAND_VAULT_KEY"
KEY_NAME: Final = "vault-key"  # in the credentials folder
KEY_FILE: Final = "vault.key"  # in the state directory
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class Cipher:
    """Seals and opens texts with one key."""

    def __init__(self, key: bytes) -> None:
        try:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        except ImportError as error:
            raise missing_extra("publish", error) from error
        self._cipher = AESGCM(key)

    def seal(self, text: str, name: str) -> str:
        """The text, encrypted for `name`: ASCII."""
        nonce = os.urandom(NONCE_BYTES)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), name.encode())).decode("ascii")

    def open(self, sealed: str, name: str) -> str:
        """What was sealed for `name`; raises `UsageError` when the key is another, or the text was changed."""
        from cryptography.exceptions import InvalidTag

        try:
            data = base64.b64decode(sealed, validate=True)
            return self._cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], name.encode()).decode()
        except (InvalidTag, ValueError):
            message = _(
                "the session of {name} was sealed with another key than the one in {variable}, {file} or {made};"
                " put the key back, or sign in again"
            )
            known = {"variable": KEY_VARIABLE, "file": KEY_NAME, "made": KEY_FILE}
            raise UsageError(message.format(name=name, **known)) from None


def vault_cipher(environ: Mapping[str, str], folder: Path | None) -> Cipher:
    """The cipher of a ledger: its key was given, or lies in `folder` and is made there; None: it has to be given.

    Raises `UsageError` for a key that is none, that others can read, or that is missing.
    """
    given = Secret(environ.get(KEY_VARIABLE, "").strip()) or read_secret_file(KEY_NAME, environ)
    if given:
        return Cipher(_key(given))
    if folder is None:
        message = _(
            "a ledger that several machines share needs the same key on each of them for what it encrypts: what"
            " {made} held where the ledger was a file, else a new one of `openssl rand -base64 32`; set {variable}, or"
            " put it into the file {file} in {folder}"
        )
        folders = "$LEITSTAND_CREDENTIALS_DIR"
        raise UsageError(message.format(made=KEY_FILE, variable=KEY_VARIABLE, file=KEY_NAME, folder=folders))
    return Cipher(_key(_made(folder / KEY_FILE)))


def _key(said: Secret) -> bytes:
    """32 bytes in base64, of either alphabet."""
    try:
        key = base64.b64decode(said.reveal().translate(str.maketrans("-_", "+/")), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        message = _(
            "the key for what the ledger encrypts must be 32 bytes in base64, as `openssl rand -base64 32` makes it"
        )
        raise UsageError(message)
    return key


def _made(path: Path) -> Secret:
    """The key in the file, which is made in one piece where there is none; whoever comes second takes the first one's."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".vault-", suffix=".tmp", dir=path.parent)  # readable by its owner only
        try:
            with os.fdopen(handle, "wb") as draft:
                draft.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
                draft.flush()
                os.fsync(draft.fileno())
            with suppress(FileExistsError):
                _place(Path(name), path)
        finally:
            Path(name).unlink(missing_ok=True)
    return read_key_file(path)


def _place(draft: Path, path: Path) -> None:
    if os.name == "nt":
        draft.rename(path)  # on Windows this refuses to overwrite
    else:
        os.link(draft, path)
