from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.pages.conftest import NOW
from toolkit.model import Fix, Problem, Severity, Span
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

POST = "content/posts/2026/12/tuer-1.md"
PAGE = "posts/2026/12/tuer-1.md"


def problem(
    rule: str = "length", severity: Severity = Severity.ERROR, line: int = 1, *, safe: bool | None = None
) -> Problem:
    """A problem of the post."""
    fix = None if safe is None else Fix(0, 1, "x", safe, "write x")
    return Problem(POST, Span(line, 2, line, 3), rule, severity, f"{rule} in line {line}", fix)


def page(studio: Studio, *problems: Problem, path: str = "problems.md", partner: bool = False) -> str:
    """A page of a site with these problems."""
    made = render_site(replace(studio.gather(NOW), problems=problems, partner=partner))[path]
    assert isinstance(made, Page)
    return made.text


def test_problems_are_grouped_by_rule_the_worst_first(studio: Studio) -> None:
    """Errors before hints, the rule with more of them before the other, each with its number."""
    studio.post()
    found = [problem("emoji", Severity.HINT), problem("length"), problem("alt", line=2), problem("alt", line=3)]
    text = page(studio, *found)
    places = [text.index(f'id="{anchor}"') for anchor in ("error-alt", "error-length", "hint-emoji")]
    assert places == sorted(places)
    assert "Errors 3" in text
    assert 'id="by-post"' in text


def test_what_a_command_mends_says_which(studio: Studio) -> None:
    """A safe remedy names the command, another one the option that it needs; without one nothing is promised."""
    studio.post()
    text = page(studio, problem(safe=True), problem("case", safe=False), problem("tone"))
    assert "Remedy: write x <" in text
    assert "<code>leitstand fix</code>" in text
    assert "<code>leitstand fix --unsafe</code>" in text
    assert 'data-f-fix="hand"' in text
    assert "1 is mended by" in text


def test_problems_carry_the_marks_of_the_filter(studio: Studio) -> None:
    """Severity, rule, person and remedy can be chosen by."""
    studio.post()
    text = page(studio, problem())
    assert 'data-f-severity="error" data-f-rule="length" data-f-person="jule" data-f-fix="hand"' in text
    assert "data-filter-bar" in text


def test_a_rule_leads_to_the_page_that_explains_it(studio: Studio) -> None:
    """A rule of the house to its box in the handbook, from the page of problems and from the post's."""
    studio.write("guidelines/stimme.md", "# Stimme\n\n```rule\nid: BRAND001\nextends: existence\n```\n")
    studio.post()
    assert 'href="../handbook/stimme/#BRAND001"' in page(studio, problem("BRAND001"))
    assert 'href="../../../../handbook/stimme/#BRAND001"' in page(studio, problem("BRAND001"), path=PAGE)


def test_many_problems_of_one_rule_are_folded_on_a_post(studio: Studio) -> None:
    """Twenty of one rule do not hide the one of another; none is lost."""
    studio.post()
    text = page(studio, *(problem("length", line=number) for number in range(1, 21)), problem("alt"), path=PAGE)
    listed = text.partition('id="problems"')[2]
    assert "18 more of this rule" in listed
    assert listed.count("length in line") == 20
    assert listed.index("alt in line 1") < listed.index("length in line 1")


def test_people_outside_are_told_of_no_problem(studio: Studio) -> None:
    """What is still wrong with a post stays in the house."""
    studio.post()
    assert 'id="problems"' not in page(studio, problem(), path=PAGE, partner=True)


def test_without_problems_the_page_says_so(studio: Studio) -> None:
    """An empty page is an answer, too."""
    assert "All clear" in page(studio)
