"""`leitstand new`: a draft that every other verb can read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.cli import execute
from toolkit.workspace import load_workspace

SETTINGS = """\
format = 1
[workspace]
id = "probe"
interface = "en"
languages = ["de", "en"]
[people.redaktion]
roles = ["editor"]
[accounts.mastodon]
network = "mastodon"
[accounts.news]
network = "feed"
"""
CAMPAIGN = "---\ntitle: Advent\nchannels: [news]\n---\nText\n"
NOW = ("--now", "2026-11-21T12:00+01:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/campaigns").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/campaigns/advent.md").write_text(CAMPAIGN, encoding="utf-8")
    return tmp_path


def new(folder: Path, *args: str) -> int:
    return execute(["new", *args, *NOW, "-w", str(folder)], {"LEITSTAND_LANG": "en"})


def test_a_draft_in_the_folder_of_its_month(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file lies in the month of its publication; its path is printed, and everything asked for stands in it."""
    args = ("--publish", "2026-12-01 07:30", "-c", "mastodon", "-c", "news", "--language", "en")
    assert new(folder, "Adventskalender: Tür 1", *args) == 0
    path = folder / "content/posts/2026/12/adventskalender-tuer-1.md"
    assert capsys.readouterr().out.strip() == str(path)
    [post] = load_workspace(folder).posts
    assert path.read_text(encoding="utf-8") == (
        f'---\nuid: {post.uid}\ntitle: "Adventskalender: Tür 1"\nauthor: redaktion\nstatus: draft\n'
        "publish: 2026-12-01 07:30\nchannels: [mastodon, news]\nlanguage: en\n---\n\n"
    )
    assert (post.title, post.channels, post.language) == ("Adventskalender: Tür 1", ("mastodon", "news"), "en")


def test_without_a_time_it_lies_in_this_month(folder: Path) -> None:
    """A draft without a publish time lies in the month it was begun, with the campaign's channels."""
    assert new(folder, "Idee", "--campaign", "advent") == 0
    [post] = load_workspace(folder).posts
    assert post.path == "content/posts/2026/11/idee.md"
    assert post.channels == ("news",)
    assert new(folder, "Später", "--publish", "next") == 0


def test_nothing_is_overwritten(folder: Path) -> None:
    """The same title again is another file; the first one stays byte for byte."""
    assert new(folder, "Idee") == 0
    first = folder / "content/posts/2026/11/idee.md"
    first.write_text("mine", encoding="utf-8")
    assert new(folder, "Idee") == 0
    assert new(folder, "Idee") == 0
    assert first.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in first.parent.iterdir()) == ["idee-2.md", "idee-3.md", "idee.md"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-c", "mastodn"), "did you mean 'mastodon'?"),
        (("--campaign", "avent"), "did you mean 'advent'?"),
        (("--author", "redaktoin"), "did you mean 'redaktion'?"),
        (("--language", "fr"), "unknown language 'fr'"),
        (("--publish", "tomorrow"), "publish must be a date and time"),
        (("--publish", "2026-12-01"), "needs a time of day"),
        (("--publish", "2027-03-28 02:30"), "does not exist"),
        (("--publish", "2026-10-25 02:30"), "exists twice"),
    ],
)
def test_mistakes_are_refused(
    args: tuple[str, ...], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unknown names and times that cannot be exit 2 with the remedy, and no file is written."""
    assert new(folder, "Idee", *args) == 2
    assert said in capsys.readouterr().err
    assert not (folder / "content/posts").exists()


def test_json_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json gives uid and path from the workspace root."""
    assert new(folder, "Idee", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    [post] = load_workspace(folder).posts
    assert answer == {"uid": post.uid, "path": "content/posts/2026/11/idee.md"}


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40))
def test_every_title_reads_back(title: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Colons, quotes, dashes, emoji, line breaks: the title that was asked for is the title that is read."""
    code = execute(["new", *NOW, "-w", str(folder), "--json", "--", title], {"LEITSTAND_LANG": "en"})
    if not title.strip():
        assert code == 2
        return
    assert code == 0
    uid = json.loads(capsys.readouterr().out)["uid"]
    post = load_workspace(folder).find_post(uid)
    assert post is not None
    assert post.title == title.strip()


PLAN = "---\ngoals:\n  - {metric: orders, target: 9}\npillars:\n  - {name: produkt}\n  - {name: wissen}\n---\n"


def test_a_post_says_what_it_is_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pillar and goal are those of the strategy; where there is no choice, nobody has to make one."""
    (folder / "guidelines").mkdir()
    (folder / "guidelines/strategy.md").write_text(PLAN, encoding="utf-8")
    assert new(folder, "Eins", "--pillar", "wisen") == 2
    assert "did you mean 'wissen'" in capsys.readouterr().err
    assert new(folder, "Eins", "--goal", "ordres") == 2
    assert "did you mean 'orders'" in capsys.readouterr().err
    assert new(folder, "Eins", "--pillar", "wissen") == 0
    assert new(folder, "Zwei", "--campaign", "advent", "--pillar", "produkt") == 0
    posts = {post.title: (post.pillar, post.goal) for post in load_workspace(folder).posts}
    assert posts == {"Eins": ("wissen", "orders"), "Zwei": ("produkt", "")}


def test_without_a_strategy_a_pillar_is_a_word(folder: Path) -> None:
    """Whoever has no plan yet may sort posts all the same, and is given nothing."""
    assert new(folder, "Eins", "--pillar", "Alltag") == 0
    assert new(folder, "Zwei") == 0
    assert [(post.pillar, post.goal) for post in load_workspace(folder).posts] == [("Alltag", ""), ("", "")]
