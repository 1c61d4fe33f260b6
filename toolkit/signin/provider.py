"""What is asked of a network's authorization server: RFC 6749, 7009, 7636, and Meta's exchange of long-lived tokens.

No secret stands in a message: not in an address, and not in the words that a server repeats to us.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode

from toolkit.messages import _
from toolkit.model.signin import EXCHANGE, SignIn
from toolkit.signin.client import Client
from toolkit.signin.errors import TokenError
from toolkit.signin.grant import Grant
from toolkit.signin.replies import TokenReply, read_refusal, read_tokens
from toolkit.values import dataclass
from toolkit.web import Reply, Web

Fields = Mapping[str, str]
REFUSED: Final = range(400, 500)


@dataclass(frozen=True, slots=True)
class Provider:
    """One network's authorization server, spoken to as one client. Addresses in `facts` are filled in."""

    network: str
    facts: SignIn
    client: Client
    web: Web

    def authorize_address(self, redirect: str, state: str, challenge: str) -> str:
        """What a person opens in a browser."""
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": redirect,
            "scope": self.facts.scope_separator.join(self.facts.scopes),
            "state": state,
            **self.facts.authorize_fields,
        }
        if self.facts.pkce:
            asked |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        joint = "&" if "?" in self.facts.authorize else "?"
        return f"{self.facts.authorize}{joint}{urlencode(asked, quote_via=quote)}"

    def redeem(self, code: str, redirect: str, verifier: str, now: datetime) -> Grant:
        """The grant for a code; one that lives shortly is exchanged for a lasting one at once. Raises `NetworkError`."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect}
        form |= {"code_verifier": verifier} if self.facts.pkce else {}
        said = self._post(self.facts.token, form, code, verifier)
        kept = (self.client.id, self.client.secret) if self.client.registered else ("", "")
        grant = _renewed(Grant("", now, now, self.network, client_id=kept[0], client_secret=kept[1]), said, now)
        renewal = self.facts.renew if said.refresh or self.facts.renew == EXCHANGE else ""
        grant = replace(grant, signed_in=True, renewal=renewal)
        return self._lengthened(grant, now) if grant.renewal == EXCHANGE else grant

    def renew(self, grant: Grant, now: datetime) -> Grant:
        """The grant with new tokens. Raises `TokenError`, and what `Web.request` raises."""
        if grant.renewal == EXCHANGE and not grant.refresh:
            return self._exchanged(grant, self.facts.renew_at, self.facts.renew_fields, now)
        form = {"grant_type": "refresh_token", "refresh_token": grant.refresh}
        return _renewed(grant, self._post(self.facts.token, form, grant.refresh), now)

    def revoke(self, grant: Grant) -> bool:
        """Give the tokens back; whether the network took them. Raises what `Web.request` raises."""
        tokens = [token for token in (grant.refresh, grant.access) if token]
        if not self.facts.revoke or not tokens:
            return False
        answers = [self._form(self.facts.revoke, {"token": token}, token).ok for token in tokens]
        return all(answers)

    def _lengthened(self, grant: Grant, now: datetime) -> Grant:
        address = self.facts.lengthen_at or self.facts.renew_at
        return self._exchanged(grant, address, self.facts.lengthen_fields or self.facts.renew_fields, now)

    def _exchanged(self, grant: Grant, address: str, form: Fields, now: datetime) -> Grant:
        """The token itself, exchanged. Meta documents this as a GET; it changes nothing, so it may be repeated."""
        known = {"token": grant.access, "client_id": self.client.id, "client_secret": self.client.secret}
        params = {name: value.format(**known) for name, value in form.items()}
        web = self.web.hiding(grant.access, self.client.secret, in_bodies=False)
        return _renewed(grant, self._tokens(web.request("GET", address, params=params), grant.access), now)

    def _post(self, address: str, form: Fields, *secrets: str) -> TokenReply:
        return self._tokens(self._form(address, form, *secrets), *secrets)

    def _form(self, address: str, form: Fields, *secrets: str) -> Reply:
        """POST of a form in the client's name, once: codes and refresh tokens are good for one time."""
        headers = {"Accept": "application/json"}
        named = dict(form)
        if self.facts.basic and self.client.secret:
            pair = f"{quote(self.client.id, safe='')}:{quote(self.client.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            named |= {"client_id": self.client.id}
            named |= {"client_secret": self.client.secret} if self.client.secret else {}
        web = self.web.hiding(*secrets, self.client.secret, in_bodies=False)
        return web.request("POST", address, form=named, headers=headers)

    def _tokens(self, reply: Reply, *secrets: str) -> TokenReply:
        found = read_tokens(reply) if reply.ok else None
        if found is not None:
            return found
        code, words = read_refusal(reply, (*secrets, self.client.secret))
        message = _("{network} gives no token: {said}").format(network=self.network, said=words)
        raise TokenError(message, code if reply.status in REFUSED else "")


def _renewed(grant: Grant, said: TokenReply, now: datetime) -> Grant:
    """The grant with what the network said. A refresh token that it did not repeat goes on (RFC 6749 6)."""
    refresh = said.refresh or grant.refresh
    return replace(
        grant,
        access=said.access,
        refresh=refresh,
        renewed_at=now,
        expires_at=_later(now, said.lives),
        refresh_until=_later(now, said.refresh_lives) or (grant.refresh_until if refresh == grant.refresh else None),
        dead="",
    )


def _later(now: datetime, lives: timedelta | None) -> datetime | None:
    return None if lives is None else now + lives
