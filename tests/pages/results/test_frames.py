from __future__ import annotations

import pytest

from toolkit.pages.results.frames import as_published


@pytest.mark.parametrize("element", ["iframe src=https://evil.example/", "FRAME src=x", "object data=x", "embed src=x"])
def test_a_frame_in_somebody_elses_report_is_text(element: str) -> None:
    """A browser would connect to its server although nothing of it may be loaded."""
    shown = as_published(f"<p>Report</p><{element}>".encode(), "Report", "de").decode()
    assert f"&lt;p&gt;Report&lt;/p&gt;&amp;lt;{element}&gt;" in shown
