"""The decision log says what nobody has signed yet, and how to see the numbers again."""

from __future__ import annotations

from tests.pages.conftest import Studio


def test_a_merged_decision_waits_for_a_name_and_its_numbers_have_a_command(studio: Studio) -> None:
    """Without `by` the column says so; a command stands as one, and a report that is not there as words."""
    entries = (
        "{id: a, at: '2026-11-02T10:15:00+01:00', status: accepted, summary: Later., report: leitstand learn show a}",
        "{id: b, at: '2026-11-01T10:15:00+01:00', by: wiebke, status: accepted, summary: Early., report: Gespräch}",
    )
    text = "---\nowner: wiebke\ndecisions:\n" + "".join(f"  - {one}\n" for one in entries) + "---\n# Zeiten\n"
    studio.write("guidelines/zeiten.md", text)
    shown = studio.page("team/decisions.md")
    assert "<code>leitstand learn show a</code>" in shown
    assert '<p class="ls-reason">Gespräch</p>' in shown
    assert shown.count("nobody has signed it") == 1
