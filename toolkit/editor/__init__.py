"""A place to write in the browser, for people who know no git: Sveltia CMS, set up for one workspace.

`config` says what can be written and where it goes, made from the same keys as reader and reference. `packages` says
which published packages the page is made of, `install` fetches them once, `build` writes the page: a folder of files
that asks nobody but the forge for anything. Its code is not part of Leitstand.
"""

from toolkit.editor.build import build_editor
from toolkit.editor.config import editor_config
from toolkit.editor.install import PackageError, install_packages, installed_folder
from toolkit.editor.packages import PACKAGES
from toolkit.editor.words import trial_note

__all__ = [
    "PACKAGES",
    "PackageError",
    "build_editor",
    "editor_config",
    "install_packages",
    "installed_folder",
    "trial_note",
]
