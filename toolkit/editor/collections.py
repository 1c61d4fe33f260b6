"""What can be written in the browser: posts, campaigns, ideas. Everything else in a file stays as it is."""

from __future__ import annotations

from typing import Final

from toolkit.editor.fields import Field, body, fields, hidden
from toolkit.editor.words import trial_note
from toolkit.editorial import IDEAS
from toolkit.editorial.keys import IDEA
from toolkit.messages import _
from toolkit.schema import Names
from toolkit.workspace import CAMPAIGNS, POSTS
from toolkit.workspace.keys import CAMPAIGN, POST

DEPTH: Final = 6
# Keys that people fill in; the others are for people who know the file, and are kept.
SHOWN: Final = (
    "title",
    "author",
    "owner",
    "due",
    "status",
    "publish",
    "channels",
    "language",
    "campaign",
    "pillar",
    "labels",
    "media",
)
CAMPAIGN_SHOWN: Final = (
    "title",
    "owner",
    "start",
    "end",
    "channels",
    "audience",
    "messages",
    "goals",
    "phases",
    "assets",
    "risks",
    "budget",
)
IDEA_SHOWN: Final = (
    "title",
    "by",
    "source",
    "origin",
    "goal",
    "audience",
    "pillar",
    "channels",
    "campaign",
    "labels",
    "score",
    "status",
    "decided_by",
    "reason",
)


def collections(names: Names, *, trial: bool = False) -> list[Field]:
    """All collections of the editor's configuration; in a `trial` each says why it is empty at first."""
    told = {"description": trial_note()} if trial else {}
    return [{**one, **told} for one in (_posts(names), _campaigns(names), _ideas(names))]


def _posts(names: Names) -> Field:
    return {
        **_collection("posts", _("Posts"), POSTS),
        "label_singular": _("Post"),
        "icon": "edit_calendar",
        # Posts lie in folders of any depth; new ones lie in the folder that is open.
        "nested": {"depth": DEPTH, "subfolders": False},
        "summary": "{{title}}",
        "sortable_fields": {
            "fields": ["publish", "title", "status"],
            "default": {"field": "publish", "direction": "descending"},
        },
        "view_groups": [{"label": _("Status"), "field": "status"}, {"label": _("Campaign"), "field": "campaign"}],
        "fields": [hidden("uid"), *fields(POST, names, SHOWN), body()],
    }


def _campaigns(names: Names) -> Field:
    return {
        **_collection("campaigns", _("Campaigns"), CAMPAIGNS),
        "label_singular": _("Campaign"),
        "icon": "campaign",
        "fields": [*fields(CAMPAIGN, names, CAMPAIGN_SHOWN), body(_("What the campaign is about, as Markdown."))],
    }


def _ideas(names: Names) -> Field:
    shown = [{**field, "required": field["name"] == "title"} for field in fields(IDEA, names, IDEA_SHOWN)]
    return {
        **_collection("ideas", _("Ideas"), IDEAS),
        "label_singular": _("Idea"),
        "icon": "lightbulb",
        "summary": "{{title}}",
        "view_groups": [{"label": _("Status"), "field": "status"}],
        "fields": [hidden("id"), *shown, body(_("The idea in a few sentences; nothing here is ever sent."))],
    }


def _collection(name: str, label: str, folder: str) -> Field:
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "create": True,
        "format": "yaml-frontmatter",
        # The name of a file is made once, from the title, and does not follow it.
        "slug": {"template": "{{title}}", "editable": ["create"]},
    }
