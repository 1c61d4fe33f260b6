"""What comes back from a sign-in: a code, or the network's word for why there is none; only with our own state."""

from __future__ import annotations

import hmac
from dataclasses import field
from urllib.parse import parse_qs

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Redirected:
    """What came with the redirect: a code, or the network's word for why there is none."""

    code: str = field(default="", repr=False)
    refusal: str = ""


def read_redirect(query: str, state: str) -> Redirected | None:
    """What a redirect's query carries; None unless it carries `state` and something with it."""
    said = {name: values[-1] for name, values in parse_qs(query, max_num_fields=50).items()}
    if not hmac.compare_digest(said.get("state", "").encode(), state.encode()):
        return None
    if said.get("error"):
        return Redirected(refusal=" ".join(f"{said['error']} {said.get('error_description', '')}".split())[:300])
    return Redirected(said["code"]) if said.get("code") else None
