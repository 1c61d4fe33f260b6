"""The browser editor in a real browser: what it writes is what the reader takes."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Visit, serve
from tests.servers.absent import without_server
from toolkit.approval import content_hash
from toolkit.cli import execute
from toolkit.editor import PACKAGES, build_editor, installed_folder
from toolkit.editor.install import is_installed
from toolkit.messages import speak
from toolkit.model import Post
from toolkit.workspace import Workspace, load_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ENGLISH = {"LEITSTAND_LANG": "en"}
NOW = "2026-11-21T12:00+01:00"
TEXT = "Heute früh, 6.40 Uhr: Die Trommel ist warm.\n\n[Zum Shop](https://nordlicht.example.com/laden)\n\n## @mastodon\n\nDie Trommel ist *warm*.\n\n---\n\nUnd jetzt #Kaffee."
SETTINGS = """format = 1

[workspace]
id = "nordlicht"
name = "Nordlicht Kaffee"
languages = ["de"]
interface = "en"

[people.jule]
name = "Jule Hansen"

[people.tarek]
name = "Tarek Aydin"

[accounts.feed]
network = "feed"

[accounts.mastodon]
network = "mastodon"
server = "https://social.example.com"
"""
STORAGE = "(await navigator.storage.getDirectory()).getDirectoryHandle('sveltia-cms-test', {create: true})"
PUT = f"""async files => {{
  const root = await {STORAGE};
  for (const [path, text] of Object.entries(files)) {{
    const parts = path.split('/'), name = parts.pop();
    let folder = root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, {{create: true}});
    const stream = await (await folder.getFileHandle(name, {{create: true}})).createWritable();
    await stream.write(text);
    await stream.close();
  }}
}}"""
GET = f"""async () => {{
  const found = {{}};
  const walk = async (folder, path) => {{
    for await (const [name, entry] of folder.entries())
      if (entry.kind === 'directory') await walk(entry, `${{path}}${{name}}/`);
      else found[path + name] = await (await entry.getFile()).text();
  }};
  await walk(await {STORAGE}, '');
  return found;
}}"""


@pytest.fixture(scope="session")
def archives() -> Path:
    """Where the editor's packages lie."""
    folder = installed_folder(ROOT)
    if not all(is_installed(folder, package) for package in PACKAGES):
        without_server("the browser editor", "run: leitstand editor install")
    return folder


@pytest.fixture
def root(tmp_path: Path, archives: Path) -> Path:
    """A workspace with two people and two accounts."""
    folder = tmp_path / "workspace"
    (folder / "content/posts").mkdir(parents=True)
    (folder / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / ".leitstand").mkdir()
    (folder / ".leitstand/editor").symlink_to(archives)
    return folder


class Editor:
    """The editor's page over its trial storage, which holds files as a repository would."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, files: Mapping[str, str]) -> None:
        """Sign in to a storage with these files."""
        self.page.goto(self.address)
        self.page.evaluate(PUT, dict(files))
        self.page.get_by_role("button", name="Work with Test Repository").click()
        self.page.wait_for_url("**#/collections**")

    def entry(self, path: str) -> None:
        """Open the form of an entry, or of a new one (``posts/new``)."""
        from playwright.sync_api import TimeoutError as TooLong

        for _round in range(6):  # right after a saving the editor goes to its list by itself, and may be the later one
            self.page.goto(f"{self.address}#/collections/{path}")
            try:
                self.field("Title").wait_for(timeout=15_000)
            except TooLong:
                continue
            return
        raise AssertionError(f"{path} did not open")

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def part(self, key: str) -> Locator:
        """The section of a field that is no plain text."""
        return self.page.locator(f"[data-key-path='{key}']")

    def save(self) -> dict[str, str]:
        """Save, and every file as it lies there then."""
        from playwright.sync_api import Error

        before = self.files()
        self.page.get_by_role("button", name="Save", exact=True).click()
        seen = before
        for _round in range(100):
            self.page.wait_for_timeout(100)
            try:
                now = self.files()
            except Error:  # a file is just being replaced
                continue
            if now == seen != before and all(now.values()):
                return now
            seen = now
        raise AssertionError("nothing was saved")

    def files(self) -> dict[str, str]:
        found = self.page.evaluate(GET)
        assert isinstance(found, dict)
        return found


@pytest.fixture
def editor(chromium: Browser, root: Path, tmp_path: Path) -> Iterator[Editor]:
    """The editor of the workspace; the browser may complain of nothing, and ask nobody else."""
    speak("en")
    build_editor(load_workspace(root), tmp_path / "page", trial=True)
    with serve(tmp_path / "page") as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 2400}, locale="en-US")
        visit = Visit(page, address)
        visit.listen()
        yield Editor(page, address)
        page.close()
    assert visit.complaints == []


def put(root: Path, files: Mapping[str, str]) -> Workspace:
    """The files of the browser's storage in the workspace's folder."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
    return load_workspace(root)


