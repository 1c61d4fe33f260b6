"""Files that the builder would copy as they are, put into the site by `Output`, which knows those that are there.

A theme has a hundred of them, and a house a year of pictures: copied into the draft and compared with the site in each
build, they would cost more than the pages do when nothing changed.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from toolkit.pages.build.output import Output
from toolkit.pages.media import Copied


def placed(file: File, content: Copied | bytes, output: Output) -> File:
    """`file`, which `output` gets when the builder would copy it: one that is excluded never comes to that."""

    def copy_file(dirty: bool = False) -> None:  # noqa: ARG001  # as the builder calls it
        if isinstance(content, Copied):
            output.copy(file.dest_uri, content)
        else:
            output.hold(file.dest_uri, content)

    file.copy_file = copy_file  # type: ignore[method-assign]
    return file


def place_theme(files: Files, config: MkDocsConfig, output: Output) -> None:
    """Let `output` copy the files of the theme."""
    for file in files:
        if file.src_dir in config.theme.dirs and file.abs_src_path and not file.is_documentation_page():
            placed(file, Copied(Path(file.abs_src_path)), output)
