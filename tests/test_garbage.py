"""What the collector of cycles does and leaves: each fact in a process of its own, for it is a state of the process."""

from __future__ import annotations

import subprocess
import sys

CYCLE = """
import gc
from toolkit.garbage import leave, settle, stop, without_collection

class Told:
    def __del__(self):
        print("taken apart")

one = Told()
one.self = one
"""


ENGINE = """
import gc, sys
import duckdb
from toolkit.garbage import leave, settle

engine = [duckdb.connect()]
engine.append(engine)
settle()
del engine
leave()
print(*[name for name in sys.modules if "duckdb" in name and "." not in name])
"""


def said(code: str) -> list[str]:
    """What a new interpreter prints that runs the code after making a cycle."""
    done = subprocess.run([sys.executable, "-c", CYCLE + code], check=True, capture_output=True, text=True)
    return done.stdout.split("\n")[:-1]


def test_a_pause_ends_as_it_was_found() -> None:
    """Within another pause, and where something goes wrong, too."""
    assert said("with without_collection():\n    print(gc.isenabled())\nprint(gc.isenabled())")[:2] == ["False", "True"]
    assert said("gc.disable()\nwith without_collection(): pass\nprint(gc.isenabled())")[0] == "False"
    wrong = "try:\n    with without_collection(): 1 / 0\nexcept ZeroDivisionError: print(gc.isenabled())"
    assert said(wrong)[0] == "True"


def test_a_process_that_goes_on_still_collects() -> None:
    """What came after it settled is garbage when it is; what was there before is looked at no more."""
    assert said("settle(); two = Told(); two.self = two; del two; gc.collect(); print('end')")[:2] == [
        "taken apart",
        "end",
    ]
    assert said("settle(); del one; gc.collect(); print('end')")[0] == "end"


def test_a_process_that_ends_takes_nothing_apart() -> None:
    """The interpreter's last collections pass over everything; without `leave` they would not."""
    assert said("del one") == ["taken apart"]
    assert said("stop(); del one") == ["taken apart"]
    assert said("stop(); del one; leave()") == []


def test_the_engine_of_numbers_has_nothing_to_complain_of() -> None:
    """Where it is loaded, all is taken apart as always: it would print what it calls leaks below a person's answer."""
    done = subprocess.run([sys.executable, "-c", ENGINE], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    assert "_duckdb" in done.stdout.split()
