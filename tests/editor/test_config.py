from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from toolkit.editor import editor_config
from toolkit.editor.collections import CAMPAIGN_SHOWN, IDEA_SHOWN, SHOWN
from toolkit.editor.fields import WALL
from toolkit.editor.page import allowed, make_page
from toolkit.editorial.keys import IDEA
from toolkit.messages import speak
from toolkit.schema import collect_names
from toolkit.schema.fragments import wall
from toolkit.settings import Settings, read_settings
from toolkit.workspace import load_workspace
from toolkit.workspace.keys import CAMPAIGN, POST

ROOT = Path(__file__).parents[2]
BASE = 'format = 1\n[workspace]\nid = "a"\nname = "Ä & <b>"\n'


def settings(table: str) -> Settings:
    found, problems = read_settings(BASE + table)
    assert found is not None, problems
    return found


def config(table: str, *, trial: bool = False) -> dict[str, Any]:
    made = editor_config(settings(table), {}, trial=trial)
    return dict(json.loads(json.dumps(made)))


GITHUB = '[forge]\nkind = "github"\nproject = "nordlicht/social"\n[editor]\n'
GITLAB = '[forge]\nkind = "gitlab"\nproject = "n/team/social"\nurl = "https://git.example.com/api/v4"\n[editor]\n'


def test_texts_become_pull_requests() -> None:
    """With a forge, what is saved is proposed; with `review = false` it goes into the branch."""
    assert config(GITHUB)["publish_mode"] == "editorial_workflow"
    assert "publish_mode" not in config(GITHUB + "review = false\n")
    assert "publish_mode" not in config(GITHUB, trial=True)
    assert "publish_mode" not in config("")


def test_each_forge_is_asked_where_it_is() -> None:
    """Repository, branch, own server and the way to sign in stand in the configuration."""
    backend = config(GITHUB + 'branch = "texte"\n')["backend"]
    assert (backend["name"], backend["repo"], backend["branch"]) == ("github", "nordlicht/social", "texte")
    assert backend["auth_methods"] == ["token"]
    backend = config(GITLAB + 'app = "0815"\nlogin = "https://git.example.com/"\n')["backend"]
    assert (backend["api_root"], backend["repo"]) == ("https://git.example.com/api/v4", "n/team/social")
    assert (backend["auth_type"], backend["app_id"], backend["base_url"]) == ("pkce", "0815", "https://git.example.com")
    assert config("", trial=True)["backend"] == {"name": "test-repo"}


def test_a_trial_says_why_it_is_empty() -> None:
    """At the door and above each list: it begins empty, and where the folder's posts are; else not a word of it."""
    tried = config("", trial=True)
    assert tried["app_title"].startswith("Ä & <b>: a trial. It begins empty")
    assert all("leitstand editor serve" in one["description"] for one in tried["collections"])
    assert config("")["app_title"] == "Ä & <b>"
    assert not any("description" in one for one in config("")["collections"])


def test_the_page_may_ask_its_forge_and_nobody_else() -> None:
    """The content policy names the forge's origins; without a forge, and to try it, none."""
    assert "https://git.example.com" in allowed(settings(GITLAB))
    assert allowed(settings("")) == ()
    assert "https://" not in make_page(settings(GITHUB), "de", trial=True)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', make_page(settings(GITLAB), "de"))
    assert policy is not None
    assert set(re.findall(r"https?://[^ ;]+", policy[1])) == {"https://git.example.com"}


def test_a_brand_s_name_cannot_break_the_page() -> None:
    """Whatever stands in the settings is text."""
    assert "<title>Ä &amp; &lt;b&gt;</title>" in make_page(settings(""), "de")


def test_every_field_is_a_key_that_the_reader_knows() -> None:
    """No field has a name that the reader would call unknown."""
    assert set(SHOWN) <= set(POST)
    assert set(IDEA_SHOWN) <= set(IDEA)
    assert set(CAMPAIGN_SHOWN) <= set(CAMPAIGN)


def test_selects_offer_who_and_what_exists() -> None:
    """People and accounts of the sample workspace are offered by name, and their keys are written."""
    workspace = load_workspace(ROOT)
    made: Any = editor_config(workspace.settings, collect_names(workspace))
    fields = {field["name"]: field for field in made["collections"][0]["fields"]}
    assert {"value": "jule", "label": "Jule Hansen"} in fields["author"]["options"]
    assert {option["value"] for option in fields["channels"]["options"]} == set(workspace.settings.accounts)
    assert fields["channels"]["multiple"] is True
    assert [option["value"] for option in fields["status"]["options"]] == ["draft", "review", "ready"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_shown_field_has_a_label_and_a_hint(language: str) -> None:
    """Labels and hints are in the language of the workspace, and none is empty."""
    speak(language)
    made: Any = editor_config(settings(""), {})
    for collection in made["collections"]:
        for field in collection["fields"]:
            assert field["widget"] == "hidden" or (field["label"] and field["hint"])


@pytest.mark.parametrize(
    "moment",
    [
        "2026-12-01 07:30",
        "2026-12-01T07:30:00+01:00",
        " next ",
        "morgen",
        "2026-12-01",
        "next week",
        "2026-12-01 07:30 Z",
    ],
)
def test_the_form_takes_the_times_that_the_schema_takes(moment: str) -> None:
    """The pattern of the form and of the schema agree."""
    from jsonschema import Draft202012Validator

    fits = Draft202012Validator(wall(["next"])).is_valid(moment)
    assert (re.search(WALL, moment) is not None) == fits
