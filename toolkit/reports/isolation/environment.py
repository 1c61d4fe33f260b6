"""The environment of a notebook: tokens and credentials are not among it, whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

# What a notebook may know of the environment it was started from.
PASSED: Final = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "PYTHONPATH",
    "SYSTEMROOT",
    "LEITSTAND_LANG",
)


def scrub(environ: Mapping[str, str], home: str, cache: Path) -> dict[str, str]:
    """The names in `PASSED`, an empty home that is the temporary folder too, and where fonts and SQL are remembered."""
    kept = {name: environ[name] for name in PASSED if name in environ}
    ours = {
        "HOME": home,
        "TMPDIR": home,
        "IPYTHONDIR": home,
        # Sockets have short paths; see JUPYTER_RUNTIME_DIR in jupyter_core.
        "JUPYTER_RUNTIME_DIR": home,
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "XDG_CACHE_HOME": str(cache),
        # Threads of libraries would be lost in a fork, and the reports themselves fill the processors.
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    return {**kept, **ours}
