"""The brand's design tokens: one strict reading of `guidelines/tokens.json` for site, reports, linter and handbook.

=============  ===================================================================================================
`document`     JSON that remembers places
`nouns`        the nouns: `Token`, `Tokens`, `Intent`
`colour`       colours, from every space that tokens know
`values`       one reader per type of token
`aliases`      tokens that name other tokens
`intent`       our `$extensions`: roles, pairs, examples, order of the series
`reading`      the file → tokens and problems
`brand`        a colour for every role, light and dark
`contrast`     WCAG contrast and CIEDE2000
`matrix`       every pair that must read, measured
`css`          CSS variables
`scheme`       the few colours that a page is drawn with
`palette`      seaborn's palette and matplotlib's style
`exports`      the tokens for other programs: CSS, Sass, Tailwind, swatches
`starting`     a file to begin with
`fences`       where handbook pages show tokens
=============  ===================================================================================================
"""

from toolkit.tokens.brand import NAMES, OURS, SERIES_ROLES, Brand, find_roles, make_brand
from toolkit.tokens.colour import BLACK, WHITE, Colour, mix, parse_hex, say_hex
from toolkit.tokens.contrast import contrast, difference, luminance, nearest, readable, weighted_difference
from toolkit.tokens.css import brand_css, role_variables, say_families, say_variables, token_variables, tokens_css
from toolkit.tokens.fences import Fence, complain, find_fences
from toolkit.tokens.matrix import Alike, Measured, measure_pairs, measure_series
from toolkit.tokens.nouns import SCHEMES, SERIES, TOKENS, Example, Intent, Pair, Token, Tokens, colour_of
from toolkit.tokens.palette import chart_palette, chart_style, matplotlib_style
from toolkit.tokens.reading import open_brand, open_tokens, read_tokens
from toolkit.tokens.scheme import font_roles, scheme_colours
from toolkit.tokens.starting import first_tokens

__all__ = [
    "BLACK",
    "NAMES",
    "OURS",
    "SCHEMES",
    "SERIES",
    "SERIES_ROLES",
    "TOKENS",
    "WHITE",
    "Alike",
    "Brand",
    "Colour",
    "Example",
    "Fence",
    "Intent",
    "Measured",
    "Pair",
    "Token",
    "Tokens",
    "brand_css",
    "chart_palette",
    "chart_style",
    "colour_of",
    "complain",
    "contrast",
    "difference",
    "find_fences",
    "find_roles",
    "first_tokens",
    "font_roles",
    "luminance",
    "make_brand",
    "matplotlib_style",
    "measure_pairs",
    "measure_series",
    "mix",
    "nearest",
    "open_brand",
    "open_tokens",
    "parse_hex",
    "read_tokens",
    "readable",
    "role_variables",
    "say_families",
    "say_hex",
    "say_variables",
    "scheme_colours",
    "token_variables",
    "tokens_css",
    "weighted_difference",
]
