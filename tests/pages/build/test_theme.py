"""The theme's folder is read once, and what MkDocs takes of it is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from toolkit.pages.build.theme import quicken


def taken(theme: Theme) -> list[tuple[str, str]]:
    """Path and folder of the theme's files, as a build takes them."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "site_dir": "/nowhere"})
    config.theme = theme
    config.use_directory_urls = True
    files = Files([])
    files.add_files_from_theme(theme.get_env(), config)
    return sorted((file.src_uri, str(file.src_dir)) for file in files)


@pytest.mark.parametrize("name", ["material", "mkdocs", "readthedocs"])
def test_the_files_of_a_theme_are_the_same(tmp_path: Path, name: str) -> None:
    """Also with a folder of somebody's own over it, hidden files included."""
    own = tmp_path / "own"
    for file in (".hidden/a.svg", "assets/.hidden/b.js", "assets/c.js", ".d.css", "e.css"):
        (own / file).parent.mkdir(parents=True, exist_ok=True)
        (own / file).touch()
    slow, quick = Theme(name, custom_dir=str(own)), Theme(name, custom_dir=str(own))
    quicken(quick, tmp_path / "cache")
    assert taken(quick) == taken(slow)


def test_hidden_templates_are_found_by_their_names(tmp_path: Path) -> None:
    """Material includes its drawings by their paths."""
    theme = Theme("material")
    quicken(theme, tmp_path / "cache")
    env = theme.get_env()
    assert env.get_template(".icons/material/weather-sunny.svg").render().startswith("<svg")
    assert any((tmp_path / "cache").iterdir())
    listed = env.list_templates()
    assert "main.html" in listed
    assert not any("/." in f"/{path}" for path in listed if not path.rpartition("/")[2].startswith("."))


def test_a_folder_that_takes_nothing_costs_time_alone(tmp_path: Path) -> None:
    """Where the cache cannot be made, templates are compiled as ever."""
    (tmp_path / "cache").write_text("a file")
    theme = Theme("mkdocs")
    quicken(theme, tmp_path / "cache")
    assert theme.get_env().get_template("base.html").name == "base.html"
