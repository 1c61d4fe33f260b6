from __future__ import annotations

from tests.lint.conftest import Desk
from tests.lint.test_samples import samples


def test_the_example_fails_and_the_remedy_does_not(desk: Desk) -> None:
    """The samples of the rule's page are true."""
    example, instead = samples("tokens")
    desk.write("guidelines/tokens.json", example)
    [problem] = desk.check("tokens")
    assert str(problem) == (
        "guidelines/tokens.json:1:55: there is no token color.fjrod; did you mean color.fjord? (tokens)"
    )
    desk.write("guidelines/tokens.json", instead)
    assert desk.check("tokens") == []


def test_a_page_that_shows_what_is_not_there_is_told(desk: Desk) -> None:
    """The problem stands in the page, at its line; a workspace without such pages has none."""
    assert desk.check("tokens") == []
    desk.write("guidelines/tokens.json", '{"c": {"$type": "color", "a": {"$value": "#123"}}}')
    desk.write("guidelines/farben.md", "# Farben\n\n```tokens\nswatches d\n```\n\n```tokens\nswatches c\n```\n")
    [problem] = desk.check("tokens")
    assert (problem.path, problem.span.line, problem.span.col) == ("guidelines/farben.md", 4, 1)
