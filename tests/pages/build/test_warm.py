"""A site that is built again is the same as one that is built anew, whatever was changed between; and little is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.community.crisis.recall import recall
from tests.pages.build.conftest import CONFIG, MakeSite, fill
from tests.pages.conftest import NOW
from toolkit.community.inbox.finding import Heard
from toolkit.messages import speaking
from toolkit.model import Approval
from toolkit.pages.build.output import Output
from toolkit.pages.page import Page
from toolkit.pages.posts.measured import Brought
from toolkit.pages.rendering import render_site
from toolkit.pages.view import SiteInput
from toolkit.source.revisions import Revision, Touched

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

POST: Final = "content/posts/2026/12/tuer-1.md"
UID: Final = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
Change = Callable[["Studio"], None]


def edit(file: str, old: str, new: str) -> Change:
    """A change of one place in a file of the workspace."""

    def change(studio: Studio) -> None:
        path = studio.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def send(studio: Studio) -> None:
    """The post is out on one of its accounts, two weeks from now."""
    later = NOW + timedelta(days=14)
    with studio.ledger() as ledger:
        studio.plan(POST, ledger, "mastodon")
        sending = ledger.begin(ledger.rows()[0], later, rendition="{}", hashes=["sha256:x"], commit="")
        assert sending is not None
        ledger.confirm(sending, later, "109", "https://social.example.com/@nordlicht/109")


def precede(studio: Studio) -> None:
    """Another post goes out before this one."""
    studio.post("Vorher", path="2026/11/vorher.md", uid=f"{UID[:-1]}9", title="Davor", publish="2026-11-30 07:30")


def put(file: str, text: str) -> Change:
    """A file of the workspace that was not there."""

    def change(studio: Studio) -> None:
        studio.write(file, text)

    return change


SLOTS: Final = "---\ntitle: Zeiten\n---\n```slots\nchannels: [mastodon]\ntimes: [tue 12:00, fri 08:00]\n```\n"
PLAN: Final = "---\ntitle: Plan\nchannels:\n  - {channel: mastodon, purpose: Gespräch, weekly: 2.5}\n---\n# Plan\n"
# Everything that a post's page, a channel's or the calendar shows; whoever shows more adds a line.
CHANGES: Final[Mapping[str, Change]] = {
    "text": edit(POST, "# no", "# yes"),
    "title": edit(POST, "title: Tür 1", "title: Tür eins"),
    "status": edit(POST, "status: ready", "status: draft"),
    "moment": edit(POST, "2026-12-01 07:30", "2026-12-01 08:30"),
    "channels": edit(POST, "mastodon, bluesky, feed", "mastodon, bluesky, elsewhere, nowhere"),
    "author": edit(POST, "author: jule", "author: wiebke"),
    "owner": edit(POST, "author: jule", "author: jule\nowner: jule"),
    "labels": edit(POST, "author: jule", "author: jule\nlabels: [neu]"),
    "pillar": edit(POST, "author: jule", "author: jule\npillar: handwerk"),
    "language": edit(POST, "author: jule", "author: jule\nlanguage: en"),
    "late": edit(POST, "author: jule", "author: jule\nlate: send"),
    "alt text": edit(POST, "alt: x", "alt: y"),
    "crop": edit(POST, "alt: x", "alt: x, crop: '4:5'"),
    "order": edit(POST, "media: [", "media: [{order: ein Bild vom Hafen}, "),
    "option": edit(POST, "author: jule", "author: jule\noptions: {mastodon: {content_warning: Achtung}}"),
    "who sees it": edit(POST, "author: jule", "author: jule\noptions: {mastodon: {visibility: unlisted}}"),
    "an approval": edit(
        POST, "author: jule", "author: jule\napproved: [{by: wiebke, at: 2026-11-20T10:00+01:00, hash: 'sha256:00'}]"
    ),
    "account": edit("leitstand.toml", 'title = "Mastodon"', 'title = "Mastodon im Norden"'),
    "handle": edit("leitstand.toml", "@nordlicht@social", "@suedlicht@social"),
    "brand": edit("leitstand.toml", "Nordlicht Kaffee", "Südlicht Kaffee"),
    "person": edit("leitstand.toml", "Jule Hansen", "Jule Petersen"),
    "zone": edit("leitstand.toml", "Europe/Berlin", "Europe/London"),
    "links": edit("leitstand.toml", "[people.jule]", '[links]\ndomains = ["example.com"]\n\n[people.jule]'),
    "campaign": edit("content/campaigns/advent.md", "Advent & mehr", "Advent"),
    "campaign gone": lambda studio: (studio.root / "content/campaigns/advent.md").unlink(),
    "picture gone": lambda studio: (studio.root / "content/media/tür 1.png").unlink(),
    "ledger": send,
    "pause": put("content/pause.yml", f'- {{scope: "post:{UID}", reason: Rückruf, owner: jule}}\n'),
    "a post before": precede,
    "slots": put("guidelines/zeiten.md", SLOTS),
    "plan": put("guidelines/strategy.md", PLAN),
    "sheet": put("guidelines/netze/mastodon.md", "---\ntitle: Mastodon bei uns\n---\n# Mastodon\n"),
    "occasion": put("content/occasions/haus.yml", "occasions:\n  - {name: Röstfest, from: 2026-12-02}\n"),
    "another campaign": put(
        "content/campaigns/winter.md", "---\ntitle: Winter\nstart: 2026-11-30\nend: 2026-12-20\n---\nText.\n"
    ),
    "a campaign far ahead": put(
        "content/campaigns/mai.md", "---\ntitle: Mai\nstart: 2027-04-20\nend: 2027-05-10\n---\nText.\n"
    ),
    "distance": edit("leitstand.toml", "[people.jule]", "[policy]\ndistance = 600\n\n[people.jule]"),
    "region": edit("leitstand.toml", 'interface = "en"', 'interface = "en"\nregion = "DE-SH"'),
}


def rename(studio: Studio) -> None:
    """A page of the handbook has another address, and the page that leads there knows it."""
    (studio.root / "guidelines/voice.md").rename(studio.root / "guidelines/tone.md")
    edit("guidelines/index.md", "voice.md", "tone.md")(studio)


def remove(studio: Studio) -> None:
    """A page of the handbook is gone, and the page that led there does not any more."""
    (studio.root / "guidelines/voice.md").unlink()
    edit("guidelines/index.md", "[Voice](voice.md) and ", "")(studio)


# Of the handbook, whose pages the builder converts and lays out.
HANDBOOK: Final[Mapping[str, Change]] = {
    "handbook text": edit("guidelines/voice.md", "back to", "Back to"),
    "handbook title": edit("guidelines/voice.md", "# Voice", "# Tone"),
    "handbook heading": edit("guidelines/voice.md", "# Voice\n", "# Voice\n\n## Loud\n\n## Quiet\n"),
    "handbook front matter": edit("guidelines/voice.md", "owner: wiebke", "owner: wiebke\nhide: [toc]"),
    "handbook status": edit("guidelines/voice.md", "owner: wiebke", "owner: wiebke\nstatus: new"),
    "handbook page": put("guidelines/more.md", "# More\n\n[Voice](voice.md#voice)\n"),
    "handbook page renamed": rename,
    "handbook page gone": remove,
    "handbook folder": put("guidelines/places/index.md", "# Places\n"),
}
CONFIGS: Final = {
    "mkdocs": CONFIG.replace("Nordlicht", "Südlicht"),
    "extension": CONFIG + "markdown_extensions: [smarty]\n",
    "options of an extension": CONFIG + "markdown_extensions:\n  - toc: {permalink: true}\n",
    "theme": CONFIG.replace("theme: material", "theme: {name: material, features: [toc.integrate]}"),
    "address": CONFIG + "site_url: https://handbook.example.com/\n",
    "forge": CONFIG + "repo_url: https://forge.example.com/house/site\nedit_uri: edit/main/guidelines/\n",
    "navigation": CONFIG + "nav:\n  - index.md\n  - Loud: handbook/voice.md\n  - handbook/crisis/index.md\n",
    "plain addresses": CONFIG + "use_directory_urls: false\n",
}
# Of these a post's own page knows nothing.
ELSEWHERE: Final = frozenset(
    {"links", "slots", "plan", "sheet", "occasion", "another campaign", "a campaign far ahead", "distance", "region"}
)


def table(studio: Studio, given: SiteInput | None = None) -> dict[str, Page]:
    """Path → page, of all pages that say what they depend on."""
    made = render_site(given or studio.gather())
    return {path: page for path, page in made.items() if isinstance(page, Page) and page.key}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a site, but for the archive of addresses, which holds the time of its packing."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".gz")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def times(folder: Path) -> dict[str, int]:
    """When each file of a site was written."""
    return {path: (folder / path).stat().st_mtime_ns for path in tree(folder)}


@pytest.mark.parametrize("name", CHANGES)
def test_the_same_key_means_the_same_page(studio: Studio, png: bytes, name: str) -> None:
    """After any change every page whose key is the old one is the old one, byte for byte."""
    fill(studio, png)
    before = {path: (page.key, page.html) for path, page in table(studio).items()}
    CHANGES[name](studio)
    after = {path: (page.key, page.html) for path, page in table(studio).items()}
    assert before
    for path, (key, html) in after.items():
        if path in before and before[path][0] == key:
            assert html == before[path][1], path
    changed = {path for path in before if after.get(path, ("", ""))[1] != before[path][1]}
    if name not in ELSEWHERE:
        assert f"posts/{POST.removeprefix('content/posts/')}" in changed, "the change is not seen at all"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.permutations(sorted(CHANGES.keys() - {"campaign gone", "picture gone", "ledger"})))
def test_no_two_states_share_a_key(
    studio: Studio, png: bytes, tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    """Changes upon changes, in any order: one key never stood for two different pages."""
    here = type(studio)(tmp_path_factory.mktemp("one") / "workspace", tmp_path_factory.mktemp("state"))
    fill(here, png)
    seen: dict[str, str | None] = {}
    for name in names[:4]:
        for page in table(here).values():
            assert seen.setdefault(page.key, page.html) == page.html
        with pytest.MonkeyPatch.context():
            try:
                CHANGES[name](here)
            except AssertionError:  # an earlier change took its place away
                continue


def test_what_does_not_stand_in_files_is_part_of_the_key(studio: Studio, png: bytes) -> None:
    """Time, audience, addresses, forge, program, language and incidents change the pages that show them, and their keys."""
    fill(studio, png)
    given = studio.gather()
    path = "posts/2026/12/tuer-1.md"
    before = table(studio, given)[path]
    workspace = given.workspace
    approval = Approval("wiebke", NOW, "sha256:00")
    incident = replace(recall(NOW), owner="wiebke", backup="jule")
    studio.write(incident.path, "")
    revision = Revision("0" * 40, NOW, "Jule", "jule@example.com", "Ein neuer Anfang", (Touched(POST, "M"),))
    for days in (1, 7, 12, 60):
        later = table(studio, replace(given, now=NOW + timedelta(days=days)))
        for where, page in table(studio, given).items():
            if where in later and later[where].key == page.key:
                assert later[where].html == page.html, where
    others = [
        replace(given, now=NOW + timedelta(days=60)),
        replace(given, directory_urls=False),
        replace(given, edit_base="https://forge.example.com/edit"),
        replace(given, workspace=replace(workspace, approvals={UID: (approval,)})),
        replace(given, incidents=(incident,)),
        replace(given, problems=given.problems[:1] if len(given.problems) > 1 else ()),
        replace(given, measured={(UID, "mastodon"): Brought(views=12.0)}),
        replace(given, heard={UID: Heard(2, 1)}),
        replace(given, revisions=(revision,)),
    ]
    for other in others:
        page = table(studio, other)[path]
        assert page.html != before.html
        assert page.key != before.key
    with speaking("de"):
        page = table(studio, given)[path]
    assert page.html != before.html
    assert page.key != before.key
    assert table(studio, replace(given, program="another"))[path].key != before.key


@pytest.mark.parametrize(
    "name",
    ["nothing", "text", "title", "person", "picture gone", "campaign gone", "template", "tokens", *HANDBOOK, *CONFIGS],
)
def test_a_second_build_is_a_first_build(studio: Studio, png: bytes, make_site: MakeSite, name: str) -> None:
    """The whole site, built again after a change, has the bytes of a site that was built in an empty folder."""
    fill(studio, png)
    make_site()
    config = CONFIGS.get(name, CONFIG)
    if name == "template":
        studio.write("overrides/partials/copyright.html", "Ours.")
        config = CONFIG.replace("theme: material", "theme: {name: material, custom_dir: overrides}")
    elif name == "tokens":
        studio.write("guidelines/tokens.json", '{"color": {"primary": {"$type": "color", "$value": "#123456"}}}')
    elif name in CHANGES or name in HANDBOOK:
        {**CHANGES, **HANDBOOK}[name](studio)
    warm = tree(make_site(config))
    folder = make_site(config)
    shutil.rmtree(folder)
    shutil.rmtree(studio.root / ".leitstand")
    assert tree(make_site(config)) == warm


def test_only_what_changed_is_written(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """One word in one post: its page is new, nearly all other files keep their time; nothing changed, none is written."""
    fill(studio, png)
    make_site()
    folder = make_site()
    first = times(folder)
    assert times(make_site()) == first
    CHANGES["text"](studio)
    second = times(make_site())
    assert second.keys() == first.keys()
    written = {path for path in first if second[path] != first[path]}
    assert "posts/2026/12/tuer-1/index.html" in written
    assert "media/tür 1.png" not in written
    assert "posts/2026/11/100 % Kaffee?/index.html" not in written
    assert len(written) < 5


def test_what_somebody_did_to_the_site_is_mended(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """A page that was edited, emptied or removed is written again; what does not belong there goes, dot files stay."""
    fill(studio, png)
    folder = make_site()
    whole = tree(folder)
    page = folder / "posts/2026/12/tuer-1/index.html"
    page.write_text("x", encoding="utf-8")
    (folder / "posts/2026/11/100 % Kaffee?/index.html").unlink()
    (folder / "posts/old/page").mkdir(parents=True)
    (folder / "posts/old/page/index.html").write_text("gone", encoding="utf-8")
    (folder / "handbook/index.html").write_bytes(b"")
    (folder / ".nojekyll").touch()
    make_site()
    assert tree(folder) == {**whole, ".nojekyll": b""}
    assert not (folder / "posts/old").exists()


class Killed(BaseException):
    """What ends a process without asking."""


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_a_killed_build_leaves_nothing_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, *, first: bool
) -> None:
    """Wherever the writing stops, the next build makes the site whole, also when it goes back to what was before."""
    pages = {f"p/{number}.html": f"old {number}" for number in range(8)}
    newer = {path: text.replace("old", "new") for path, text in pages.items()}
    site = tmp_path / "site"
    if not first:
        run(tmp_path, site, pages)
    left = after

    def put(output: Output, path: str, data: bytes) -> object:
        nonlocal left
        if not left:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data[:2])
            raise Killed
        left -= 1
        return whole(output, path, data)

    whole = Output._put  # the one place at which a page gets onto the disk
    monkeypatch.setattr(Output, "_put", put)
    with pytest.raises(Killed):
        run(tmp_path, site, newer)
    monkeypatch.undo()
    run(tmp_path, site, pages)
    assert {path: (site / path).read_text() for path in pages} == pages


def test_a_folder_gives_way_to_a_page(tmp_path: Path) -> None:
    """Also one that is empty, of which no file says that it is there."""
    (tmp_path / "site/p/0.html").mkdir(parents=True)
    (tmp_path / "site/p/1.html/deep").mkdir(parents=True)
    (tmp_path / "site/p/1.html/deep/page.html").touch()
    run(tmp_path, tmp_path / "site", {"p/0.html": "one", "p/1.html": "two"})
    assert tree(tmp_path / "site") == {"p/0.html": b"one", "p/1.html": b"two"}


def test_a_first_site_keeps_to_its_folder(tmp_path: Path) -> None:
    """An empty folder gives way to its page, and nothing is written through a link that came meanwhile."""
    site, outside = tmp_path / "site", tmp_path / "outside.html"
    outside.touch()
    (site / "p/0.html").mkdir(parents=True)
    output = Output(tmp_path, site)
    (site / "p/1.html").symlink_to(outside)
    for path in ("p/0.html", "p/1.html"):
        output.hold(path, b"page")
    output.finish()
    assert tree(site) == {"p/0.html": b"page", "p/1.html": b"page"}
    assert outside.read_bytes() == b""


def test_the_same_bytes_stay_under_another_key(tmp_path: Path) -> None:
    """A theme that was installed again has other times and the same files: those of the site stay as they are."""
    site = tmp_path / "site"

    def build(key: str) -> None:
        output = Output(tmp_path, site)
        output.add("a.css", key, "a {}".encode)
        output.finish()

    build("first")
    os.utime(site / "a.css", ns=(1, 1))
    build("second")
    assert (site / "a.css").stat().st_mtime_ns == 1
    run(tmp_path, site, {"a.css": "b {}"})
    assert (site / "a.css").read_text() == "b {}"


@pytest.mark.parametrize("damage", ["{", "[]", '{"p/0.html": 7}', '{"p/0.html": ["k", 1, 2, 3]}', "[" * 100_000])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, damage: str) -> None:
    """Everything is written anew then."""
    run(tmp_path, tmp_path / "site", {"p/0.html": "one"})
    record = next((tmp_path / ".leitstand/cache/site-1").glob("*.json"))
    record.write_text(damage, encoding="utf-8")
    run(tmp_path, tmp_path / "site", {"p/0.html": "two"})
    assert (tmp_path / "site/p/0.html").read_text() == "two"


def run(root: Path, site: Path, pages: Mapping[str, str]) -> None:
    """One build that makes these pages."""
    output = Output(root, site)
    for path, text in pages.items():
        output.add(path, text, text.encode)
    output.finish()
