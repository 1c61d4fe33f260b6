"""`leitstand import-posts TOOL`: the whole way into a new workspace and into one that is there, twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.migration.test_other_tools import WXR, item, node
from toolkit.cli import execute
from toolkit.workspace import load_workspace

ENGLISH = {"LEITSTAND_LANG": "en"}
NOW = "2026-11-21T12:00+01:00"
HOME = """\
format = 1
[workspace]
id = "home"
timezone = "Europe/Berlin"
languages = ["de"]
[people.mai]
name = "Mai"
[accounts.fedi]
network = "mastodon"
id = "@brand@m.example"
[accounts.x]
network = "x"
id = "brand"
[accounts.x-en]
network = "x"
id = "brand_en"
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    return tmp_path


@pytest.fixture
def home(place: Path) -> Path:
    root = place / "home"
    (root / "content/posts/2026/03").mkdir(parents=True)
    (root / "leitstand.toml").write_text(HOME, encoding="utf-8")
    (root / "content/posts/2026/03/hallo.md").write_text(
        "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: Hallo\nauthor: mai\nchannels: [fedi]\nlanguage: de\n---\nHallo\n",
        encoding="utf-8",
    )
    return root


def take(tool: str, source: Path, into: Path, *more: str) -> int:
    return execute(["import-posts", tool, str(source), "--into", str(into), "--now", NOW, *more], ENGLISH)


