from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import HANDBOOK_PAGE as PAGE
from tests.lint.conftest import Desk

HEAD = "---\nchannels: [mastodon, feed]\npublish: 2026-11-24 08:00\n---\n"
CLIMATE = "claim: Klima\nwords: [klimaneutral*, Bio, 'Nr. 1']\ninstead: die gemessene Zahl\nowner: leitung\n"
GAS = (
    "claim: Gasverbrauch\npatterns: ['[0-9]+ % weniger Gas']\nproof: Zählerstände\nuntil: 2026-12-31\nowner: leitung\n"
)
SYRUP = "claim: Bio-Sirup\nwords: [Bio-Sirup von Hof Ahrens]\nproof: Zertifikat 7\nowner: leitung\n"


def test_a_claim_without_a_proof_is_a_warning_with_whom_to_ask(desk: Desk) -> None:
    """Each statement is found as a word, inflected where the block says so."""
    desk.block("claim", CLIMATE)
    messages = desk.messages(
        "claims", f"{HEAD}Unser «klimaneutraler» Kaffee, «Nr. 1» im Norden. Biologie ist Biologie.\n"
    )
    assert messages[0] == (
        "klimaneutraler: Klima needs a proof, and there is none; instead: die gemessene Zahl; ask leitung"
    )


def test_a_proven_claim_inside_a_longer_text_wins(desk: Desk) -> None:
    """Bio needs a proof; the syrup has one, and only the other Bio is complained about."""
    desk.block("claim", CLIMATE, SYRUP)
    desk.messages("claims", f"{HEAD}Bio-Sirup von Hof Ahrens, dazu «Bio» Kaffee.\n")


@pytest.mark.parametrize(("when", "count"), [("2026-12-31 23:59", 0), ("2027-01-01 00:00", 1)])
def test_a_proof_holds_up_to_its_last_day(desk: Desk, when: str, count: int) -> None:
    """The day of publication is compared, not today."""
    desk.block("claim", GAS)
    word = "«31 % weniger Gas»" if count else "31 % weniger Gas"
    found = desk.messages("claims", f"---\nchannels: [mastodon]\npublish: {when}\n---\nWir rösten mit {word}.\n")
    assert (
        found
        == [
            "31 % weniger Gas: the proof for Gasverbrauch held until 2026-12-31, this goes out on 2027-01-01; ask leitung"
        ][:count]
    )


def test_a_proof_that_has_run_out_is_said_in_the_handbook(desk: Desk) -> None:
    """The owner hears of it at the block, before a post is written; --now decides."""
    desk.block("claim", GAS)
    assert desk.on_page("claims") == []
    (problem,) = desk.check("claims", now=datetime(2027, 1, 1, 12, tzinfo=UTC))
    assert (problem.path, problem.span.line) == (PAGE, 13)
    assert problem.message == "the proof for Gasverbrauch held until 2026-12-31; renew it or take it out"


def test_a_proof_needs_somebody_who_looks_after_it(desk: Desk) -> None:
    """An entry with a proof and without an owner is not complete."""
    desk.block("claim", GAS.replace("owner: leitung\n", ""))
    assert desk.on_page("claims") == ["12:8 a proof needs an owner, who looks after it"]


def test_without_an_owner_somebody_who_answers_for_law_is_named(desk: Desk) -> None:
    """Legal before managers."""
    desk.block("claim", CLIMATE.replace("owner: leitung\n", ""))
    sample = f"{HEAD}«klimaneutral»\n"
    assert desk.messages("claims", sample)[0].endswith("; ask leitung")
    desk.settings(
        desk.root.joinpath("leitstand.toml").read_text() + '\n[people.recht]\nname = "Henrike"\nroles = ["legal"]\n'
    )
    assert desk.messages("claims", sample)[0].endswith("; ask Henrike")
