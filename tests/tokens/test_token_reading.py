from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.model import Severity
from toolkit.source import FolderTree
from toolkit.tokens import Colour, Tokens, open_tokens, read_tokens
from toolkit.tokens.document import MAX_BYTES
from toolkit.tokens.nouns import Measure, Typography

HARBOUR = Path(__file__).with_name("harbour.json")


def read(text: str) -> tuple[Tokens, list[str]]:
    """The tokens, and the problems as ``line:col message``."""
    tokens, problems = read_tokens("t.json", text.encode())
    return tokens, [f"{one.span.line}:{one.span.col} {one.message}" for one in problems]


def test_everything_is_read() -> None:
    """Groups hand their type down, aliases are followed, old and new colours, wide spaces, styles; nothing is wrong."""
    tokens, problems = read_tokens("harbour.json", HARBOUR.read_bytes())
    assert [str(one) for one in problems] == []
    value = {name: token.value for name, token in tokens.tokens.items()}
    assert value["color.dark.text"] == value["color.light.background"] == Colour(0xFB, 0xF8, 0xF3)
    assert value["color.old"] == value["color.fjord"] == Colour(0x2B, 0x67, 0x77)
    assert value["color.veil"] == Colour(0, 0, 0, 0.5)
    assert value["color.neon"] == Colour(0, 0xF9, 0), "outside sRGB the brand's own fallback counts"
    assert value["space.small"] == Measure(0.5, "rem")
    assert value["motion.fade"] == Measure(200, "ms")
    assert value["weight.strong"] == 700
    families = ("Segoe UI", "sans-serif")
    assert value["style.body"] == Typography(families, Measure(1, "rem"), 400, Measure(0, "px"), 1.5)
    assert value["shade.card"] is None
    assert tokens.tokens["color.old"].deprecated == "use fjord"
    assert tokens.tokens["color.fjord"].title == "Fjord"
    assert tokens.tokens["color.fjord"].use == "our colour"
    assert "color.old" not in tokens.palette
    assert "color.light.primary" not in tokens.palette


def test_what_the_brand_wants_is_read() -> None:
    """Roles, series, pairs with their minima, examples and limits stand in our part of the extensions."""
    intent = read_tokens("harbour.json", HARBOUR.read_bytes())[0].intent
    assert intent.roles["light"]["accent"].name == "color.rose"
    assert [token.name for token in intent.series["light"]] == ["color.fjord", "color.rose"]
    assert [(pair.kind, pair.one.name, pair.minimum) for pair in intent.pairs] == [
        ("text", "color.light.text", 4.5),
        ("large", "color.fjord", 4),
    ]
    assert [(one.good, one.reason) for one in intent.examples] == [
        (True, "Calm on calm"),
        (False, "Nobody can read it"),
    ]
    assert (intent.series_difference, intent.picture_difference) == (10, 7.5)


