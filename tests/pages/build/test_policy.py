from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.pages.build.conftest import MakeSite, fill
from toolkit.pages.build.policy import hash_of, inline_scripts, protect, stay

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

FRAME = '<!doctype html><html><head>\n <meta charset="utf-8">\n<script>theme()</script></head><body>{}</body></html>'
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


def directives(html: str) -> dict[str, str]:
    """The policy of a page, directive → what it allows."""
    found = POLICY.findall(html)
    assert len(found) == 1
    return {name: rest for name, _space, rest in (one.partition(" ") for one in found[0].split("; "))}


def test_the_policy_stands_before_everything_that_loads() -> None:
    """Only the character set comes first, and within the bytes in which a browser looks for it."""
    html = protect(FRAME.format("text"))
    head = html.partition("<head>")[2]
    assert head.lstrip().startswith('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')
    assert html.index("charset=") < 1024
    assert '<meta name="referrer" content="same-origin">' in html


def test_a_head_without_a_character_set_gets_it_first() -> None:
    """Of themes that say the character set later, or not at all."""
    assert protect("<html><head><title>x</title></head></html>").startswith("<html><head><meta http-equiv=")


def test_scripts_of_the_theme_are_named_and_those_of_the_content_are_not() -> None:
    """A hash is taken of what the frame brings; a script in the content has none, so that it does not run."""
    content = "<p>text</p><script>alert(1)</script>"
    allowed = directives(protect(FRAME.format(content), content))["script-src"]
    assert allowed == f"'self' {hash_of('theme()')}"


def test_a_page_that_was_changed_on_the_way_is_not_trusted() -> None:
    """When the content cannot be told from the frame, no script in the page runs."""
    content = "<p>text</p>  <script>alert(1)</script>"
    assert directives(protect(FRAME.format(content.replace("  ", " ")), content))["script-src"] == "'self'"


def test_a_hash_is_what_a_browser_computes() -> None:
    """The example of the specification, CSP3 section 2.3.1."""
    assert hash_of("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


@pytest.mark.parametrize("other", ['src="a.js"', 'type="application/json"', "type=text/template", 'id="x" src=a.js'])
def test_what_needs_no_hash_gets_none(other: str) -> None:
    """Scripts with an address are named by it, and data blocks do not run."""
    assert list(inline_scripts(f"<script {other}>x</script>")) == []


@pytest.mark.parametrize("kind", ["", "defer", 'type="module"', "TYPE=module", 'type="text/javascript"'])
def test_everything_that_runs_gets_one(kind: str) -> None:
    """Modules and scripts with any attribute, however they are written."""
    assert list(inline_scripts(f"<SCRIPT {kind}>x</script >")) == ["x"]


def test_every_page_of_the_site_has_the_policy(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Handbook, generated pages with and without a place in the navigation, and the page for wrong addresses."""
    fill(studio, png)
    folder = make_site()
    pages = {path: path.read_text() for path in folder.rglob("*.html")}
    assert folder / "404.html" in pages
    assert len(pages) > 20
    for path, html in pages.items():
        allowed = directives(html)
        assert allowed["default-src"] == "'none'", path
        assert "unsafe" not in allowed.get("script-src", ""), path


def test_each_page_names_exactly_its_own_scripts(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """The theme writes how deep a page lies into one of its scripts, so hashes differ by depth; all that are needed are there."""
    fill(studio, png)
    folder = make_site()
    for path in ("index.html", "calendar/index.html", "handbook/voice/index.html", "posts/2026/12/tuer-1/index.html"):
        html = (folder / path).read_text()
        named = directives(html)["script-src"].split()[1:]
        assert named == sorted({hash_of(one) for one in inline_scripts(html)})
        assert len(named) >= 3


def test_html_of_the_handbook_does_not_run(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Reviewed HTML stays on the page; a script in its text, its title or a heading is named by no policy."""
    fill(studio, png)
    scripts = [f"<script>alert({number})</script>" for number in range(3)]
    studio.write(
        "guidelines/own.md", f"# Own {scripts[0]}\n\n<b>bold</b>\n\n{scripts[1]}\n\n## Part {scripts[2]}\n\nText\n"
    )
    html = (make_site() / "handbook/own/index.html").read_text()
    assert "<b>bold</b>" in html
    allowed = directives(html)["script-src"]
    assert not [number for number in range(3) if hash_of(f"alert({number})") in allowed]


def test_a_title_cannot_leave_the_title(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """The theme undoes the escaping of titles before it writes them into the head; what people wrote there stays text."""
    fill(studio, png)
    attack = "</title><script>alert(1)</script>"
    studio.write("guidelines/heading.md", f"# {attack}\n\nText\n")
    studio.write("guidelines/escaped.md", "# &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\n\nText\n")
    studio.write(
        "guidelines/field.md", f"---\ntitle: {attack}\ndescription: '\"{attack}'\nauthor: '\">{attack}'\n---\nText\n"
    )
    folder = make_site()
    for name in ("heading", "escaped", "field"):
        html = (folder / f"handbook/{name}/index.html").read_text()
        head = html.partition("</head>")[0]
        assert hash_of("alert(1)") not in directives(html)["script-src"], name
        assert "<script>alert(1)" not in head, name


def test_live_reload_keeps_working(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """`mkdocs serve` writes a script of its own into what it serves; only there may scripts stand in a page."""
    fill(studio, png)
    html = (make_site(command="serve") / "index.html").read_text()
    assert directives(html)["script-src"] == "'self' 'unsafe-inline'"


def test_html_of_the_handbook_leads_nowhere_by_itself(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """A redirection is shown as the text that it is; in an example of code it stays one."""
    fill(studio, png)
    studio.write(
        "guidelines/own.md", "# Own\n\n<META http-equiv=refresh content='0;url=https://example.com'>\n\n`<meta x>`\n"
    )
    html = (make_site() / "handbook/own/index.html").read_text()
    content = html.partition("<article")[2]
    assert "<meta" not in content.lower()
    assert "&lt;META http-equiv=refresh" in content
    assert "<code>&lt;meta x&gt;</code>" in content


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src=https://evil.example/x>",
        '<iframe src="https://evil.example/x">',
        '<iframe src="//evil.example/x">',
        '<iframe src="&#104;ttps://evil.example/x">',
        '<iframe src="\\\\evil.example/x">',
        '<iframe title=">" src="https://evil.example/x">',
        '<iframe src="https:own">',
        '<IFRAME\nsrc="javascript:alert(1)">',
        '<iframe srcdoc="<script>alert(1)</script>">',
        "<frame src=https://evil.example/x>",
    ],
)
def test_no_frame_calls_elsewhere(frame: str) -> None:
    """A frame that may belong to another site is text: browsers connect to it before they ask the policy."""
    assert stay(f"a {frame} b") == f"a &lt;{frame[1:]} b"


def test_a_frame_of_the_site_stays() -> None:
    """What lies in the handbook's folder may stand in a frame on its page."""
    for frame in ('<iframe src="plan.html" title="Plan" width="600">', "<iframe>", '<iframe src="../a/b.pdf#page=2">'):
        assert stay(frame) == frame
