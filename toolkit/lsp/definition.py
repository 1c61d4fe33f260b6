"""Where a name is defined: the campaign's page, the medium's file, the person's or account's table in leitstand.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lsprotocol import types

from toolkit.lsp.hover import find_spot, find_variant, naming_of
from toolkit.lsp.page import Page
from toolkit.lsp.scene import Scene
from toolkit.settings import FILE_NAME, find_setting
from toolkit.workspace.keys import Naming

_TOP: Final = types.Range(types.Position(0, 0), types.Position(0, 0))


def definition(scene: Scene, position: types.Position) -> types.Location | None:
    """The place that the name at a position leads to; None where it is no name or leads nowhere."""
    at = scene.page.offset(position)
    spot = find_spot(scene, at) or find_variant(scene, at)
    naming = naming_of(scene, spot) if spot is not None else None
    if spot is None or naming not in _PLACES:
        return None
    return _PLACES[naming](scene, spot.text)


def _campaign(scene: Scene, name: str) -> types.Location | None:
    campaign = scene.workspace.campaigns.get(name)
    return _file(scene, campaign.path) if campaign is not None else None


def _medium(scene: Scene, file: str) -> types.Location | None:
    return _file(scene, f"content/{file}")


def _person(scene: Scene, name: str) -> types.Location | None:
    return _setting(scene, "people", name) if name in scene.workspace.settings.people else None


def _account(scene: Scene, name: str) -> types.Location | None:
    accounts = scene.workspace.settings.accounts
    if name not in accounts:  # a network, as the name of options and variants: its first account
        name = next((account.name for account in accounts.values() if account.network == name), "")
    return _setting(scene, "accounts", name) if name else None


def _rule(scene: Scene, name: str) -> types.Location | None:
    page = scene.rule_page(name)
    if page is None:
        return None
    line = types.Position(page.line - 1, 0)
    return types.Location((scene.workspace.root / page.path).as_uri(), types.Range(line, line))


def _file(scene: Scene, path: str) -> types.Location | None:
    if ".." in path.split("/") or not scene.workspace.tree.exists(path):
        return None
    return types.Location((scene.workspace.root / path).as_uri(), _TOP)


def _setting(scene: Scene, table: str, name: str) -> types.Location:
    text = scene.view.settings_text
    place = Page(FILE_NAME, text).span_range(find_setting(text, f"{table}.{name}", ""))
    return types.Location((scene.workspace.root / FILE_NAME).as_uri(), place)


_PLACES: Final[Mapping[Naming | None, Callable[[Scene, str], types.Location | None]]] = {
    Naming.CAMPAIGN: _campaign,
    Naming.FILE: _medium,
    Naming.PERSON: _person,
    Naming.ACCOUNT: _account,
    Naming.CHANNEL: _account,
    Naming.RULE: _rule,
}
