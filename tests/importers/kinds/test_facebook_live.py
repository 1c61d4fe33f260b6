"""Reactions by kind: a source that contradicts itself is imported with a warning."""

from __future__ import annotations

from tests.importers.exports import extract, said, values

HEADER = "status_id,status_type,status_published,num_reactions,num_comments,num_shares,num_likes,num_loves,num_wows,num_hahas,num_sads,num_angrys\n"


def test_kinds_have_to_add_up() -> None:
    """The reactions stay as they were delivered; the row whose kinds differ is named."""
    rows = "100_111111111,video,4/22/2018 6:00,12,3,1,10,2,0,0,0,0\n100_222222222,photo,12/31/2017 23:05,9,0,0,5,2,0,0,0,0\n"
    found = extract(HEADER + rows)
    assert found.clean
    assert values(found, "facebook:100_222222222") == {"likes": 9, "comments": 0, "shares": 0}
    (warning,) = said(found)
    assert warning.startswith("export.csv:3:")
    assert "9 here, but num_likes, num_loves, num_wows, num_hahas, num_sads, num_angrys add up to 7" in warning


def test_the_same_row_twice_counts_once() -> None:
    """Duplicates are said; other numbers for the same post are a problem with its place."""
    row = "100_111111111,video,4/22/2018 6:00,12,3,1,12,0,0,0,0,0\n"
    twice = extract(HEADER + row + row)
    assert (len(twice.observations), twice.clean) == (3, True)
    assert "3 values stand in the file twice and count once" in said(twice)[0]
    other = extract(HEADER + row + row.replace(",3,1,", ",4,1,"))
    assert not other.clean
    assert "another row says 3 for the same comments" in said(other)[0]