def said(capsys: pytest.CaptureFixture[str]) -> Mapping[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def buffer_file(place: Path, *nodes: dict[str, object]) -> Path:
    path = place / "posts.json"
    path.write_text(json.dumps({"data": {"posts": {"edges": list(nodes)}}}), encoding="utf-8")
    return path


SENT = {"sentAt": "2026-03-10T15:00:04.000Z", "text": "Hallo"}


def test_into_a_workspace_that_is_there(home: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Channels find their accounts, wall times are the workspace's, nothing that is there is touched, twice is once."""
    there = (home / "content/posts/2026/03/hallo.md").read_bytes()
    source = buffer_file(
        place,
        node(1, **SENT, channelId="c1", channel={"name": "@brand@m.example"}, externalLink="https://m.example/1"),
        node(2, **SENT, channelId="c2", channelService="twitter", channel={"name": "brand"}, status="error"),
        node(3, text="Bald", dueAt="2027-01-10T15:00:00.000Z", channelId="c1", status="scheduled"),
    )
    assert take("buffer", source, home, "--json") == 0
    first = said(capsys)
    assert first["history"] == {"confirmed": 1, "imported": 0, "failed": 1, "known": 0}
    post = next(one for one in load_workspace(home).posts if one.path.endswith("03/hallo-2.md"))
    assert (post.channels, post.author, str(post.publish)) == (("fedi", "x"), "mai", "2026-03-10 16:00 Europe/Berlin")
    bald = next(one for one in load_workspace(home).posts if one.title == "Bald")
    assert bald.status.value == "draft"
    assert execute(["check", "-w", str(home), "--now", NOW], ENGLISH) == 0
    capsys.readouterr()
    assert execute(["publish", "-w", str(home), "--now", NOW], ENGLISH) == 0
    assert "nothing to do" in capsys.readouterr().out
    before = {path: path.read_bytes() for path in home.rglob("*.md")}
    assert take("buffer", source, home, "--json") == 0
    again = said(capsys)
    assert again["new"] == []
    assert again["history"] == {"confirmed": 0, "imported": 0, "failed": 0, "known": 2}
    assert {path: path.read_bytes() for path in home.rglob("*.md")} == before
    assert before[home / "content/posts/2026/03/hallo.md"] == there


@pytest.mark.parametrize("before", [{"status": "scheduled", "dueAt": "2026-11-22T15:00:00.000Z"}, {"status": "draft"}])
def test_what_was_planned_is_out_by_the_next_import(
    home: Path, place: Path, capsys: pytest.CaptureFixture[str], before: dict[str, str]
) -> None:
    """A draft that the other tool published meanwhile is known to the ledger, and not sent when somebody makes it ready."""
    planned = node(1, text="Bald", channelId="c1", **before)
    assert take("buffer", buffer_file(place, planned), home) == 0
    sent = node(1, text="Bald", sentAt="2026-11-22T15:00:02.000Z", channelId="c1", status="sent")
    assert take("buffer", buffer_file(place, sent), home, "--json", "--now", "2026-11-23T12:00+01:00") == 0
    found = said(capsys)
    assert found["new"] == []
    assert found["history"] == {"confirmed": 0, "imported": 1, "failed": 0, "known": 0}
    (path,) = (one for one in home.rglob("*.md") if one.name == "bald.md")
    ready = "status: ready" if "dueAt" in before else "status: ready\npublish: 2026-11-23 12:00"
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", ready), encoding="utf-8")
    assert execute(["publish", "-w", str(home), "--now", "2026-11-23T12:05+01:00"], ENGLISH) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_a_channel_that_could_be_two_accounts(home: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused with the way to say it; said, it is taken; an account that does not exist is refused."""
    source = buffer_file(place, node(1, **SENT, channelId="c2", channelService="twitter", channel={"name": "other"}))
    assert take("buffer", source, home) == 2
    assert "--account c2=NAME" in capsys.readouterr().err
    assert len(list(home.rglob("*.md"))) == 1
    assert take("buffer", source, home, "--account", "other=x-eng") == 2
    assert take("buffer", source, home, "--account", "other=x-en") == 0
    assert any(post.channels == ("x-en",) for post in load_workspace(home).posts)


def test_csv_names_no_account(home: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hootsuite's file goes where --account says; without a workspace nobody can know."""
    source = place / "bulk.csv"
    source.write_text("12/25/2026 07:30,Frohe Weihnachten,\n", encoding="utf-8")
    assert take("hootsuite", source, place / "new") == 2
    assert "--account NAME" in capsys.readouterr().err
    assert not (place / "new/leitstand.toml").exists()
    assert take("hootsuite", source, home, "--account", "fedi", "--ready", "--json") == 0
    (post,) = (one for one in load_workspace(home).posts if one.title == "Frohe Weihnachten")
    assert (post.channels, post.status.value) == (("fedi",), "ready")


def test_a_dry_run_writes_nothing(home: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table says what would come; no file, no ledger."""
    source = buffer_file(place, node(1, **SENT, channelId="c1"))
    assert take("buffer", source, home, "--dry-run") == 0
    out = capsys.readouterr().out
    assert "1 post would come; nothing was written" in out
    assert "Buffer, CSV: seen, not tried with real files" in out
    assert len(list(home.rglob("*.md"))) == 1
    assert not (place / "state").exists()


def test_a_blog_becomes_a_workspace(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """WordPress into a new folder: its account, its posts with their addresses, and check finds no error."""
    source = place / "blog.xml"
    source.write_text(
        WXR.format(items=item(1) + item(2, status="future", post_date_gmt="2027-02-03 09:00:00")), "utf-8"
    )
    into = place / "blog"
    assert take("wordpress", source, into, "--timezone", "Europe/Berlin", "--language", "de", "--json") == 0
    assert said(capsys)["history"] == {"confirmed": 1, "imported": 0, "failed": 0, "known": 0}
    workspace = load_workspace(into)
    assert [(one.network, one.id) for one in workspace.settings.accounts.values()] == [
        ("wordpress", "https://blog.example.com")
    ]
    assert {post.title: str(post.publish) for post in workspace.posts} == {
        "Titel 1": "2026-02-03 10:00 Europe/Berlin",
        "Titel 2": "2027-02-03 10:00 Europe/Berlin",
    }
    assert execute(["check", "-w", str(into), "--now", NOW], ENGLISH) == 0
    assert take("wordpress", source, into, "--json") == 0
    assert said(capsys)["new"] == []


def test_a_site_brings_its_pictures(home: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture of the site lies in content/media afterwards, once, with its description in the post."""
    site = place / "site"
    (site / "_posts").mkdir(parents=True)
    (site / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (site / "_posts/2026-03-04-eins.md").write_text("---\ntitle: Eins\n---\nText\n\n![Eine Tasse](/a.png)\n", "utf-8")
    for _time in range(2):
        assert take("jekyll", site, home, "--account", "fedi", "--json") == 0
    post = next(one for one in load_workspace(home).posts if one.title == "Eins")
    (medium,) = post.media
    assert medium.alt == "Eine Tasse"
    assert (home / "content" / medium.file).read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert len(list((home / "content/media/jekyll").iterdir())) == 1


def test_an_export_names_no_file_of_ours(home: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path in an export, and a site's way out of its folder, copy nothing from this machine: they stay words."""
    secret = place / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert (
        take("buffer", buffer_file(place, node(1, **SENT, channelId="c1", assets=[{"source": str(secret)}])), home) == 0
    )
    (place / "site/_posts").mkdir(parents=True)
    (place / "site/_posts/2026-03-04-eins.md").write_text(
        f"---\nimage: {secret}\n---\n![](../../secret.png)\n", "utf-8"
    )
    assert take("jekyll", place / "site", home, "--account", "fedi") == 0
    assert not list(home.rglob("*.png"))
    assert all(medium.order for post in load_workspace(home).posts for medium in post.media)


@pytest.mark.parametrize("case", ["buffer a.json {", "postiz a.json []", "wordpress a.xml x"])
def test_files_that_are_something_else(home: Path, place: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    """One sentence with the file's name, exit 1, and nothing is written."""
    tool, name, text = case.split()
    source = place / name
    source.write_text(text, encoding="utf-8")
    assert take(tool, source, home) == 1
    error = capsys.readouterr().err
    assert f"{source}:1:" in error
    assert "nothing was written" in error
    assert len(list(home.rglob("*.md"))) == 1
    assert take(tool, place / "nowhere", home) == 2


def test_a_slip_in_the_name_of_the_file(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that is nearly called so is named."""
    source = buffer_file(place, node(1, **SENT))
    assert take("buffer", source.with_name("post.json"), place / "new") == 2
    assert f"post.json does not exist; did you mean {source}?" in capsys.readouterr().err
    assert not (place / "new").exists()


@pytest.mark.parametrize("tool", ["hootsuite", "postiz", "mixpost", "wordpress", "jekyll", "hugo"])
def test_another_tools_file_is_recognised(tool: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever takes the wrong verb is told which tool the file looks like, and nothing is written."""
    source = buffer_file(place, node(1, **SENT, channelService="twitter"))
    assert take(tool, source, place / "new") in (1, 2)
    assert "it looks like Buffer: leitstand import-posts buffer" in capsys.readouterr().err
    assert not (place / "new").exists()


def test_a_site_given_to_a_scheduler(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder where a file is wanted: told so, and that it looks like Jekyll."""
    site = place / "site/_posts"
    site.mkdir(parents=True)
    (site / "2026-03-01-hallo.md").write_text("---\ntitle: Hallo\n---\nText\n", encoding="utf-8")
    assert take("buffer", place / "site", place / "new") == 2
    told = capsys.readouterr().err
    assert "is a folder; give what Buffer exports" in told
    assert "it looks like Jekyll: leitstand import-posts jekyll" in told


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("posts.zip", b"PK\x03\x04 half of it", "is a ZIP archive; unpack it and give what is in it"),
        ("posts.json", b"", "posts.json is empty; make the export again"),
        ("posts.json", b'{"data": {"posts": {"edges": []}}}', "no posts of Buffer"),
        ("posts.csv", b"Titel;Inhalt\nA;B\n", "a column Text was expected"),
        ("posts.json", b"{", "not valid JSON"),
        ("posts.csv", b"Text,Posting Time\n", "there is no post in it"),
    ],
)
def test_exports_without_posts(
    name: str, data: bytes, told: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An archive, an empty file, an export of nothing, columns of something else: one sentence, nothing written."""
    (place / name).write_bytes(data)
    assert take("buffer", place / name, place / "new") in (1, 2)
    assert told in capsys.readouterr().err
    assert not (place / "new").exists()


def test_an_unknown_time_zone(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the zone has its remedy, before anything is read."""
    source = buffer_file(place, node(1, **SENT))
    assert take("buffer", source, place / "new", "--timezone", "Europe/Berln") == 2
    assert "Europe/Berlin" in capsys.readouterr().err


def test_a_file_that_is_anothers_keeps_its_name(home: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A post without a uid lies where an imported one would go: that one gets a number, and both are there."""
    other = home / "content/posts/2026/03/hallo.md"
    other.write_text("---\ntitle: Hallo\n---\nvon Hand\n", encoding="utf-8")
    source = buffer_file(place, node(1, **SENT, channelId="c1", channel={"name": "@brand@m.example"}))
    for _time in range(2):
        assert take("buffer", source, home, "--account", "fedi") == 0
    assert sorted(path.name for path in other.parent.iterdir()) == ["hallo-2.md", "hallo.md"]
    assert "von Hand" in other.read_text("utf-8")
