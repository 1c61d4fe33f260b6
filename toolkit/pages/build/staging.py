"""`stage`: the site as a folder of plain Markdown with its own mkdocs.yml, for MkDocs, ProperDocs, Zensical and others.

Only files whose bytes changed are written, so that a builder that watches the folder rebuilds little. What an
earlier run wrote and this one no longer makes is removed; a folder that something else has filled is refused.

The pages have the policy of `policy`, by a template laid over the theme's. What its own plugin says at the top of a page, a
template can say only at the end of the head, because one of the theme's scripts there differs from page to page. A policy
in a page is for what follows it, and that is everything but the title.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.pages.build.appearance import EXTENSIONS, footer_line, theme_defaults
from toolkit.pages.build.navigation import make_navigation
from toolkit.pages.build.policy import hash_of, inline_scripts, say_policy
from toolkit.pages.media import Copied
from toolkit.pages.page import Content, Moved, Page
from toolkit.pages.script import SCRIPT_PATH
from toolkit.pages.stylesheet import STYLE_PATH
from toolkit.settings import Settings
from toolkit.values import dataclass

# Which files of the folder are ours, one path a line.
RECORD: Final = ".leitstand-staged"
CONFIG: Final = "mkdocs.yml"
DOCS: Final = "docs"
OVERLAY: Final = "overlay"
_MAIN: Final = '{{% extends "base.html" %}}\n{{% block extrahead %}}{{{{ super() }}}}{policy}{{% endblock %}}\n'


@dataclass(frozen=True, slots=True)
class Staged:
    """How many files a run wrote, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def stage_site(folder: Path, pages: Mapping[str, Content], settings: Settings, now: datetime) -> Staged:
    """Write `pages` to ``docs/`` below `folder`, and a configuration that builds them.

    Raises `UsageError` when the folder holds files that no earlier run wrote.
    """
    earlier = _read_record(folder)
    files: dict[str, Content] = {f"{DOCS}/{path}": content for path, content in pages.items()}
    files[CONFIG] = site_config(pages, settings, now).encode()
    files[f"{OVERLAY}/main.html"] = _MAIN.format(policy=say_policy(theme_scripts())).encode()
    folder.mkdir(parents=True, exist_ok=True)
    # The record first: a run that is cut short must still know its files the next time.
    _write_record(folder, earlier | files.keys())
    written = sum(_write(folder / path, _bytes(content)) for path, content in files.items())
    removed = sum(_remove(folder, path) for path in sorted(earlier - files.keys()))
    _write_record(folder, files.keys())
    return Staged(written, len(files) - written, removed)


def site_config(pages: Mapping[str, Content], settings: Settings, now: datetime) -> str:
    """A mkdocs.yml; JSON is YAML, and says the same to every builder."""
    theme: dict[str, object] = {"name": "material", "custom_dir": OVERLAY, **theme_defaults(settings.interface)}
    config: dict[str, object] = {
        "site_name": settings.name,
        **({"site_url": f"{settings.url}/"} if settings.url else {}),
        "docs_dir": DOCS,
        "site_dir": "site",
        # Builders disagree whether links inside HTML are seen from the file or from its folder address; with plain
        # addresses both are the same.
        "use_directory_urls": False,
        "theme": theme,
        "plugins": ["search"],
        "markdown_extensions": EXTENSIONS,
        "extra_css": [STYLE_PATH],
        "extra_javascript": [SCRIPT_PATH],
        "extra": {"generator": False},
        "copyright": footer_line(settings, now),
        "nav": make_navigation(pages),
        "not_in_nav": "/archive/\n/posts/\n/calendar/\n/campaigns/\n/channels/\n/kits/\n/kpis/\n/incidents/\n/ideas/\n/experiments/\n/research/\n/team/\n",
    }
    return json.dumps(config, ensure_ascii=False, indent=2) + "\n"


def theme_scripts() -> list[str]:
    """The scripts that the theme writes into every page, as a policy names them; none where it is not installed."""
    found = find_spec("material")
    folder = Path(found.origin).parent / "templates/partials/javascripts" if found and found.origin else None
    texts = [one.read_text(encoding="utf-8") for one in sorted(folder.glob("*.html"))] if folder else []
    # One that is filled in for each page stands in the head, before the policy.
    return sorted({hash_of(one) for text in texts for one in inline_scripts(text) if "{{" not in one})


def _bytes(content: Content) -> bytes:
    if isinstance(content, Copied):
        return content.read()
    if isinstance(content, Moved):
        return content.data()
    return content.markdown().encode() if isinstance(content, Page) else content


def _read_record(folder: Path) -> set[str]:
    record = folder / RECORD
    if record.is_file():
        return set(record.read_text(encoding="utf-8").splitlines())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = _("{folder} is not empty and was not made by stage; name a new or empty folder")
        raise UsageError(message.format(folder=folder))
    return set()


def _write_record(folder: Path, paths: Collection[str]) -> None:
    (folder / RECORD).write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8")


def _write(path: Path, data: bytes) -> bool:
    """Whether the file had to be written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _remove(folder: Path, path: str) -> bool:
    target = folder / path
    # The record is a file that anybody can edit; it must not reach out of the folder.
    if not target.resolve().is_relative_to(folder.resolve()) or not target.is_file():
        return False
    target.unlink()
    for parent in target.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
