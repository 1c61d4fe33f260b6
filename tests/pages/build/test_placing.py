"""Files that are copied as they are go past MkDocs, as long as nobody else wants to find them where it builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.build.conftest import CONFIG, MakeSite, fill
from tests.pages.build.test_warm import tree

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

CHANGING = """from pathlib import Path

def on_post_build(config):
    for name in ("leitstand.css", "images/favicon.png"):
        file = Path(config.site_dir, "assets", name)
        file.write_bytes(file.read_bytes() + b"changed")
"""


def test_a_hook_finds_what_was_copied(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """It may change our files and the theme's; without it they are as they were again, and so is all of the site."""
    fill(studio, png)
    plain = tree(make_site())
    studio.write("hook.py", CHANGING)
    hooked = tree(make_site(CONFIG + "hooks: [hook.py]\n"))
    assert {path for path in plain if hooked[path] != plain[path]} == {
        "assets/leitstand.css",
        "assets/images/favicon.png",
    }
    assert hooked["assets/leitstand.css"] == plain["assets/leitstand.css"] + b"changed"
    assert tree(make_site()) == plain


def test_what_is_excluded_is_not_copied(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Of the theme's files, and of pictures of posts; what was there of them goes."""
    fill(studio, png)
    plain = tree(make_site())
    less = tree(make_site(CONFIG + "exclude_docs: |\n  /assets/javascripts/lunr/\n  /media/\n"))
    gone = plain.keys() - less.keys()
    assert {path.rpartition("/")[0].partition("/min")[0] for path in gone} == {"assets/javascripts/lunr", "media"}
