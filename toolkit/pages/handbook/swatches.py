"""The handbook's colours, drawn from the token file: swatches to copy, roles, the contrast matrix, series, examples.

A page says where with a fence (see `toolkit.tokens.fences`). What it shows is worked out from the file each time, so
that the handbook cannot say another colour than the one that site, charts and rules use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from toolkit.messages import _
from toolkit.pages.handbook.copying import copy_button
from toolkit.pages.icons import icon
from toolkit.pages.markup import NOTHING, Child, Html, div, join, para, span, tag
from toolkit.tokens import (
    SCHEMES,
    Example,
    Fence,
    Measured,
    Token,
    Tokens,
    colour_of,
    complain,
    contrast,
    find_fences,
    find_roles,
    measure_pairs,
    say_families,
    say_hex,
)
from toolkit.tokens.brand import ROLES
from toolkit.tokens.contrast import LARGE, TEXT


def show_tokens(markdown: str, tokens: Tokens, draw_files: Callable[[], Html] = lambda: NOTHING) -> str:
    """`markdown` with every fence of tokens as one line of HTML; one that asks for what is not there says so.

    `draw_files` shows the tokens as files to take away.
    """
    shown, at = [], 0
    for number, fence in enumerate(find_fences(markdown), start=1):
        shown += [markdown[at : fence.start], f"\n{_draw(fence, tokens, number, draw_files)}\n"]
        at = fence.end
    return "".join((*shown, markdown[at:]))


def _draw(fence: Fence, tokens: Tokens, number: int, draw_files: Callable[[], Html]) -> Html:
    if said := complain(fence, tokens):
        return div(para(icon("warning"), said, class_="ls-note ls-warn"), class_="ls")
    draw: Mapping[str, Callable[[], Html]] = {
        "swatches": lambda: _swatches(fence, tokens, number),
        "roles": lambda: _roles(tokens),
        "contrast": lambda: _matrix(tokens),
        "series": lambda: _series(tokens),
        "examples": lambda: _examples(tokens),
        "fonts": lambda: _fonts(tokens),
        "downloads": draw_files,
    }
    return div(draw[fence.show](), class_="ls ls-tokens")


# --- swatches ---------------------------------------------------------------------------------------------------------


def _swatches(fence: Fence, tokens: Tokens, number: int) -> Html:
    ground = tokens.tokens.get(fence.ground)
    group = [token for name, token in tokens.group(fence.group).items() if name in tokens.colours]
    items = (_swatch(token, tokens, ground, f"{number}-{place}") for place, token in enumerate(group, start=1))
    return tag("ul", *items, class_="ls-swatches")


def _swatch(token: Token, tokens: Tokens, ground: Token | None, place: str) -> Html:
    name = _title(token, tokens)
    facts = [para(token.use, class_="ls-swatch-use") if token.use != name else None]
    if token.deprecated is not None:
        facts.append(para(icon("warning"), _("No longer in use"), ": " if token.deprecated else "", token.deprecated))
    if ground is not None and ground.value != token.value:
        facts.append(_say_contrast(token, ground, tokens))
    return tag(
        "li",
        span(class_="ls-swatch-colour", style=_paint(token)),
        div(tag("b", name), tag("code", token.name.rpartition(".")[2]), class_="ls-swatch-name"),
        *facts,
        _copyable(say_hex(colour_of(token)), name, place),
        class_="ls-swatch",
    )


def _copyable(content: str, title: str, place: str) -> Html:
    name = f"copy-colour-{place}"
    return div(tag("code", content, id=name, class_="ls-swatch-hex"), copy_button(name, title), class_="ls-swatch-row")


def _say_contrast(token: Token, ground: Token, tokens: Tokens) -> Html:
    ratio = contrast(colour_of(token), colour_of(ground))
    if ratio >= TEXT:
        tone, grade = "good", _("for text")
    elif ratio >= LARGE:
        tone, grade = "info", _("for large text and lines")
    else:
        tone, grade = "quiet", _("for areas only")
    said = _("{ratio} on {ground}").format(ratio=say_ratio(ratio), ground=_title(ground, tokens))
    return para(said, " ", span(grade, class_=f"ls-chip ls-{tone}"), class_="ls-swatch-contrast")


def say_ratio(ratio: float) -> str:
    """A contrast with one digit, never more than there is: 4.49 is 4.4."""
    whole, tenth = divmod(int(ratio * 10), 10)
    return _("{whole}.{tenth} : 1").format(whole=whole, tenth=tenth)


def _paint(token: Token) -> str:
    return f"background:{say_hex(colour_of(token))}"


def _title(token: Token, tokens: Tokens) -> str:
    """What people call a colour: the name of the one that it stands for."""
    while token.alias and not token.description and token.alias in tokens.tokens:
        token = tokens.tokens[token.alias]
    return token.title


# --- roles and pairs --------------------------------------------------------------------------------------------------


def _schemes() -> dict[str, str]:
    return {"light": _("Light"), "dark": _("Dark")}


def _roles(tokens: Tokens) -> Html:
    found = {scheme: find_roles(tokens, scheme) for scheme in SCHEMES}
    rows = (
        (tag("code", role), *(_named(found[scheme].get(role), tokens) for scheme in SCHEMES))
        for role in ROLES
        if any(role in found[scheme] for scheme in SCHEMES)
    )
    return _table((_("Role"), *_schemes().values()), rows)


def _named(token: Token | None, tokens: Tokens) -> Child:
    if token is None:
        return None
    return span(span(class_="ls-swatch-dot", style=_paint(token)), _title(token, tokens), class_="ls-swatch-named")


def _matrix(tokens: Tokens) -> Html:
    """One row for a pair of roles, with its light and its dark half side by side."""
    halves: dict[tuple[str, str, str], dict[str, Measured]] = {}
    for found in measure_pairs(tokens):
        one, scheme = _without_scheme(found.pair.one.name)
        ground, other = _without_scheme(found.pair.ground.name)
        halves.setdefault((one, ground, found.pair.kind), {})[scheme or other] = found
    heads = (_("Colour"), _("On"), *_schemes().values(), _("At least"))
    return _table(heads, (_matrix_row(key, half, tokens) for key, half in halves.items()))


def _matrix_row(key: tuple[str, str, str], half: Mapping[str, Measured], tokens: Tokens) -> Iterable[Child]:
    one, ground, _kind = key
    least = max(found.pair.minimum for found in half.values())
    # A pair outside both schemes counts for both.
    cells = [_measured(half.get(scheme, half.get("")), tokens) for scheme in SCHEMES]
    return (tag("code", one.rpartition(".")[2]), tag("code", ground.rpartition(".")[2]), *cells, say_ratio(least))


def _without_scheme(name: str) -> tuple[str, str]:
    parts = name.split(".")
    scheme = next((part for part in parts if part in SCHEMES), "")
    return ".".join(part for part in parts if part not in SCHEMES), scheme


def _measured(found: Measured | None, tokens: Tokens) -> Child:
    if found is None:
        return None
    pair = found.pair
    words = _("{one} on {ground}").format(one=_title(pair.one, tokens), ground=_title(pair.ground, tokens))
    verdict = icon("sent") if found.passed else join((icon("warning"), " ", _("too little"), " "))
    ratio = span(verdict, " ", say_ratio(found.ratio), class_=f"ls-chip ls-{'good' if found.passed else 'bad'}")
    return span(_sample((pair.one, pair.ground)), ratio, span(words), class_="ls-swatch-named")


def _sample(colours: tuple[Token, ...]) -> Html:
    """The first colour as it looks on the last one; a picture beside words that say the same."""
    one, ground = colours[0], colours[-1]
    style = f"color:{say_hex(colour_of(one))};{_paint(ground)}"
    # The letters come from the style sheet: it is a picture of what nobody has to read.
    return span(class_="ls-swatch-sample", style=style, aria_hidden="true")


def _table(heads: Iterable[str], rows: Iterable[Iterable[Child]]) -> Html:
    names = list(heads)
    head = tag("tr", *(tag("th", one, scope="col") for one in names))
    # On a phone a row becomes lines, each with the name of its column.
    body = (
        tag("tr", *(tag("td", cell, data_label=name) for name, cell in zip(names, row, strict=True))) for row in rows
    )
    table = tag("table", tag("thead", head), tag("tbody", *body), class_="ls-table")
    # What scrolls on a phone must be reached by keyboard.
    return div(table, class_="ls-scroll", role="group", tabindex=0, aria_label=_("Table"))


# --- series, examples, fonts ------------------------------------------------------------------------------------------


def _series(tokens: Tokens) -> Html:
    columns = (
        div(para(_schemes()[scheme], class_="ls-label"), tag("ol", *_series_items(series, tokens)))
        for scheme, series in tokens.intent.series.items()
    )
    return div(*columns, class_="ls-series")


def _series_items(series: tuple[Token, ...], tokens: Tokens) -> Iterator[Html]:
    for token in series:
        yield tag("li", _named(token, tokens), " ", tag("code", say_hex(colour_of(token))))


def _examples(tokens: Tokens) -> Html:
    good = [one for one in tokens.intent.examples if one.good]
    bad = [one for one in tokens.intent.examples if not one.good]
    return div(
        _column(_("Like this"), "sent", "ls-do", good, tokens) if good else None,
        _column(_("Not like this"), "cancelled", "ls-dont", bad, tokens) if bad else None,
        class_="ls-examples",
    )


def _column(title: str, picture: str, name: str, examples: Iterable[Example], tokens: Tokens) -> Html:
    items = (tag("li", _sample(one.colours), span(one.reason, " ", _said(one, tokens))) for one in examples)
    return div(para(icon(picture), title), tag("ul", *items, class_="ls-swatch-pairs"), class_=name)


def _said(example: Example, tokens: Tokens) -> Html:
    one, ground = example.colours[0], example.colours[-1]
    names = ", ".join(_title(token, tokens) for token in example.colours)
    ratio = say_ratio(contrast(colour_of(one), colour_of(ground)))
    return tag("small", f"({names}: {ratio})")


_SAMPLE_LETTERS: Final = "AaBbGgMmQq ÄäÖöÜüß 0123456789"


def _fonts(tokens: Tokens) -> Html:
    items = (
        tag(
            "li",
            tag("b", name.rpartition(".")[2]),
            span(_SAMPLE_LETTERS, style=f"font-family:{say_families(families)}"),
            tag("code", ", ".join(families)),
        )
        for name, families in tokens.fonts.items()
    )
    return tag("ul", *items, class_="ls-fonts")