COLOUR = '{{"c": {{"$type": "color", "$value": {}}}}}'
OBJECT = '{{"colorSpace": {}, "components": {}}}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1 the file ends too early"),
        ("[]", "1:1 a token file is an object"),
        ('{"a": 3}', "1:7 'a' is neither a group nor a token"),
        ('{"a": {"$value": 1}}', "1:18 the type is missing"),
        ('{"$type": "colour"}', "1:11 'colour' is no type of a token; did you mean color?"),
        ('{"a.b": {"$type": "number", "$value": 1}}', "1:2 a name has no dots"),
        ('{"a": {"$type": "number", "$value": 1, "value": 2}}', "1:40 'value' is not known here; did you mean $value?"),
        ('{"a": {"$extends": "{b}"}}', "1:8 $extends is not read here"),
        ('{"a": {"$deprecated": 3}}', "1:23 $deprecated cannot be this"),
        ('{"a": {"$type": "number", "$value": 1, "$description": 2}}', "1:56 $description cannot be this"),
        (COLOUR.format('"blue"'), "1:36 not a colour"),
        (COLOUR.format("null"), "1:36 an object with colorSpace"),
        (COLOUR.format('{"colorSpace": "srgb"}'), "1:36 components is missing"),
        (COLOUR.format(OBJECT.format('"sRGB"', "[0,0,0]")), "1:51 one of srgb"),
        (COLOUR.format(OBJECT.format('"srgb"', "[0,0]")), "1:73 a list of three numbers"),
        (COLOUR.format(OBJECT.format('"srgb"', "[0,0,255]")), "1:78 a number from 0 to 1 "),
        (COLOUR.format('{"colorSpace": "srgb", "components": [0,0,1], "hex": "#00f"}'), "1:89 hex is written with six"),
        (
            COLOUR.format('{"colorSpace": "srgb", "components": [0,0,1], "hex": "#0000f0"}'),
            "1:89 hex says #0000f0, the",
        ),
        (
            COLOUR.format('{"colorSpace": "srgb", "components": [0,0,1], "alfa": 1}'),
            "1:82 'alfa' is not known here; did",
        ),
        (COLOUR.format('"{d}"'), "1:36 there is no token d"),
        (COLOUR.format('"{c}"'), "1:36 an alias in a circle: c → c"),
        ('{"g": {"a": {"$type": "number", "$value": 1}}, "b": {"$value": "{g}"}}', "1:64 g is a group"),
        ('{"a": {"$type": "number", "$value": 1}, "b": {"$type": "color", "$value": "{a}"}}', "1:75 a is of the type"),
        ('{"d": {"$type": "dimension", "$value": {"value": 1, "unit": "em"}}}', "1:61 one of px, rem"),
        ('{"d": {"$type": "duration", "$value": "1s"}}', "1:39 an object with value, unit"),
        ('{"f": {"$type": "fontFamily", "$value": ["a", "b\\"; x"]}}', "1:47 a font family is written"),
        ('{"w": {"$type": "fontWeight", "$value": 1001}}', "1:41 a number from 1 to 1000"),
        ('{"t": {"$type": "typography", "$value": {"fontFamily": "{t}"}}}', "1:56 t is of the type typography"),
    ],
)
def test_a_problem_says_where_and_what_to_write(text: str, said: str) -> None:
    """Each mistake has its line, its column and its remedy, and there is no second complaint about it."""
    _tokens, [problem] = read(text)
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("extension", "said"),
    [
        ('{"role": {}}', "'role' is not known here; did you mean roles?"),
        ('{"roles": {"light": {"primary": "{x}"}}}', "there is no token x"),
        ('{"roles": {"light": {"primary": "c"}}}', "a colour is named here"),
        ('{"roles": {"light": {"primary": "{n}"}}}', "n is no colour"),
        ('{"chart": {"light": []}}', "a list of 1 to 6 colours"),
        ('{"chart": {"light": ["{c}","{c}","{c}","{c}","{c}","{c}","{c}"]}}', "a list of 1 to 6 colours"),
        ('{"contrast": {"text": {"minimum": 3}}}', "a number from 4.5 to 21"),
        ('{"contrast": {"text": {"pairs": [["{c}"]]}}}', "a list of 2 to 2 colours"),
        ('{"contrast": {"text": {"pairs": {}}}}', "a list is expected here"),
        ('{"examples": [{"do": ["{c}", "{c}"]}]}', "$description is missing"),
        ('{"examples": [{"$description": "x"}]}', "an example is either do or dont"),
        ('{"pictures": {"difference": -1}}', "a number from 0 to 100"),
    ],
)
def test_our_own_part_is_read_as_strictly(extension: str, said: str) -> None:
    """A wrong name or number among the brand's wishes is a problem; a minimum below WCAG's is one, too."""
    base = '{{"c": {{"$type": "color", "$value": "#fff"}}, "n": {{"$type": "number", "$value": 1}}, "$extensions": {{"dev.leitstand": {}}}}}'
    _tokens, problems = read(base.format(extension))
    assert len(problems) == 1
    assert said in problems[0]


def test_a_problem_hides_nothing_else() -> None:
    """What is sound is used although its neighbours are not, and every problem is told at once."""
    tokens, problems = read(
        '{"c": {"$type": "color",\n "a": {"$value": "#12g"},\n "b": {"$value": "#123"},\n "d": {"$value": "{c.a}"},\n'
        ' "e": {"$value": "{c.x}"}}}'
    )
    assert list(tokens.colours) == ["c.b"]
    assert [one.split(" ")[0] for one in problems] == ["2:18", "5:18"]


