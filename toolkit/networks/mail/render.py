"""An answer as a plain-text mail: no pictures, no HTML, addresses written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from toolkit.model import Count, Message, Part, Rendition
from toolkit.networks.limits import limit
from toolkit.networks.parts import chosen, joined, make_rendition
from toolkit.networks.plain import plain_text
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "from": "Who answers, such as Nordlicht Kaffee <service@nordlicht.example.com>. Default: the account's id.",
    "subject": "The subject line. Default: that of the mail that is answered, behind Re:.",
}
# Read from leitstand.toml alone: no post and no answer says where mail is handed in.
SMTP: Final = "smtp"
SENT: Final = "sent"
SETUP: Final[Mapping[str, str]] = {
    SMTP: "Where answers are handed in, such as smtps://mail.example.com; only with the account.",
    SENT: "The folder of sent mails, where the server does not say which it is; only with the account.",
}
_AGAIN: Final = ("re:", "aw:", "antw:", "antwort:")


def count(text: str) -> Count:
    """The size of `text` in characters."""
    return Count(len(text), limit("mail", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """The mail that is made of `draft`."""
    fields = chosen(draft, OPTIONS)
    text = plain_text(joined(draft))
    return make_rendition(draft, [Part(text, count(text), fields=fields)], title=fields.get("subject", ""))


def address(rendition: Rendition, message: Message) -> Rendition:
    """An answer to `message` with whom it goes to and its subject."""
    parts = [replace(part, fields={**part.fields, "to": message.author}) for part in rendition.parts]
    return replace(rendition, parts=tuple(parts), title=rendition.title or answer_subject(message.subject))


def answer_subject(subject: str) -> str:
    """``Re: …``, once, whatever the programs in between call it."""
    bare = subject.strip()
    while bare.lower().startswith(_AGAIN):
        bare = bare.partition(":")[2].strip()
    return f"Re: {bare}".strip()
