"""Making a report for real: a kernel in its own process, one offline page, a manifest, and no secret anywhere."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli import execute
from toolkit.metrics import open_store

CANARY = "canary-7f3a9-never-shown"
NOW = ("--now", "2026-11-21T19:00:00+01:00")
ENVIRON = ("LEITSTAND_TOKEN_MASTODON", "AWS_SECRET_ACCESS_KEY", "MY_PASSWORD", "LEITSTAND_CREDENTIALS_DIR")


class Outline(HTMLParser):
    """What a reader's software sees of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def leitstand(*args: str) -> int:
    return execute([*args, *NOW], {"LEITSTAND_LANG": "en"})


@pytest.fixture(scope="module")
def environment(filled: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEITSTAND_STATE_DIR", str(filled.state))
        patch.setenv("LEITSTAND_LANG", "en")
        for name in ENVIRON:
            patch.setenv(name, CANARY)
        patch.chdir(filled.root)
        yield


@pytest.fixture(scope="module")
def folder(filled: Any, environment: None) -> Path:
    """The files of October's report, made by the command that people use."""
    assert leitstand("report", "monthly", "--month", "2026-10") == 0
    found: Path = filled.state / "reports" / "monthly" / "2026-10"
    return found


def test_a_report_is_three_files(folder: Path) -> None:
    """The page, the executed notebook and the manifest; the notebook has one output per section at least."""
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "manifest.json", "monthly.ipynb"]
    notebook = json.loads((folder / "monthly.ipynb").read_text())
    charts = [o for cell in notebook["cells"] for o in cell["outputs"] if "image/svg+xml" in o.get("data", {})]
    assert len(charts) == 7
    assert all(len(o["metadata"]["image/svg+xml"]["alt"]) > 40 for o in charts)


def test_the_page_is_accessible(folder: Path) -> None:
    """Language, title, skip link, one h1, h2 in order, tables with caption and scopes, pictures with their words."""
    html = (folder / "index.html").read_text()
    page = Outline(html)
    assert page.all("html") == [{"lang": "en"}]
    assert "<title>Monthly report October 2026" in html
    places = {tag if tag == "main" else attributes.get("class"): at for at, (tag, attributes) in enumerate(page.tags)}
    assert places["skip"] < places["main"]
    levels = [int(tag[1]) for tag, _attributes in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels.count(2) == 13
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels)), "no level is left out"
    assert len(page.all("table")) == len(page.all("caption")) > 8
    assert all(cell.get("scope") in {"row", "col"} for cell in page.all("th"))
    assert len(page.all("img")) == 7
    assert all(len(image["alt"] or "") > 40 for image in page.all("img"))
    identifiers = {attributes["id"] for _tag, attributes in page.tags if attributes.get("id")}
    assert {(link["href"] or "")[1:] for link in page.all("a")} <= identifiers


def test_the_page_needs_nothing_else(folder: Path) -> None:
    """No style sheet, script or picture from elsewhere, and a policy that forbids them; code is hidden."""
    html = (folder / "index.html").read_text()
    page = Outline(html)
    assert page.all("link", "iframe", "object", "embed") == []
    assert page.all("script") == [{}]  # ours, the only one that the policy lets run
    assert all((image["src"] or "").startswith("data:image/svg+xml;base64,") for image in page.all("img"))
    assert "default-src 'none'" in html
    assert "url(" not in html
    assert "open_report(" not in html
    assert "prefers-color-scheme:dark" in html
    # Of the style sheets alone: a pattern that may begin anywhere takes minutes with the pictures in the page.
    sheets = "".join(re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL))
    kept = {name for found in re.findall(r"([^{}]+)\{break-after:avoid\}", sheets) for name in found.strip().split(",")}
    assert {"h2", "h3", "figcaption", "caption"} <= kept, "on paper they stay with what they are about"


def test_the_brand_is_escaped(folder: Path) -> None:
    """A brand with an ampersand is a name and not markup."""
    assert "Probe &amp; Söhne" in (folder / "index.html").read_text()


