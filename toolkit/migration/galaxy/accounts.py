"""Accounts of plugins.yml as accounts of leitstand.toml. Tokens stay where they are: Leitstand has its own names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.migration.base import Change, Kind
from toolkit.migration.galaxy.export import Plugin

Table = Mapping[str, str | bool | Mapping[str, str]]

# What writes previews, not posts.
_PREVIEWS: Final = {"markdown"}
_USUAL: Final = {"mastodon": 500, "bluesky": 300, "linkedin": 3000}


def account_tables(plugins: Iterable[Plugin], used: Iterable[str]) -> tuple[dict[str, Table], list[Change]]:
    """Name → table of leitstand.toml; and what is different there. Accounts that posts use are taken even if disabled."""
    wanted = set(used)
    tables: dict[str, Table] = {}
    changes: list[Change] = []
    for plugin in plugins:
        if plugin.network in _PREVIEWS or (not plugin.enabled and plugin.name not in wanted):
            message = _("{name} is not taken over: it is disabled, or writes previews")
            changes.append(Change(Kind.ACCOUNT, message.format(name=plugin.name)))
            continue
        tables[plugin.name] = _table(plugin)
        changes += _said(plugin)
    return tables, changes


def _table(plugin: Plugin) -> Table:
    maker = _MAKERS.get(plugin.network, _by_hand)
    return {**maker(plugin), "title": plugin.name, **_limit(plugin)}


def _mastodon(plugin: Plugin) -> Table:
    page = urlsplit(plugin.config.get("account_url", ""))
    server = plugin.config.get("base_url", "https://mstdn.science").rstrip("/")
    host = page.hostname or urlsplit(server).hostname or ""
    return {"network": "mastodon", "id": f"@{page.path.strip('/').lstrip('@') or plugin.name}@{host}", "server": server}


def _bluesky(plugin: Plugin) -> Table:
    server = plugin.config.get("base_url", "").rstrip("/")
    named = {"server": server} if server and server != "https://bsky.social" else {}
    return {"network": "bluesky", "id": plugin.config.get("username", plugin.name), **named}


def _linkedin(plugin: Plugin) -> Table:
    return {"network": "linkedin", "id": f"urn:li:organization:{plugin.config.get('org_id', '0')}"}


def _by_hand(plugin: Plugin) -> Table:
    """Leitstand has no adapter: a person publishes from the kit, and confirms with the link."""
    address = plugin.config.get("room_id") or plugin.config.get("account_url") or plugin.name
    return {"network": "files", "id": address, "server": plugin.name, "hand_off": True}


_MAKERS: Final = {"mastodon": _mastodon, "bluesky": _bluesky, "linkedin": _linkedin}


def _limit(plugin: Plugin) -> Table:
    """The server's own limit, where it is not the usual one."""
    limit = plugin.config.get("max_content_length", "")
    other = plugin.network == "mastodon" and limit.isdecimal() and int(limit) != _USUAL["mastodon"]
    return {"options": {"max_characters": limit}} if other else {}


def _said(plugin: Plugin) -> Iterable[Change]:
    if plugin.network not in _MAKERS:
        message = _("{name}: Leitstand has no adapter for {network}; a person publishes there, from the kit (hand_off)")
        yield Change(Kind.ACCOUNT, message.format(name=plugin.name, network=plugin.network))
    for key, value in plugin.config.items():
        if value.startswith("$") and plugin.network in _MAKERS:
            message = _("{name}: what galaxy-social had as {variable} ({key}) is called {ours} here")
            ours = f"LEITSTAND_TOKEN_{plugin.name.upper().replace('-', '_')}"
            yield Change(Kind.ACCOUNT, message.format(name=plugin.name, variable=value, key=key, ours=ours))


def settings_text(name: str, timezone: str, tables: Mapping[str, Table], language: str = "en") -> str:
    """The text of leitstand.toml; other tools' files know no people, so there is one team that may do everything."""
    head: dict[str, Table] = {
        "workspace": {"id": name, "name": name, "timezone": timezone, "interface": language},
        "people.team": {"name": _("Team")},
    }
    lists = {"workspace": f'languages = ["{language}"]\n', "people.team": 'roles = ["editor", "manager"]\n'}
    blocks = [f"[{key}]\n{_lines(table)}{lists[key]}" for key, table in head.items()]
    blocks += [f"[accounts.{_bare(key)}]\n{_lines(table)}" for key, table in tables.items()]
    return "\n".join(["format = 1\n", *blocks])


def _lines(table: Table) -> str:
    return "".join(f"{key} = {_toml(value)}\n" for key, value in table.items())


def _toml(value: str | bool | Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    # Strings of JSON are basic strings of TOML but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _bare(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else json.dumps(name)
