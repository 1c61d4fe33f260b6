"""Finding networks, other packages' networks, and limits with their provenance."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from toolkit.errors import UsageError
from toolkit.model import Attachment, Part, Rendition
from toolkit.networks import NETWORKS, all_networks, find_network, with_media_hashes
from toolkit.networks.base import Network
from toolkit.networks.filters import text_draft
from toolkit.networks.limits import limit, parse_limits, read_limits


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_found_by_its_name(name: str) -> None:
    """The dict's key, the network's own name and what is found agree."""
    assert find_network(name).name == name


def test_a_wrong_name_gets_a_suggestion() -> None:
    """A typing error names the nearest network; a name far from all lists them."""
    with pytest.raises(UsageError, match="unknown network 'mastodn'; did you mean 'mastodon'"):
        find_network("mastodn")
    with pytest.raises(UsageError, match=", ".join(sorted(NETWORKS))):
        find_network("zzz")


def test_another_package_adds_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with the entry point is found; it cannot take a built-in's place."""
    (tmp_path / "other_network.py").write_text(
        "from dataclasses import replace\n"
        "from toolkit.networks import NETWORKS\n"
        "PARROT = replace(NETWORKS['x'], name='parrot')\n"
        "FALSE_X = replace(NETWORKS['feed'], name='x')\n",
        encoding="utf-8",
    )
    info = tmp_path / "other_network-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other-network\nVersion: 1\n", encoding="utf-8")
    points = "[leitstand.networks]\nparrot = other_network:PARROT\nx = other_network:FALSE_X\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    all_networks.cache_clear()
    try:
        assert find_network("parrot").count("abc").limit == 280
        assert all_networks()["x"] is NETWORKS["x"]
    finally:
        all_networks.cache_clear()


def test_looking_at_networks_loads_no_client_and_no_image_library() -> None:
    """Importing the room and counting a word needs neither HTTP client nor image library nor entry points."""
    code = (
        "import sys; from toolkit.networks import find_network; find_network('mastodon').count('Hallo');"
        "print([m for m in ('httpx', 'PIL', 'importlib.metadata', 'sqlalchemy', 'http.server') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.strip() == "[]"


def test_hashes_are_those_of_the_media() -> None:
    """Each attachment gets the SHA-256 of its bytes, and each file is read once."""
    read: list[str] = []

    def read_media(file: str) -> bytes:
        read.append(file)
        return file.encode()

    part = Part("x", find_network("x").count("x"), attachments=(Attachment("media/a.jpg", "photo", "A"),))
    hashed = with_media_hashes(Rendition("x", "x", "de", (part, part)), read_media)
    wanted = hashlib.sha256(b"media/a.jpg").hexdigest()
    assert [medium.sha256 for one in hashed.parts for medium in one.attachments] == [wanted, wanted]
    assert read == ["media/a.jpg"]


@pytest.mark.parametrize("network", NETWORKS.values(), ids=lambda network: network.name)
def test_every_limit_says_where_it_is_from(network: Network) -> None:
    """Each value has a source, a day and a confidence, and the code agrees with the file."""
    limits = {one.name: one for one in network.limits}
    for one in limits.values():
        assert one.source
        assert date.fromisoformat(one.checked) <= date(2100, 1, 1)
        assert one.confidence in {"high", "medium", "low"}
    assert limits["media"].value == network.max_media
    assert limits["alt"].value == network.max_alt
    assert network.render(text_draft("x", network)).parts[0].count.limit == limits["text"].value


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "x.yml: a table `limits`"),
        ("limits: {}", "x.yml: a table `limits`"),
        ("limits: {text: 5}", "x.yml: text: needs exactly value, unit, source"),
        ("limits: {text: {value: 0, unit: a, source: b, checked: 2026-11-21, confidence: high}}", "above 0, not 0"),
        ("limits: {text: {value: 5, unit: a, source: b, checked: soon, confidence: high}}", "a day such as"),
        ("limits: {text: {value: 5, unit: a, source: b, checked: 2026-11-21, confidence: sure}}", "a confidence of"),
        ("limits: {text: {value: 5, unit: a, source: ' ', checked: 2026-11-21, confidence: low}}", "needs a source"),
    ],
)
def test_a_limit_without_provenance_is_refused(text: str, complaint: str) -> None:
    """The file, the limit and what is missing stand in the message."""
    with pytest.raises(ValueError, match=re.escape(complaint)):
        parse_limits(text, "x.yml")


def test_a_network_without_a_file_has_no_limits() -> None:
    """An unknown network has none, and an unknown limit is a `KeyError`."""
    assert read_limits("parrot") == ()
    with pytest.raises(KeyError):
        limit("x", "feathers")


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_no_limit_stands_twice(name: str) -> None:
    """YAML would take the last of two silently."""
    file = files("toolkit.networks.limits") / f"{name}.yml"
    if not file.is_file():
        pytest.skip(f"{name} has no limits of its own")
    root = yaml.compose(file.read_text(encoding="utf-8"))
    assert isinstance(root, yaml.MappingNode)
    for mapping in (root, *(value for _key, value in root.value if isinstance(value, yaml.MappingNode))):
        keys = [key.value for key, _value in mapping.value]
        assert sorted(set(keys)) == sorted(keys)