HOSTILE = """---
# Nicht vor Dienstag!
publish: next
uid: "01M727V5M2AABTS8VD0BRPK88R"
title: "Tür 1: auf"   # mit Doppelpunkt
author: jule
status: review
channels: [feed, mastodon]
labels: [NO, "12:30", "2026"]
campaign: '2026'
due: "2026-11-30"
media:
  - {file: media/a.jpg, alt: "Ja: eine Tür", crop: 4:5, focus: [0.4, 0.5]}
  - {order: Foto, owner: tarek, due: 2026-11-25}
options:
  mastodon: {content_warning: "Werbung: Kaffee", visibility: public, publish: "2026-12-01 15:00"}
approved:
  - {by: tarek, at: "2026-11-20T10:02:11+01:00", hash: "sha256:00"}
ignore: [{rule: length, reason: "darf: lang"}]
grace: 90
---
Erste Zeile ohne Leerzeile davor.  \nMit zwei Leerzeichen, \\* und `code`.

## @mastodon

#Kaffee_und_mehr [Link](https://nordlicht.example.com/a_b_c)

---

* Liste
"""


def same(post: Post) -> dict[str, object]:
    """What a post says, without where it stands, its pillar, and blank lines around its text."""
    left_out = {"path", "source", "places", "body", "body_start", "pillar"}
    said = {name: getattr(post, name) for name in Post.__slots__ if name not in left_out}
    return said | {"body": post.body.strip()}


@pytest.fixture(scope="session")
def posts() -> dict[str, str]:
    """Posts of the sample with all that posts can have, and one as people write them."""
    sample = load_workspace(ROOT)
    wanted = [post for post in sample.posts if post.approved or post.repeat or "instagram" in post.options]
    found = {post.path: post.source.text for post in wanted[:4]}
    return {**found, "content/posts/2026/hostile.md": HOSTILE}


def test_what_the_form_does_not_show_is_kept(editor: Editor, root: Path, posts: dict[str, str]) -> None:
    """A post that is saved from the browser says what it said, an approval of it stays valid, and the next saving moves nothing."""
    (root / "leitstand.toml").write_text((ROOT / "leitstand.toml").read_text("utf-8"), encoding="utf-8")
    workspace = put(root, posts)
    before = {post.path: (same(post), content_hash(post, workspace)) for post in workspace.posts}
    assert len(before) == len(posts) > 3
    editor.open(posts)
    for path in posts:
        editor.entry("posts/entries/" + path.removeprefix("content/posts/").removesuffix(".md"))
        editor.field("Pillar").fill("eins")
        first = editor.save()[path]
        editor.entry("posts/entries/" + path.removeprefix("content/posts/").removesuffix(".md"))
        editor.field("Pillar").fill("zwei")
        second = editor.save()[path]
        assert second.replace("pillar: zwei", "pillar: eins") == first
    workspace = put(root, editor.files())
    for post in workspace.posts:
        assert post.pillar == "zwei"
        assert (same(post), content_hash(post, workspace)) == before[post.path], post.path


def test_a_post_from_the_browser_is_minted_and_clean(editor: Editor, root: Path) -> None:
    """Somebody writes a post in the browser; `leitstand fix` gives it its uid, and `leitstand check` has nothing to say."""
    editor.open({})
    editor.entry("posts/new")
    editor.field("Title").fill("Ein schöner Tag: frisch geröstet")
    editor.part("author").get_by_text("Jule Hansen").click()
    editor.part("status").get_by_text("ready: may be sent").click()
    editor.field("Publish").fill("2026-12-02 09:30")
    editor.part("channels").get_by_text("feed").click()
    editor.part("channels").get_by_text("mastodon").click()
    editor.field("Text").fill(TEXT)
    [(path, text)] = editor.save().items()
    assert path == "content/posts/ein-schoener-tag-frisch-geroestet.md"
    assert "uid" not in text
    [post] = put(root, {path: text}).posts
    assert (post.author, post.channels, post.status) == ("jule", ("feed", "mastodon"), "ready")
    assert post.body.strip() == TEXT
    assert execute(["check", "-w", str(root), "--now", NOW], ENGLISH) == 1
    assert execute(["fix", "-w", str(root), "--now", NOW], ENGLISH) == 0
    assert execute(["check", "-w", str(root), "--now", NOW, "--json"], ENGLISH) == 0
    [post] = load_workspace(root).posts
    assert len(post.uid) == 26
    assert post.source.text.replace(f"uid: {post.uid}\n", "") == text