def test_the_analysts_words_stand_in_the_report(folder: Path) -> None:
    """What lies beside the notebook for this month is shown under its own heading, cleaned, however often it is run."""
    html = (folder / "index.html").read_text()
    assert '<h2 id="commentary">Commentary and actions</h2>' in html
    assert "<strong>jug recall</strong>" in html
    assert "alert(3)" not in html


def test_no_secret_reaches_a_report(folder: Path) -> None:
    """A canary in the environment is in none of the files."""
    for path in folder.iterdir():
        assert CANARY not in path.read_text(), path.name


def test_the_manifest_says_what_it_was_made_from(folder: Path, filled: Any) -> None:
    """Parameters, the imports and the hash of their rows, of the notebook, of every file read and written, versions."""
    manifest = json.loads((folder / "manifest.json").read_text())
    basis = manifest["basis"]
    assert basis["parameters"]["month"] == "2026-10"
    assert basis["parameters"]["state"] == str(filled.state)
    assert [name for _id, name, _when, _rows in basis["imports"]] == [
        one.name for one in open_store(filled.state).imports()
    ]
    assert {
        "leitstand.toml",
        "content/campaigns/herbst.md",
        "guidelines/strategy.md",
        "notebooks/commentary/monthly/2026-10.md",
    } == set(basis["files"])
    assert set(manifest["outputs"]) == {"index.html", "monthly.ipynb"}
    hashes = [
        manifest["key"],
        basis["rows"],
        basis["notebook"],
        *basis["files"].values(),
        *manifest["outputs"].values(),
    ]
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in hashes)
    assert {"leitstand", "papermill", "duckdb", "seaborn"} <= set(basis["versions"])
    assert manifest["failures"] == []
    assert manifest["cpu_seconds"] > 0


