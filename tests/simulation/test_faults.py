from __future__ import annotations

import pytest

from toolkit.errors import UsageError
from toolkit.simulation import CHANCE, Fault, explain, read_faults


def test_faults_are_read_with_and_without_a_chance() -> None:
    """A bare name has the usual chance, a number its own; blanks do not matter."""
    assert read_faults("429, crash=0.2") == {Fault.WAIT_SECONDS: CHANCE, Fault.CRASH: 0.2}
    assert read_faults("") == {}
    assert set(read_faults("all=0.1").values()) == {0.1}
    assert set(read_faults("all")) == set(Fault)


@pytest.mark.parametrize("said", ["430", "crash=often", "crash=2", "crash=-1", "crash=", "=0.5", "crash=nan"])
def test_what_is_no_fault_is_refused(said: str) -> None:
    """An unknown name or a chance that is none is a usage error that says what is possible."""
    with pytest.raises(UsageError):
        read_faults(said)


def test_every_fault_is_explained() -> None:
    """Each has its own sentence for people."""
    assert len({explain(fault) for fault in Fault}) == len(Fault)