def test_a_campaign_and_an_idea_are_written(editor: Editor, root: Path) -> None:
    """Campaigns and ideas are files that the workspace reads, or leaves alone."""
    editor.open({})
    editor.entry("campaigns/new")
    editor.field("Title").fill("Advent 2026")
    editor.part("owner").get_by_text("Tarek Aydin").click()
    editor.field("Text").fill("Vierundzwanzig Türen.")
    editor.save()
    editor.entry("ideas/new")
    editor.field("Title").fill("Ein Lied über Kaffee")
    workspace = put(root, editor.save())
    assert workspace.campaigns["advent-2026"].owner == "tarek"
    assert (root / "content/ideas/ein-lied-ueber-kaffee.md").is_file()
    assert workspace.problems == ()


def test_a_wrong_time_is_refused_where_it_is_typed(editor: Editor) -> None:
    """The form refuses a time that the reader would refuse, and says how to write it."""
    editor.open({})
    editor.entry("posts/new")
    editor.field("Title").fill("Morgen")
    editor.field("Publish").fill("morgen um acht")
    editor.page.get_by_role("button", name="Save", exact=True).click()
    editor.part("publish").get_by_text("A date and a time, such as 2026-12-01 07:30, or next").wait_for()
    assert editor.files() == {}


def test_the_configuration_is_one(root: Path, archives: Path, tmp_path: Path) -> None:
    """The editor's own published schema has nothing against the configuration, with every kind of backend."""
    from jsonschema import Draft7Validator

    [cms] = [package for package in PACKAGES if package.name == "@sveltia/cms"]
    with tarfile.open(archives / cms.archive) as archive:
        member = archive.extractfile("package/schema/sveltia-cms.json")
        assert member is not None
        schema = json.load(member)
    forge = '[forge]\nkind = "{}"\nproject = "nordlicht/social"\n[editor]\n'
    for table in (
        "",
        forge.format("github"),
        forge.format("gitlab") + 'app = "1"\nlogin = "https://git.example.com"\n',
    ):
        (root / "leitstand.toml").write_text(SETTINGS + table, encoding="utf-8")
        for trial in (False, True):
            build_editor(load_workspace(root), tmp_path / "page", trial=trial)
            config = json.loads((tmp_path / "page/config.json").read_text("utf-8"))
            assert [error.message for error in Draft7Validator(schema).iter_errors(config)] == []


@pytest.mark.parametrize("width", [390])
def test_a_phone_shows_the_form(editor: Editor, width: int) -> None:
    """On a phone the form is as wide as the screen."""
    editor.page.set_viewport_size({"width": width, "height": 800})
    editor.open({})
    editor.entry("posts/new")
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= width
    assert editor.field("Title").is_visible()


PICK = """
window.showDirectoryPicker = async () => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('sveltia-cms-test', {create: true});
  root.requestPermission = async () => 'granted';
  return root;
};
"""


def test_on_one_s_own_machine_it_writes_into_the_folder(chromium: Browser, root: Path, tmp_path: Path) -> None:
    """Served from 127.0.0.1 the editor offers the folder, and a post that is saved lies in it; no forge is asked.

    The browser's own dialog cannot be driven; the folder it would hand over is one of the browser's storage.
    """
    speak("en")
    build_editor(load_workspace(root), tmp_path / "page")
    with serve(tmp_path / "page") as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 2400}, locale="en-US")
        visit = Visit(page, address)
        page.on(
            "request", lambda request: visit.note(not request.url.startswith((address, "data:", "blob:")), request.url)
        )
        page.add_init_script(PICK)
        page.goto(address)
        page.evaluate(PUT, {".git/HEAD": "ref: refs/heads/main", "content/posts/a.md": "---\ntitle: A\n---\n\nEins\n"})
        page.get_by_role("button", name="Work with Local Repository").click()
        editor = Editor(page, address)
        page.wait_for_url("**#/collections**")
        editor.entry("posts/entries/a")
        editor.field("Text").fill("Zwei")
        editor.part("author").get_by_text("Jule Hansen").click()
        files = editor.save()
        page.close()
    assert files["content/posts/a.md"] == "---\ntitle: A\nauthor: jule\nstatus: draft\n---\n\nZwei\n"
    assert visit.complaints == []
