"""The public counts of another account. API: https://docs.joinmastodon.org/methods/accounts/#lookup, …/#statuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.mastodon.api import COUNTS, Api
from toolkit.networks.watching import PublicAccount, PublicPost

PAGE: Final = 40
MAX_PAGES: Final = 10
MEDIA: Final = {"image": "photo", "video": "video", "gifv": "video", "audio": "audio"}
PUBLIC: Final = frozenset({"public", "unlisted"})


def watch(api: Api, name: str, since: datetime) -> PublicAccount:
    """The account called `name` on the server of `api`; its posts since then. Raises what `Api.read` raises."""
    account = fields(api.read("/api/v1/accounts/lookup", {"acct": name}))
    identity = text(account, "id")
    found: dict[str, PublicPost] = {}
    last, whole = "", False
    for _page in range(MAX_PAGES):
        page = _statuses(api, identity, last)
        fresh = [status for status in page if text(status, "id") not in found and _at(status) >= since]
        found |= {text(status, "id"): _post(status) for status in fresh if _counts(status, identity)}
        whole = not page or any(_at(status) < since for status in page) or text(page[-1], "id") == last
        if whole:
            break
        last = text(page[-1], "id")
    # Some servers answer 0 to both and mean "not counted"; see the own account's `audience`.
    told = number(account, "followers_count") if number(account, "statuses_count") else None
    return PublicAccount(told, tuple(found.values()), whole)


def _statuses(api: Api, identity: str, last: str) -> list[Mapping[str, object]]:
    params = {"limit": str(PAGE), "exclude_reblogs": "true", "exclude_replies": "true"}
    path = f"/api/v1/accounts/{identity}/statuses"
    read = items(api.read(path, params | ({"max_id": last} if last else {})))
    return [fields(status) for status in read if moment(text(status, "created_at")) is not None]


def _at(status: Mapping[str, object]) -> datetime:
    at = moment(text(status, "created_at"))
    if at is None:
        raise ValueError("a status without a date is left out before")
    return at


def _counts(status: Mapping[str, object], identity: str) -> bool:
    """Whether it is a public post of the account itself: no boost, and no answer to somebody else."""
    answers = text(status, "in_reply_to_account_id")
    own = not status.get("reblog") and (not status.get("in_reply_to_id") or answers == identity)
    return own and text(status, "visibility") in PUBLIC


def _post(status: Mapping[str, object]) -> PublicPost:
    counted = sum(number(status, name) or 0.0 for name in COUNTS)
    part, url = bool(status.get("in_reply_to_id")), text(status, "url")
    return PublicPost(_at(status), counted, is_part=part, url=url, format=_format(status))


def _format(status: Mapping[str, object]) -> str:
    media = [MEDIA.get(text(one, "type"), "") for one in items(status.get("media_attachments"))]
    if media:
        return media[0]
    if status.get("poll"):
        return "poll"
    return "link" if status.get("card") else "text"
