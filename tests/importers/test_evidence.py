"""What each kind of file rests on."""

from __future__ import annotations

import pytest

from toolkit.importers import IMPORTERS
from toolkit.importers.evidence import NOTHING, Confidence, evidence_of
from toolkit.importers.layout import Layout

META = ("facebook-posts", "instagram-posts")


@pytest.mark.parametrize("name", IMPORTERS)
def test_every_kind_says_where_its_headers_were_seen(name: str) -> None:
    """A source, a confidence, and what is unverified in both languages."""
    evidence = evidence_of(IMPORTERS[name])
    assert evidence.confidence is not Confidence.UNKNOWN
    assert evidence.source
    if evidence.unverified is not None:
        assert evidence.unverified.en
        assert evidence.unverified.de


@pytest.mark.parametrize("name", META)
def test_what_is_uncertain_about_meta_is_said(name: str) -> None:
    """The zone of times and German headers: in the list, and in the documentation of the kind or the one it names."""
    unverified = evidence_of(IMPORTERS[name]).unverified
    assert unverified is not None
    assert "German headers" in unverified.en
    assert "Zeitzone" in unverified.de
    assert "zone" in (IMPORTERS[name].__doc__ or "")


def test_an_installed_importer_may_say_nothing() -> None:
    """Those of before have no such name."""
    layout = Layout(())
    assert evidence_of(layout) is NOTHING  # type: ignore[arg-type]  # anything without the name
