from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.style.book import rule
from toolkit.style import Level, RuleError, read_blocks, read_package
from toolkit.style.compiling import compile_rule

PAGE = """# Stimme

Wir sagen, was anders ist.

```rule
id: BRAND012
extends: existence
message: "'%s' sagt nichts"
level: error
language: de
networks: [mastodon]
tokens: [revolutionär]
good: ["Ein neuer Röster"]
bad: ["Das ist revolutionär"]
```

````markdown
```rule
id: NOT_A_RULE
```
````
"""


def test_a_block_of_the_handbook_is_a_rule() -> None:
    """It knows its page, its line, its examples; a block in an example of a block is none."""
    [own], problems = read_blocks(PAGE, "guidelines/stimme.md")
    assert problems == []
    assert (own.id, own.kind, own.level, own.path, own.line) == (
        "BRAND012",
        "existence",
        Level.ERROR,
        "guidelines/stimme.md",
        6,
    )
    assert (own.language, own.networks, own.good, own.bad) == (
        "de",
        ("mastodon",),
        ("Ein neuer Röster",),
        ("Das ist revolutionär",),
    )
    assert own.style == ""


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (("tokens:", "toknes:"), (12, 1), "a rule has no key toknes; did you mean tokens?"),
        (("existence", "existense"), (7, 10), "extends must be one of existence"),
        (("extends: existence", "extends: script"), (7, 10), "write it as existence, occurrence or metric"),
        (("extends: existence", "extends: sequence"), (7, 10), "write the wording as existence"),
        (("level: error", "level: bad"), (9, 8), "level must be one of suggestion, warning, error"),
        (('good: ["Ein neuer Röster"]\n', ""), (6, 1), "BRAND012 needs an example that it accepts"),
        (('bad: ["Das ist revolutionär"]\n', ""), (6, 1), "BRAND012 needs an example that it finds"),
        (("id: BRAND012\n", ""), (6, 1), "needs an id"),
        (("message: \"'%s' sagt nichts\"\n", ""), (6, 1), "a rule needs a message"),
        (("tokens: [revolutionär]", "tokens: [revolutionär"), (13, 5), "not valid YAML"),
        (("tokens: [revolutionär]", "tokens: {a: b}"), (12, 9), "tokens must be a list of texts"),
        (("tokens: [revolutionär]", "tokens: [a]\ntokens: [b]"), (13, 1), "stands here twice"),
        (("level: error", "limit: many"), (9, 8), "limit must be a number"),
        (("level: error", "ignorecase: perhaps"), (9, 13), "ignorecase must be true or false"),
        (("level: error", "action: {name: delete}"), (9, 16), "an action is one of suggest, replace"),
        (("BRAND012", "BRAND 012"), (6, 5), "an id is letters"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(change: tuple[str, str], place: tuple[int, int], said: str) -> None:
    """Path, line, column, and what to do."""
    rules, [problem] = read_blocks(PAGE.replace(*change), "guidelines/stimme.md")
    assert rules == []
    assert (problem.span.line, problem.span.col) == place
    assert said in problem.message


def test_an_id_stands_once() -> None:
    """The second rule of the same name is refused."""
    rules, [problem] = read_blocks(PAGE + PAGE, "p.md")
    assert len(rules) == 1
    assert "BRAND012 stands in line 6 already" in problem.message


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("extends: existence\ntokens: ['(a']", "a pattern of House.Rule cannot be read"),
        ("extends: metric\nformula: __import__('os')\ncondition: '> 1'", "a formula may have"),
        ("extends: metric\nformula: words ** 99\ncondition: '> 1'", "a formula may have"),
        ("extends: metric\nformula: wrds\ncondition: '> 1'", "nothing is counted as wrds"),
        ("extends: metric\nformula: words +\ncondition: '> 1'", "is no formula"),
        ("extends: metric\nformula: words\ncondition: '> (lambda: 1)()'", "a formula may have"),
    ],
)
def test_what_cannot_be_compiled_names_the_rule(yaml: str, said: str) -> None:
    """A broken pattern or formula is refused; a formula is never run as code."""
    with pytest.raises(RuleError) as raised:
        compile_rule(rule(yaml))
    assert said in str(raised.value)
    assert str(raised.value).startswith("house.yml:1:1: ")


def test_a_package_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names come from the files; what is hidden is left out; a broken rule hides no other."""
    for name, text in {
        "Good.yml": "extends: existence\nmessage: x\ntokens: [a]\n",
        "sub/Deep.yml": "---\nextends: existence\nmessage: x\ntokens: [a]\n",
        "Broken.yml": "extends: existence\n",
        "_old/Old.yml": "nonsense",
        "meta.json": "{}",
    }.items():
        file = tmp_path / "House" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    rules, problems = read_package(Path("House"))
    assert [own.id for own in rules] == ["House.Good", "House.sub.Deep"]
    assert [str(problem) for problem in problems] == [
        "House/Broken.yml:1:1: a rule needs a message: what people read when it finds something (style-rule)"
    ]


@given(st.text(max_size=200))
def test_a_page_of_anything_is_read(text: str) -> None:
    """Whatever stands in a block: rules, or problems with places; nothing else is raised."""
    rules, problems = read_blocks(f"```rule\n{text}\n```\n", "p.md")
    assert all(problem.span.line >= 1 for problem in problems)
    assert len(rules) + len(problems) <= 2
