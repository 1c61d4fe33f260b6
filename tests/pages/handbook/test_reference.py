"""The generated reference on the site: rules with what they find, fields above long lists, an address for every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import markdown  # type: ignore[import-untyped]  # it ships no types

from toolkit.lint import RULES
from toolkit.pages.handbook.boxes import RuleNews
from toolkit.pages.handbook.reference import RULES_PAGE, show_reference
from toolkit.pages.tables import wrap_tables

if TYPE_CHECKING:
    from tests.pages.conftest import Outline

LIST = "# Rules\n\nBuilt in.\n\n| Rule | Severity |\n| --- | --- |\n| [uid](uid.md) | Error |\n"
KEYS = "# Keys\n\nWhat may stand.\n\n## Posts\n\n| Key | Meaning |\n| --- | --- |\n"


def quiet(_rule: str) -> RuleNews:
    return RuleNews(files=0)


def lies(file: str) -> str:
    """Where a site without folders for its pages has a rule."""
    return file.removeprefix("guidelines/referenz/").replace(".md", ".html")


def test_the_rules_say_what_they_find_today(outline: type[Outline]) -> None:
    """Each rule leads to its page, says how hard it is, and leads to what it finds; nothing where it finds nothing."""
    known = {"uid": RuleNews(files=2, problems="../../problems/#error-uid")}
    made = show_reference(RULES_PAGE, LIST, lambda rule: known.get(rule, RuleNews(files=0)), lies)
    assert made.startswith("# Rules\n\nBuilt in.\n\n<div")
    assert made.count("<li") == len(RULES)
    assert '<a href="regeln/uid.html" class="ls-rule-name"><code>uid</code></a>' in made
    assert made.count("finds something") == 1
    assert '<a href="../../problems/#error-uid">finds something in 2 files today</a>' in made
    assert outline(made).open == []


def test_only_long_lists_of_the_reference_have_a_field() -> None:
    """A few keys are seen at a glance, and pages that people write stay as they wrote them."""
    many = KEYS + "".join(f"| `key{number}` | It is {number}. |\n" for number in range(50))
    made = show_reference("guidelines/referenz/front-matter.md", many, quiet, lies)
    assert made.index("What may stand.") < made.index("data-find-page") < made.index("## Posts")
    assert show_reference("guidelines/zahlen.md", many, quiet, lies) == many
    assert show_reference("guidelines/referenz/importe.md", KEYS, quiet, lies) == KEYS


def test_every_key_has_an_address() -> None:
    """Its heading and its name; the same key below another heading has another one, a second one of a name has none."""
    rows = "| Key | Meaning |\n|---|---|\n| `uid` | Its identity. |\n| `--file, -f` | A file. |\n"
    html = wrap_tables(
        markdown(f"## Posts\n\n{rows}\n\n## Ideas\n\n{rows}| `uid` | Again. |\n", extensions=["tables", "toc"])
    )
    assert [html.count(f'<tr id="{name}">') for name in ("posts.uid", "posts.file-f", "ideas.uid")] == [1, 1, 1]
    assert '<a class="ls-key" href="#posts.uid"><code>uid</code></a>' in html
    assert html.count('<table class="ls-doc ls-keys">') == 2


def test_a_table_with_other_rows_is_no_list_of_keys() -> None:
    """What people wrote with some code in the first column stays as it is."""
    html = wrap_tables(markdown("## A\n\n| a | b |\n|---|---|\n| `x` | 1 |\n| y | 2 |\n", extensions=["tables", "toc"]))
    assert "ls-key" not in html
