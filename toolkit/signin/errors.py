"""What can go wrong with signing in and with tokens.

::

    LeitstandError
    ├── SignInError          nobody was signed in; nothing was stored
    ├── NeedsSignInError     the account's token is over; only a person who signs in again helps
    └── NetworkError
        └── TokenError       the network gave no token; its words, and whether that is final
"""

from __future__ import annotations

from toolkit.errors import LeitstandError, NetworkError


class SignInError(LeitstandError):
    """A person was not signed in."""


class NeedsSignInError(LeitstandError):
    """The account's token is over; somebody has to sign in again."""


class TokenError(NetworkError):
    """The network refused a token; `code` is its own name for why, "" where it gave none."""

    def __init__(self, message: str, code: str = "") -> None:
        self.code = code
        super().__init__(message)
