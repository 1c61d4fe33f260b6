"""The sample brand's colours for drawing; the same values as `guidelines/tokens.json`, kept equal by a test."""

from __future__ import annotations

from typing import Final

NIGHT: Final = "#12263a"
DEEP: Final = "#1e4258"
FJORD: Final = "#2b6777"
AURORA: Final = "#3fa88a"
MINT: Final = "#a9dcc3"
FOAM: Final = "#fbf8f3"
SAND: Final = "#f1e8da"
DUNE: Final = "#dccbb0"
COPPER: Final = "#a84e28"
DAWN: Final = "#e08a5b"
GOLD: Final = "#e6b85c"
BERRY: Final = "#8c2f45"
COFFEE: Final = "#4a3428"
STONE: Final = "#55646d"

COLOURS: Final = {
    "night": NIGHT,
    "deep": DEEP,
    "fjord": FJORD,
    "aurora": AURORA,
    "mint": MINT,
    "foam": FOAM,
    "sand": SAND,
    "dune": DUNE,
    "copper": COPPER,
    "dawn": DAWN,
    "gold": GOLD,
    "berry": BERRY,
    "coffee": COFFEE,
    "stone": STONE,
}
