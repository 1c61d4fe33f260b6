from __future__ import annotations

from tests.lint.conftest import NOW, Desk
from tests.lint.test_samples import samples
from toolkit.lint import check_workspace

FILE = "guidelines/tokens.json"
OWN = """{
  "$type": "color",
  "night": { "$value": "#12263a" },
  "mist": { "$value": "#9aa0a6" },
  "dusk": { "$value": "#13283c" },
  "$extensions": {
    "dev.leitstand": {
      "contrast": {
        "text": { "minimum": 7, "pairs": [["{night}", "{mist}"]] },
        "graphics": { "pairs": [["{mist}", "{night}"]] }
      },
      "chart": { "light": ["{night}", "{mist}", "{dusk}"], "difference": 10 }
    }
  }
}
"""


def test_the_example_fails_and_the_remedy_does_not(desk: Desk) -> None:
    """The samples of the rule's page are true; a pair of both schemes is told once."""
    example, instead = samples("contrast")
    desk.write(FILE, example)
    assert [str(one) for one in desk.check("contrast")] == [
        f"{FILE}:1:52: color.text on color.background has 3.26 : 1, text needs 4.5 : 1; #72767a would do (contrast)"
    ]
    desk.write(FILE, instead)
    assert desk.check("contrast") == []


def test_the_files_own_pairs_are_asked_with_its_own_minima(desk: Desk) -> None:
    """The problem points at the pair; lines and shapes need less than text, and series must differ."""
    desk.write(FILE, OWN)
    series, pair = desk.check("contrast")
    assert (pair.span.line, pair.span.col) == (9, 43)
    assert "5.83 : 1, text needs 7 : 1" in pair.message
    assert (series.span.line, "night and dusk look alike" in series.message) == (3, True)


def test_what_was_compared_once_is_not_compared_again(desk: Desk) -> None:
    """The second check takes the differences from memory, and says the same."""
    desk.write(FILE, OWN)
    first = desk.check("contrast")
    memory = desk.root / ".leitstand/cache/colours.json"
    memory.write_text(memory.read_text().replace('"night", 0.0, "dusk", ', '"night", 0.0, "dusk", 9'))
    assert len(desk.check("contrast")) == len(first) - 1


def test_who_asks_about_a_post_is_told_nothing_about_colours(desk: Desk) -> None:
    """The file is not even measured."""
    desk.write(FILE, OWN)
    desk.post("---\ntitle: x\n---\nMoin\n")
    found = check_workspace(desk.load(), now=NOW, paths=("content/posts/post.md",))
    assert [one for one in found if one.rule == "contrast"] == []
    assert not (desk.root / ".leitstand").exists()
