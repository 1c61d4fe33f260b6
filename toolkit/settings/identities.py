"""What tells people apart who are not in the room: the key they sign with, and their name on the forge."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.values import Person

KEY_TYPES: Final = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)


def check_identities(reader: Reader, people: Iterable[Person]) -> None:
    """A key must be one, and neither a key nor a name on the forge may stand for two people."""
    known: dict[tuple[str, str], str] = {}
    for person in people:
        where = f"people.{person.key}"
        if person.signing_key and not is_public_key(person.signing_key):
            message = _('key must be a public SSH key such as "ssh-ed25519 AAAA…", without options')
            reader.error(where, "key", message)
        if person.key_from and person.key_until and person.key_from > person.key_until:
            reader.error(where, "key_until", _("key_until must not be before key_from"))
        # A key is the same whatever comment follows it; forges do not tell capitals from small letters.
        marks = {"key": " ".join(person.signing_key.split()[:2]), "forge": person.forge.casefold()}
        for name, mark in marks.items():
            if mark and (other := known.setdefault((name, mark), person.key)) != person.key:
                message = _("{other} has the same {key}; it must tell who somebody is")
                reader.error(where, name, message.format(other=other, key=name))


def is_public_key(said: str) -> bool:
    """Whether it is one public SSH key, as a line of a .pub file has it."""
    kind, _space, rest = said.partition(" ")
    encoded = rest.split(" ")[0]
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return False
    name = kind.encode()
    return kind in KEY_TYPES and said.isprintable() and data.startswith(len(name).to_bytes(4, "big") + name)
