"""A provider that keeps to RFC 6749 and 7636, rotates refresh tokens, and punishes whoever uses one twice."""

from __future__ import annotations

import base64
import hashlib
import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request
from toolkit.model import SignIn

CLIENT = "client-7"
CLIENT_SECRET = "canary-client-secret"
LIFE = 7200


def s256(verifier: str) -> str:
    """RFC 7636 4.2, once more by hand."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


@dataclass
class PretendProvider:
    """An authorization server in memory. `codes` are open; `refresh` is the only refresh token that is good."""

    server: PretendServer
    life: int | None = LIFE
    rotates: bool = True
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refresh: str = "canary-refresh-0"
    refreshes: int = 0
    used_twice: int = 0
    revoked: list[str] = field(default_factory=list)
    broken: str = ""  # "drop": takes the refresh and never answers; "500": does nothing
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def facts(self, **more: object) -> SignIn:
        """What an adapter would declare of it."""
        at = self.server.address
        return SignIn(authorize=f"{at}/authorize", token=f"{at}/token", scopes=("read", "write"), **more)  # type: ignore[arg-type]  # what a test adds

    def consent(self, address: str) -> tuple[str, str]:
        """A person says yes: the address the browser is sent to, and the code in it."""
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"canary-code-{next(self.count)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}", code

    def token(self, request: Request) -> Reply | Drop:
        form = request.form()
        with self.lock:
            return self._code(form) if form["grant_type"] == "authorization_code" else self._refreshed(form)

    def _code(self, form: dict[str, str]) -> Reply:
        asked = self.codes.pop(form["code"], None)
        if asked is None or asked["redirect_uri"] != form["redirect_uri"] or asked["client_id"] != form["client_id"]:
            return Reply(400, {"error": "invalid_grant", "error_description": f"no such code {form['code']}"})
        if "code_challenge" in asked and asked["code_challenge"] != s256(form.get("code_verifier", "")):
            return Reply(400, {"error": "invalid_grant", "error_description": "PKCE"})
        return self._tokens()

    def _refreshed(self, form: dict[str, str]) -> Reply | Drop:
        if self.broken == "500":
            return Reply(500, {"error": "server_error"})
        if form["refresh_token"] != self.refresh:
            self.used_twice += 1
            said = f"the refresh token {form['refresh_token']} was used before"
            return Reply(400, {"error": "invalid_grant", "error_description": said})
        self.refreshes += 1
        answer = self._tokens()
        return DROP if self.broken == "drop" else answer

    def _tokens(self) -> Reply:
        number = next(self.count)
        body: dict[str, object] = {"access_token": f"canary-access-{number}", "token_type": "bearer"}
        if self.life is not None:
            body["expires_in"] = self.life
        if self.rotates:
            self.refresh = f"canary-refresh-{number}"
            body["refresh_token"] = self.refresh
        return Reply(200, body)

    def revoke(self, request: Request) -> Reply:
        self.revoked.append(request.form()["token"])
        return Reply(200, {})
