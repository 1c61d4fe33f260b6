"""Renditions survive the ledger, and their hash names exactly what is sent."""

from __future__ import annotations

from dataclasses import replace

from toolkit.model import Attachment, Count, Part, Rendition, RichSpan, SpanKind

PART = Part(
    text="Tür 1 ist auf. Zum Shop",
    count=Count(23, 300, "graphemes"),
    spans=(RichSpan(16, 24, SpanKind.LINK, "https://example.com/winter"),),
    attachments=(Attachment("media/tuer-1.jpg", "photo", "Eine Hand", "sha256:00", "4:5", (0.4, 0.5)),),
    html="<p>Tür</p>",
    fields={"visibility": "public"},
)
RENDITION = Rendition("bluesky", "bluesky", "de", (PART, replace(PART, text="Zweiter Teil")), "Advent")


def test_a_rendition_comes_back_from_the_ledger_as_it_was() -> None:
    """to_json and from_json are inverse, down to the focus of a picture."""
    assert Rendition.from_json(RENDITION.to_json()) == RENDITION


def test_the_request_hash_changes_with_everything_that_is_sent() -> None:
    """Text, alt text, media bytes, options, language, account and part each change the hash."""
    changed = [
        replace(RENDITION, account="bluesky-en"),
        replace(RENDITION, language="en"),
        replace(RENDITION, title="Advent!"),
        replace(RENDITION, parts=(replace(PART, text="Tür 1 ist auf! Zum Shop"), RENDITION.parts[1])),
        replace(RENDITION, parts=(replace(PART, fields={"visibility": "private"}), RENDITION.parts[1])),
        replace(
            RENDITION, parts=(replace(PART, attachments=(replace(PART.attachments[0], alt="x"),)), RENDITION.parts[1])
        ),
        replace(
            RENDITION, parts=(replace(PART, attachments=(replace(PART.attachments[0], sha256="sha256:01"),)), PART)
        ),
    ]
    hashes = {rendition.request_hash(0) for rendition in (RENDITION, *changed)}
    assert len(hashes) == len(changed) + 1
    assert RENDITION.request_hash(0) != RENDITION.request_hash(1)


def test_the_hash_is_the_same_after_a_round_trip() -> None:
    """What the ledger stored at claim is what the intent hashes."""
    assert Rendition.from_json(RENDITION.to_json()).request_hash(1) == RENDITION.request_hash(1)
