"""The configuration of the browser editor for one workspace, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.editor.collections import collections
from toolkit.editor.words import trial_title
from toolkit.messages import _
from toolkit.schema import Names
from toolkit.settings import EditorPolicy, ForgePlace, Settings
from toolkit.settings.forge import GITHUB, GITLAB, URLS
from toolkit.workspace.naming import LONGEST

Config = Mapping[str, object]

# Files stay in the browser's own storage: to try it, and for tests.
TRIAL: Final[Config] = {"name": "test-repo"}
# Only the folder on one's own machine: on a page from 127.0.0.1, Chromium offers it beside any forge.
_LOCAL: Final[Config] = {"name": GITHUB, "repo": "local/workspace", "branch": "main", "auth_methods": ["token"]}
MEDIA: Final = "content/media"


def editor_config(settings: Settings, names: Names, *, trial: bool = False) -> Config:
    """What the editor reads at its start; `trial` without any forge."""
    policy = settings.editor or EditorPolicy()
    reviewed = policy.review and settings.forge is not None and not trial
    return {
        "app_title": trial_title(settings.name) if trial else settings.name,
        "backend": TRIAL if trial else _LOCAL if settings.forge is None else backend(settings.forge, policy),
        **({"publish_mode": "editorial_workflow"} if reviewed else {}),
        **({"site_url": settings.url} if settings.url else {}),
        "media_folder": MEDIA,
        # Posts name media from content/ on.
        "public_folder": "media",
        "show_preview_links": False,
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": LONGEST, "timezone": "local"},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none", "indent_size": 2}},
        "collections": collections(names, trial=trial),
    }


def backend(place: ForgePlace, policy: EditorPolicy) -> Config:
    """Where texts are read and proposed."""
    found: dict[str, object] = {"name": place.kind, "repo": place.project, "branch": policy.branch}
    if place.url != URLS[place.kind]:
        found["api_root"] = place.url
    if policy.login:
        found["base_url"] = policy.login
    elif not policy.app:
        found["auth_methods"] = ["token"]
    if policy.app:
        found["app_id"] = policy.app
        if place.kind == GITLAB:
            found["auth_type"] = "pkce"
    return {**found, "commit_messages": _messages(), **({"squash_merges": True} if place.kind == GITHUB else {})}


def _messages() -> Config:
    return {
        "create": _("{{collection}}: {{slug}} written in the browser"),
        "update": _("{{collection}}: {{slug}} changed in the browser"),
        "delete": _("{{collection}}: {{slug}} deleted in the browser"),
        "uploadMedia": _("{{path}} uploaded in the browser"),
        "deleteMedia": _("{{path}} deleted in the browser"),
    }
