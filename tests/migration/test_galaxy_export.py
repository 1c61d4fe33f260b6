from __future__ import annotations

import pytest

from tests.migration.conftest import Checkout
from toolkit.errors import UsageError
from toolkit.migration.galaxy import Outcome, Wishes, migrate, read_export, root_name
from toolkit.migration.galaxy.pictures import Picture


def test_everything_of_a_post_is_read(checkout: Checkout) -> None:
    """Accounts, text, pictures with their descriptions, mentions and hashtags per account, results with addresses."""
    more = "mentions:\n  Mastodon-Lab:\n    - anna@mstdn.example\nhashtags:\n  mastodon-lab: [Galaxy, Café]\n"
    path = checkout.post(
        "2025/2025-03-01-news", "Hi!\n\n![A cat](https://a.example/c.png)\n", "Mastodon-Lab", more=more,
        mastodon_lab="https://mstdn.example/@lab/1",
    )  # fmt: skip
    export = read_export(checkout.folder)
    (entry,) = export.entries
    assert (entry.path, entry.channels, entry.text) == (path, ("mastodon-lab",), "Hi!")
    assert entry.pictures == (Picture("https://a.example/c.png", "A cat"),)
    assert entry.mentions == {"mastodon-lab": ("anna@mstdn.example",)}
    assert entry.hashtags == {"mastodon-lab": ("Galaxy", "Café")}
    assert export.outcomes == {path: {"mastodon-lab": Outcome(published=True, url="https://mstdn.example/@lab/1")}}
    assert not export.problems


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("posts/a.md", b"no front matter", "posts/a.md:1:1: no front matter"),
        ("posts/a.md", b"---\nmedia: [x\n---\nHi", "posts/a.md:3:1: "),
        ("posts/a.md", b"---\nmedia: []\n---\nHi", "posts/a.md:2:1: media must name at least one account"),
        ("posts/a.md", b"---\nmedia: [mastodon-lab]\n---\n\xff", "posts/a.md:4:1: byte 0xff is not UTF-8"),
        ("posts/a.md", b"---\nmedia: [twitter]\n---\nHi", "posts/a.md:1:1: twitter is no account of plugins.yml"),
        ("plugins.yml", b"plugins: 3", "plugins.yml:1:1: a list of plugins was expected"),
        ("plugins.yml", b"plugins:\n  - class: x.y\n", "plugins.yml:2:5: a plugin needs a name and a class"),
        ("plugins.yml", b"plugins: [", "plugins.yml:1:11: "),
        ("processed_files.json", b'{"a": {"b": ', "processed_files.json:1:13: not valid JSON"),
        ("processed_files.json", b"[]", "processed_files.json:1:1: an object of files was expected"),
        ("processed_files.json", b'{\n "a.md": {"b": 3}}', "processed_files.json:2:2: a.md on b: true, false or"),
    ],
)
def test_what_cannot_be_read_has_its_place(checkout: Checkout, name: str, text: bytes, said: str) -> None:
    """A broken file is a problem with path, line and column; the other posts are still moved."""
    checkout.post("2025/good", "Hello world")
    (checkout.folder / name).write_bytes(text)
    migration = migrate(read_export(checkout.folder), Wishes("lab", "UTC"))
    problems = [str(problem) for problem in migration.problems]
    assert any(problem.startswith(said) for problem in problems), problems
    assert read_export(checkout.folder).usable == name.startswith("posts/")
    if name != "plugins.yml":
        assert [post.source for post in migration.posts] == ["posts/2025/good.md"]


def test_another_folder_is_refused(checkout: Checkout) -> None:
    """What is no checkout of galaxy-social is named, with what is missing."""
    (checkout.folder / "plugins.yml").unlink()
    with pytest.raises(UsageError, match=r"no checkout of galaxy-social: plugins\.yml is missing"):
        read_export(checkout.folder)


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("posts/a/retry-201_retry-200_2025-02-24-x.md", "posts/a/2025-02-24-x.md"),
        ("posts/a/retry-9_x.md", "posts/a/x.md"),
        ("posts/retry-1_a/x.md", "posts/retry-1_a/x.md"),
        ("posts/a/retrying.md", "posts/a/retrying.md"),
    ],
)
def test_a_copy_knows_its_original(path: str, root: str) -> None:
    """``retry-N_`` before the name, once or more, says of which file it is a copy."""
    assert root_name(path) == root
