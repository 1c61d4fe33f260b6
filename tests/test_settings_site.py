from __future__ import annotations

import pytest

from toolkit.settings import Settings, SitePolicy, read_settings

HEAD = 'format = 1\n[workspace]\nid = "w"\nname = "W"\ntimezone = "Europe/Berlin"\n[site]\n'


def read(text: str) -> Settings:
    settings, problems = read_settings(HEAD + text)
    assert settings is not None, [str(problem) for problem in problems]
    return settings


def test_the_table_says_what_stands_at_the_foot_and_how_long_posts_keep_pages() -> None:
    """The links come in the order of the page, whatever that of the file; without the table there is nothing of it."""
    text = 'feedback = "mailto:a@example.com?subject=Site"\nimprint = "https://intern/impressum"\narchive_after_months = 18\n'
    links = (("imprint", "https://intern/impressum"), ("feedback", "mailto:a@example.com?subject=Site"))
    assert read(text).site == SitePolicy(links, 18)
    assert read("").site == SitePolicy()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/imprint",
        "example.com",
        "/imprint/",
        "javascript:alert(1)",
        "https:///imprint",
        "https://a b.example.com",
        "https://example.com/\\nx",
        "https://example.com/\\u0022",
        "https://me:secret@example.com/",
        "mailto:nobody",
        "mailto:",
        "https://[x",
    ],
)
def test_an_address_that_leads_nowhere_is_refused_with_its_place(address: str) -> None:
    """Anything but an https address with a host, or a mail address, is an error at its key that says what to write."""
    settings, (problem,) = read_settings(f'{HEAD}contact = "{address}"\n')
    assert settings is None
    assert (problem.span.line, problem.span.col) == (7, 1)
    assert "contact" in problem.message
    assert "mailto:social@example.com" in problem.message


@pytest.mark.parametrize("months", ["0", "-3", "1201", "true", '"18"', "1.5"])
def test_months_are_a_number_that_means_something(months: str) -> None:
    """Never is said by leaving it out, not by nothing."""
    settings, problems = read_settings(f"{HEAD}archive_after_months = {months}\n")
    assert settings is None
    assert {(one.span.line, one.span.col) for one in problems} == {(7, 1)}


def test_a_wrong_key_is_named() -> None:
    """A key that nobody knows is an error with the one that was meant."""
    settings, (problem,) = read_settings(f'{HEAD}impressum = "https://example.com"\n')
    assert settings is None
    assert "impressum" in problem.message