def write_notebook(root: Path, name: str, *cells: str) -> None:
    """An own notebook of the workspace: parameters, then the cells, named c1, c2 and so on."""
    parameters = {"cell_type": "code", "id": "parameters", "source": "month = ''", "metadata": {"tags": ["parameters"]}}
    code = [
        parameters,
        *({"cell_type": "code", "id": f"c{n}", "source": text, "metadata": {}} for n, text in enumerate(cells, 1)),
    ]
    whole = [{**cell, "execution_count": None, "outputs": []} for cell in code]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    (root / "notebooks").mkdir(exist_ok=True)
    text = json.dumps({"cells": whole, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
    (root / "notebooks" / f"{name}.ipynb").write_text(text)


def test_an_own_notebook_gets_a_partial_report_a_clean_page_and_no_secrets(
    filled: Any, environment: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failing cell is named in a banner and by exit code 1, later cells still show; outputs are cleaned."""
    write_notebook(
        filled.root,
        "own",
        "import os; print(sorted(os.environ)); print(os.environ)",
        "1 / 0",
        'from IPython.display import HTML\nHTML(\'<p onclick="x()">kept<script>alert(1)</script>'
        '<img src="https://example.com/pixel.png" alt="far"><a href="javascript:x()">l</a></p>\')',
        "from IPython.display import Markdown\nMarkdown('**bold** <script>alert(2)</script>')",
        "print('<b>plain</b> of', month)",
        "import warnings; warnings.warn('only for analysts')",
    )
    assert leitstand("report", "own", "--month", "2026-10", "--output", str(tmp_path / "out")) == 1
    assert "incomplete: c2: ZeroDivisionError: division by zero" in capsys.readouterr().err
    html = (tmp_path / "out" / "index.html").read_text()
    page = Outline(html)
    assert {"class": "failed", "role": "alert"} in page.all("div")
    assert "<li>c2: ZeroDivisionError: division by zero</li>" in html
    assert "<strong>bold</strong>" in html
    assert "&lt;b&gt;plain&lt;/b&gt; of 2026-10" in html
    assert "kept" in html
    assert page.all("script") == [{}]
    for gone in ("onclick", "alert(", "pixel.png", "javascript:", "only for analysts"):
        assert gone not in html, gone
    for path in (tmp_path / "out").iterdir():
        assert CANARY not in path.read_text(), path.name
        assert not [name for name in ENVIRON if name in path.read_text()], path.name
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["failures"] == [
        "c2: ZeroDivisionError: division by zero"
    ]


def test_a_retry_that_fails_leaves_a_good_report_as_it_is(
    filled: Any, environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its files stay byte by byte; what was reached stands aside with its reason, until a later run is whole again."""
    folder = filled.state / "reports" / "fickle" / "2026-10"
    write_notebook(filled.root, "fickle", "print('good')")
    assert leitstand("report", "fickle", "--month", "2026-10") == 0
    good = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_notebook(filled.root, "fickle", "print('reached')", "1 / 0")
    capsys.readouterr()
    assert leitstand("report", "fickle", "--month", "2026-10", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == good
    aside = folder.parent / "incomplete" / "2026-10"
    assert (said["html"], said["kept"]) == (str(aside / "index.html"), str(folder))
    page = (aside / "index.html").read_text()
    assert "This report is incomplete" in page
    assert "reached" in page
    assert leitstand("report", "fickle", "--month", "2026-10") == 1
    assert "the report that is there is complete and was kept: " in capsys.readouterr().err
    write_notebook(filled.root, "fickle", "print('better')")
    assert leitstand("report", "fickle", "--month", "2026-10") == 0
    assert "better" in (folder / "index.html").read_text()
    assert sorted(path.name for path in folder.parent.iterdir()) == ["2026-10"]


def test_a_run_that_ends_before_it_began_leaves_no_page(
    environment: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With no time at all there is one sentence and exit code 1, and no half of a report."""
    out = tmp_path / "out"
    assert leitstand("report", "monthly", "--month", "2026-10", "--output", str(out), "--timeout", "0.001") == 1
    assert "the time was over after 0.001 seconds; --timeout allows more" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_that_never_ends_is_ended(filled: Any, environment: None, tmp_path: Path) -> None:
    """When the time is over the run ends; what was reached is shown, and the report says that it is incomplete."""
    write_notebook(filled.root, "endless", "print('reached')", "while True: pass")
    out = str(tmp_path / "out")
    assert leitstand("report", "endless", "--month", "2026-10", "--output", out, "--timeout", "8") == 1
    html = (tmp_path / "out" / "index.html").read_text()
    assert "reached" in html
    assert "This report is incomplete" in html


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--month", "2026-12"), "2026-12 has not begun; the latest month to report is 2026-11"),
        (("--month", "Oktober"), "a month looks like 2026-10, not 'Oktober'"),
        (("--month", "2026-10", "--channel", "mastdon"), "unknown channel 'mastdon'; did you mean 'mastodon'?"),
    ],
)
def test_a_wrong_order_is_refused_before_anything_runs(
    args: tuple[str, ...], said: str, environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says what is wrong and what would be right; the exit code is 2."""
    assert leitstand("report", "monthly", *args) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("report", "given", "said"),
    [
        ("campaign", "campaign=herbt", "unknown campaign 'herbt'; did you mean 'herbst'?"),
        ("campaign", "campaign=xyz", "unknown campaign 'xyz'; known: herbst"),
        ("experiment", "experiment=herbst", "unknown experiment 'herbst'; known: none"),
    ],
)
def test_a_name_that_there_is_not_is_refused_before_anything_runs(
    report: str, given: str, said: str, environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a campaign or an experiment that is in no file there is exit code 2 and a sentence with the near names."""
    assert leitstand("report", report, "--month", "2026-10", "--set", given) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["weekly", "../monthly", "/etc/passwd", ""])
def test_an_unknown_report_names_the_known_ones(
    name: str, environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report's name is never a path."""
    assert leitstand("report", name, "--month", "2026-10") == 2
    assert "monthly" in capsys.readouterr().err
