"""Leitstand beside APScheduler and procrastinate, in one run: lost and doubled posts, delays, throughput, the daemon.

    python benchmarks/peers.py             # about six minutes
    python benchmarks/peers.py --quick     # about two
    python benchmarks/peers.py --only burst --rounds 5

Everybody publishes to the same network, which takes each post at once and knows no idempotency, and keeps its state on
the same disk with every commit synced; each is used as its documentation says, and once more in its safest documented
setting. PostgreSQL is started for the run where it is installed. The tables are Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import machine, stages  # the path has to be set before
from benchmarks.race.postgres import run_postgres

STAGES = {"kills": stages.kill_storm, "trickle": stages.trickle, "burst": stages.burst, "daemon": stages.daemon}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small: shows that everything runs, not how fast")
    parser.add_argument("--only", choices=STAGES, action="append", help="only this stage; may be given again")
    parser.add_argument("--rounds", type=int, help="rounds of the burst")
    parser.add_argument("--seed", type=int, default=20261121, help="of the kills")
    parser.add_argument("--folder", type=Path, help="on the disk to measure; default: a temporary folder")
    chosen = parser.parse_args()
    size = stages.QUICK if chosen.quick else stages.Size()
    size = replace(size, rounds=chosen.rounds) if chosen.rounds else size
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=chosen.folder, prefix="leitstand-race-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as another user
        with run_postgres(folder / "postgres") as server:
            print(f"`python {' '.join(sys.argv)}`, seed {chosen.seed}: {machine.describe(folder)}", flush=True)
            for stage in chosen.only or STAGES:
                STAGES[stage](stages.Ground(folder, server, chosen.seed, size))
            print(f"\n{machine.describe(folder)}; {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
