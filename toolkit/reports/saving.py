"""How an executed notebook is saved after each cell: whole or not at all, whatever ends the process meanwhile."""

from __future__ import annotations

from pathlib import Path


class WholeFile:
    """Writes for papermill, which by itself empties the file before it fills it again."""

    def write(self, text: str, path: str) -> None:
        """Put the text there in one step. It need not outlive a power cut: the folder does not, either."""
        target = Path(path)
        part = target.with_suffix(".part")
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def pretty_path(self, path: str) -> str:
        """For papermill's log."""
        return path


def save_whole(executed: Path) -> None:
    """Let papermill save this notebook so, in this process."""
    from papermill.iorw import papermill_io

    papermill_io.register(str(executed), WholeFile())