def test_who_names_a_deprecated_token_is_warned() -> None:
    """It still works, and says why it should not."""
    text = '{"$type": "color", "a": {"$value": "#123", "$deprecated": "use b"}, "c": {"$value": "{a}"}}'
    tokens, [problem] = read_tokens("t.json", text.encode())
    assert problem.severity is Severity.WARNING
    assert problem.message == "a is deprecated: use b"
    assert "c" in tokens.colours


def test_a_long_chain_is_followed_and_a_long_circle_refused() -> None:
    """Ten thousand aliases in a row are no recursion, neither with an end nor without."""
    chain = {f"t{n}": {"$value": f"{{t{n + 1}}}"} for n in range(10_000)}
    start = process_time()
    sound = {"$type": "color", **chain, "t10000": {"$value": "#abc"}}
    assert len(read(json.dumps(sound))[0].colours) == 10_001
    _tokens, problems = read(json.dumps({"$type": "color", **chain, "t10000": {"$value": "{t0}"}}))
    assert len(problems) == 10_001
    assert process_time() - start < 20


def test_a_file_that_is_too_large_or_no_text_is_refused() -> None:
    """A megabyte is the most, and other encodings are said by name."""
    _tokens, [large] = read_tokens("t.json", b" " * (MAX_BYTES + 1))
    assert "at most" in large.message
    _tokens, [foreign] = read_tokens("t.json", '{\n"ä"'.encode("latin-1"))
    assert (foreign.span.line, foreign.span.col) == (2, 2)
    assert "UTF-8" in foreign.message


def test_a_byte_order_mark_is_no_problem() -> None:
    """Editors of other systems write one."""
    assert read_tokens("t.json", "\ufeff{}".encode())[1] == []


def test_a_workspace_without_tokens_has_no_problem(tmp_path: Path) -> None:
    """The file is optional."""
    assert open_tokens(FolderTree(tmp_path)) == (Tokens(), [])


tree = some.recursive(
    some.sampled_from(["#fff", "{a.b}", "{a}", "{}", "color", "number", "bold", 3, True, None, -1, "none", "srgb"])
    | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3)
    | some.dictionaries(
        some.sampled_from(
            [
                "a", "b", "$value", "$type", "$description", "$deprecated", "$extensions", "$root", "$ref", "colorSpace",
                "components", "hex", "alpha", "fontFamily", "lineHeight", "value", "unit", "dev.leitstand", "roles",
                "chart", "contrast", "examples", "light", "text", "pairs", "minimum", "do", "difference", "pictures",
            ]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@given(tree)
def test_nothing_of_that_shape_breaks_the_reader(value: object) -> None:
    """Whatever stands where, there are tokens and located problems, never an exception."""
    text = json.dumps(value, indent=1)
    lines = text.split("\n")
    for problem in read_tokens("t.json", text.encode())[1]:
        assert problem.path == "t.json"
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.col <= len(lines[problem.span.line - 1]) + 1
        assert problem.message


@given(some.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Anything may lie in the file; without an object there is exactly one problem."""
    tokens, problems = read_tokens("t.json", data)
    assert tokens.tokens == {} or problems == []


@given(some.binary(max_size=20), some.integers(0, 3000))
def test_a_damaged_file_breaks_nothing(junk: bytes, at: int) -> None:
    """A real file with bytes overwritten anywhere is read or refused, in time."""
    data = HARBOUR.read_bytes()
    read_tokens("t.json", data[:at] + junk + data[at + len(junk) :])


def test_many_aliases_that_lead_nowhere_are_read_quickly() -> None:
    """The first are told what was probably meant; a search for thousands of names among thousands would take minutes."""
    names = ", ".join(f'"t{n}": {{"$value": "{{x{n}}}"}}' for n in range(5000))
    before = process_time()
    _tokens, problems = read(f'{{"$type": "color", {names}}}')
    assert process_time() - before < 10
    assert len(problems) == 5000
    assert problems[-1].endswith("there is no token x4999")
