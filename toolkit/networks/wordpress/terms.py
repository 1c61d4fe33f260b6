"""Categories and tags by their names. They are made only where the post asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape, unescape
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer
from toolkit.networks.answers import NotBegunError, not_begun, refused
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.wordpress.api import PAGE, Api, error_code, said
from toolkit.web import Reply

KINDS: Final = ("categories", "tags")


def term_ids(api: Api, wanted: Mapping[str, str], now: datetime) -> dict[str, list[int]]:
    """``categories`` and ``tags`` of the part's fields as the ids that the blog knows them by.

    Raises `NotBegunError` for a name that the blog does not have, and what `Api.read` raises.
    """
    create = wanted.get("create_terms", "").lower() == "true"
    found = {}
    for kind in KINDS:
        names = [name.strip() for name in wanted.get(kind, "").split(",") if name.strip()]
        if names:
            # Two spellings of one name are one term.
            found[kind] = list(dict.fromkeys(_term(api, kind, name, now, create=create) for name in names))
    return found


def _term(api: Api, kind: str, name: str, now: datetime, *, create: bool) -> int:
    # WordPress keeps names with & < > written as in HTML, and searches them so.
    params = {"search": escape(name, quote=False), "per_page": str(PAGE), "_fields": "id,name,slug"}
    terms = items(api.read(f"/wp/v2/{kind}", params))
    for term in terms:
        if _same(unescape(text(term, "name")), name):
            return int(number(term, "id") or 0)
    if create:
        return _create(api, kind, name, now)
    near = ", ".join(unescape(text(term, "name")) for term in terms[:5])
    message = _("the blog has no {kind} {name!r}{near}; make it there, or set create_terms: true")
    shown = _(" (but {names})").format(names=near) if near else ""
    raise refused(message.format(kind=_word(kind), name=name, near=shown))


def _create(api: Api, kind: str, name: str, now: datetime) -> int:
    """Make the term; one that somebody made meanwhile is taken."""
    reply = api.write("POST", f"/wp/v2/{kind}", {"name": name})
    if error_code(reply) == "term_exists":
        existing = number(fields(reply.json()).get("data"), "term_id")
        if existing:
            return int(existing)
    made = number(reply.json(), "id") if reply.status == 201 else None
    if not made:
        raise NotBegunError(_failed(reply, name, now))
    return int(made)


def _failed(reply: Reply, name: str, now: datetime) -> Answer:
    return not_begun(reply, now, _("{name!r} could not be made: {said}").format(name=name, said=said(reply)))


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _word(kind: str) -> str:
    return _("category") if kind == "categories" else _("tag")
