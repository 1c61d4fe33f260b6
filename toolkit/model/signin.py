"""What a network says about signing in: addresses, rights, how a token is renewed. Facts only; adapters declare them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.values import dataclass

# Answers with which a network says that a token is over for good, whoever asks (RFC 6749 5.2; Meta's 102 and 190).
VOID: Final = frozenset({"invalid_grant", "102", "190"})
EXCHANGE: Final = "exchange"
REFRESH: Final = "refresh_token"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where and how a person signs in for an account (OAuth 2). ``{server}`` stands for the account's server.

    In `renew_fields` and `lengthen_fields` stand ``{token}``, ``{client_id}`` and ``{client_secret}``.
    """

    authorize: str
    token: str
    scopes: tuple[str, ...]
    pkce: bool = True  # RFC 7636, where the network offers it
    scope_separator: str = " "
    # Further fields of the address that a person opens, such as ``{"access_type": "offline"}``.
    authorize_fields: Mapping[str, str] = field(default_factory=dict)
    # Where a client is registered by a request of ours; "" where a person does it on the network's pages.
    register: str = ""
    # The redirect with which the network shows the code to the person; "" where it has none.
    out_of_band: str = ""
    # Whether the network sends people to http://127.0.0.1; else only to a client's own https address.
    loopback: bool = True
    # Whether a client with a secret names itself in the Authorization header (RFC 6749 2.3.1) or in the form.
    basic: bool = False
    # How a token is renewed: with its refresh token, or by exchanging the token itself while it lives.
    renew: str = REFRESH
    # Where a token is exchanged, and with which fields.
    renew_at: str = ""
    renew_fields: Mapping[str, str] = field(default_factory=dict)
    # Where the first, short-lived token is exchanged for a lasting one, when not as it is renewed later.
    lengthen_at: str = ""
    lengthen_fields: Mapping[str, str] = field(default_factory=dict)
    # Where a token is given back (RFC 7009); "" where it cannot be.
    revoke: str = ""
    # What the network answers, besides `VOID`, when a token is over for good.
    void: tuple[str, ...] = ()

    @property
    def voids(self) -> frozenset[str]:
        return VOID | set(self.void)
