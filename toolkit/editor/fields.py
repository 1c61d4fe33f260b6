"""Keys of front matter as fields of the browser editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.editor.words import label, text_hint
from toolkit.messages import _
from toolkit.model import MediaKind, Status
from toolkit.schema import Names
from toolkit.workspace.keys import Form, Key, Naming

# One field of the editor's configuration, as JSON.
Field = Mapping[str, object]

# As the reader takes them, in the editor's own notation.
DAY: Final = "YYYY-MM-DD"
# A picker would drop what it does not know, such as `next`, from the file.
WALL: Final = r"^\s*(next|\d{4}-\d{1,2}-\d{1,2}[T ]+\d{1,2}:\d{2}(:\d{2})?\s*(Z|[+-]\d{2}:?\d{2})?)\s*$"
# What must be filled in before anything is saved.
NEEDED: Final = frozenset({"title", "author", "metric", "target", "reach", "fit", "effort"})
# What a new text has before anybody chooses.
USUAL: Final = {"status": Status.DRAFT.value, "kind": MediaKind.PHOTO.value}
LONG: Final = frozenset({"alt", "audience"})


def fields(keys: Mapping[str, Key], names: Names, shown: Iterable[str]) -> list[Field]:
    """Fields for the keys that are `shown`, in their order."""
    return [_field(name, keys[name], names) for name in shown]


def hidden(name: str) -> Field:
    """A key that is kept as it is, in its place."""
    return {"name": name, "widget": "hidden"}


def body(hint: str = "") -> Field:
    """The text below the front matter, as plain Markdown: an editor of its own would rewrite it."""
    return {"name": "body", "label": label("body"), "widget": "text", "hint": hint or text_hint(), "required": False}


def _field(name: str, key: Key, names: Names) -> Field:
    required = name in NEEDED
    return {
        "name": name,
        "label": label(name),
        "hint": _(key.meaning),
        "required": required,
        **_widget(name, key, names),
    }


def _widget(name: str, key: Key, names: Names) -> Field:
    if key.form is Form.LIST:
        return {"widget": "list", "collapsed": "auto", "fields": fields(key.keys, names, _inner(name, key))}
    if key.form is Form.TABLE:
        return {"widget": "object", "collapsed": "auto", "fields": fields(key.keys, names, tuple(key.keys))}
    if key.names is Naming.CAMPAIGN:
        return {"widget": "relation", "collection": "campaigns", "display_fields": ["title"], "value_field": "{{slug}}"}
    if key.names is Naming.FILE:
        return {"widget": "file", "choose_url": False}
    known = _choices(key, names)
    if known:
        usual = {"default": USUAL[name]} if any(one["value"] == USUAL.get(name) for one in known) else {}
        return {"widget": "select", "options": known, **({"multiple": True} if key.form is Form.WORDS else usual)}
    return _plain(name, key.form)


def _plain(name: str, form: Form) -> Field:
    if form is Form.DAY:
        return {"widget": "datetime", "type": "date", "format": DAY}
    if form is Form.WALL:
        return {"widget": "string", "pattern": [WALL, _("A date and a time, such as 2026-12-01 07:30, or next")]}
    if form is Form.NUMBER:
        return {"widget": "number", "value_type": "float"}
    if form is Form.WORDS:
        return {"widget": "list"}
    return {"widget": "text" if name in LONG else "string"}


def _choices(key: Key, names: Names) -> list[Field]:
    """What can be chosen: the key's own values, or the names that exist."""
    if key.form not in {Form.TEXT, Form.WORDS} or key.names in {Naming.PILLAR, Naming.LABEL}:
        return []
    own = {choice: label(choice) for choice in key.choices}
    known = own or (dict(names.get(key.names, {})) if key.names is not None else {})
    return [{"value": value, "label": title} for value, title in known.items()]


def _inner(name: str, key: Key) -> tuple[str, ...]:
    return MEDIA if name == "media" else tuple(key.keys)


MEDIA: Final = ("file", "kind", "alt", "credit", "rights")
