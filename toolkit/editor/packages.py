"""The published packages that the page is made of, each pinned by version and checksum.

All are MIT or Open Font License; their licences are copied beside the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry. `digest` is the SHA-512 of its archive in base64, as npm writes it.

    `files` maps what is taken, without the leading ``package/``, to where it goes in the page's folder.
    """

    name: str
    version: str
    digest: str
    files: Mapping[str, str]

    @property
    def archive(self) -> str:
        """The name that `npm pack` gives its archive."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


SCRIPT: Final = "editor.js"
ICONS: Final = "fonts/icons.woff2"
TEXT: Final = "fonts/text.woff2"
MONO: Final = "fonts/mono.woff2"

PACKAGES: Final = (
    Package(
        "@sveltia/cms",
        "0.221.1",
        "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
        {
            "dist/sveltia-cms.js": SCRIPT,
            "locales/de.json": "cms@0.221.1/locales/de.json",
            "package.json": "cms/package.json",
            "LICENSE.txt": "cms/LICENSE.txt",
        },
    ),
    Package(
        "@fontsource-variable/source-sans-3",
        "5.3.0",
        "dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",
        {"files/source-sans-3-latin-wght-normal.woff2": TEXT, "LICENSE": "fonts/text.LICENSE.txt"},
    ),
    Package(
        "@fontsource-variable/material-symbols-outlined",
        "5.3.8",
        "vKpCnuTqRehg5RUVrqEQ/A8a52KykOJ65wqal9nxFXFVTYKlJOhx7r0TUbTgd2SN7oh31NJblxvX2CJxBNVqJg==",
        {"files/material-symbols-outlined-latin-wght-normal.woff2": ICONS, "LICENSE": "fonts/icons.LICENSE.txt"},
    ),
    Package(
        "@fontsource/noto-mono",
        "5.3.0",
        "QZieY3OyKEImCXg3HRiF6p6/H0GXX94uEb53ayLyQgCTB20LdkvsyJIgigo6lAGmVw3WEs40DdG5KTqpxfwgGg==",
        {"files/noto-mono-latin-400-normal.woff2": MONO, "LICENSE": "fonts/mono.LICENSE.txt"},
    ),
)

# What the script would ask others for → where it lies in the page's folder. Each stands in it exactly once.
ADDRESSES: Final[Mapping[str, str]] = {
    "`https://unpkg.com/@sveltia/cms`": "`./cms`",
    "https://cdn.jsdelivr.net/fontsource/fonts/source-sans-3:vf@5.3.0/latin-wght-normal.woff2": TEXT,
    "https://cdn.jsdelivr.net/fontsource/fonts/material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2": ICONS,
    "https://cdn.jsdelivr.net/fontsource/fonts/noto-mono@5.3.0/latin-400-normal.woff2": MONO,
}
