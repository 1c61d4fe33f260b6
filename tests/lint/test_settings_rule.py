from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk


def test_settings_that_name_what_exists_are_fine(desk: Desk) -> None:
    """Known networks, options and rules are no problem."""
    desk.settings(SETTINGS + '\n[accounts.feed.options]\nsummary = "x"\n\n[check.severity]\nlength = "warning"\n')
    assert desk.check("settings") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('network = "bluesky"', 'network = "blusky"', 23, "unknown network 'blusky'; did you mean 'bluesky'?"),
        ('network = "feed"', 'network = "feed"\noptions = {sumary = "x"}', 27, "unknown option of Feed 'sumary'"),
        (
            "[workspace]",
            '[check.severity]\nlenght = "off"\n[workspace]',
            4,
            "unknown rule 'lenght'; did you mean 'length'",
        ),
        ("[workspace]", '[check.severity]\nuid = "off"\n[workspace]', 4, "the rule uid cannot be switched off"),
    ],
)
def test_unknown_names_in_the_settings(desk: Desk, old: str, new: str, line: int, said: str) -> None:
    """Each is an error in leitstand.toml, at its line, with a suggestion."""
    desk.settings(SETTINGS.replace(old, new))
    (problem,) = desk.check("settings")
    assert (problem.path, problem.span.line) == ("leitstand.toml", line)
    assert said in problem.message
