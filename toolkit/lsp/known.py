"""Which keys may stand where in a front matter: the tables of `toolkit.workspace.keys`, with this workspace's names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.lsp.scene import Scene
from toolkit.lsp.vocabulary import names
from toolkit.messages import _
from toolkit.workspace.keys import Form, Key, Naming


def keys_in(scene: Scene, path: Sequence[str]) -> Mapping[str, Key]:
    """The keys that may stand in the table at `path`; at ``()`` in the front matter itself."""
    if not path:
        return {name: _spoken(key) for name, key in scene.keys.items()}
    key = key_at(scene, path)
    if key is None or key.form not in {Form.TABLE, Form.LIST, Form.NAMED}:
        return {}
    if key.form is Form.NAMED and key.names is not None:
        return {name.name: _table(scene, key, name.name, name.text) for name in names(scene, key.names)}
    return {name: _spoken(inner) for name, inner in key.keys.items()}


def key_at(scene: Scene, path: Sequence[str]) -> Key | None:
    """The key at `path`, its meaning in the language spoken; None when nobody knows it."""
    return keys_in(scene, path[:-1]).get(path[-1]) if path else None


def _spoken(key: Key) -> Key:
    return replace(key, meaning=_(key.meaning)) if key.meaning else key


def _table(scene: Scene, key: Key, name: str, text: str) -> Key:
    """The table called `name` of a table of tables; an account's has its network's options, too."""
    keys = dict(key.keys)
    if key.names is Naming.CHANNEL:
        account = scene.workspace.settings.accounts.get(name)
        network = scene.view.network(account.network if account else name)
        for option, meaning in network.known_options.items() if network else ():
            keys.setdefault(option, Key(meaning))
    return Key(text, Form.TABLE, keys=keys)
