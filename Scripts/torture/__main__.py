#!/usr/bin/env python3
"""Tortures the whole program: kills, errors at every system call, power cuts, full disks, signals, damage, rivals.

    python3 Scripts/torture --manabi PATH [--quick] [--count-scale X] [--only R1,R4] [--seed N] [--trial N]
                            [--jobs N] [--scratch DIR] [--json FILE]

Prints a table in the end and exits with 1 if anything that must hold did not. A failure prints the command that repeats
it. `--quick` is the tier of pull requests: it needs neither root nor tools. Whatever the machine does not offer is skipped,
and the table says so.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import sys
import tempfile

from campaign import run
from harness import Ground

from determinism import Determinism
from damage import Damage
from environment import Environment
from full_disk import FullDisk
from kill_loop import KillLoop
from memory import Memory
from non_finite import NonFinite
from power_loss import PowerLoss
from readers import Readers
from stop_signals import StopSignals
from system_calls import ErrorAtEveryCall, KillAtEveryCall
from traced_calls import TracedErrors, TracedKills
from writers import Writers

CAMPAIGNS = [KillLoop, KillAtEveryCall, TracedKills, ErrorAtEveryCall, TracedErrors, PowerLoss, FullDisk, Memory,
             StopSignals, NonFinite, Damage, Writers, Readers, Environment, Determinism]

ROOM = 1 << 30


def parse():
    parser = argparse.ArgumentParser(
        prog="torture", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--manabi", required=True, metavar="PATH", help="the built program")
    parser.add_argument("--quick", action="store_true", help="the small tier, about a minute and a half")
    parser.add_argument("--count-scale", type=float, default=1, metavar="X", help="times as many trials")
    parser.add_argument("--only", metavar="IDS", help="the campaigns to run, such as R1,R4")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--trial", type=int, metavar="N", help="only this trial of each campaign")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="trials beside each other")
    parser.add_argument("--scratch", metavar="DIR", help="where to work; a new folder if not given")
    parser.add_argument("--json", metavar="FILE", help="write what was found here too")
    options = parser.parse_args()
    known = {campaign.identifier for campaign in CAMPAIGNS}
    options.only = set(options.only.split(",")) if options.only else known
    if options.only - known:
        parser.error(f"no campaign {', '.join(sorted(options.only - known))}; there are {', '.join(sorted(known))}")
    if not os.access(options.manabi, os.X_OK):
        parser.error(f"{options.manabi} is no program; build it with `make build`")
    return options


def standard_place(is_quick):
    """Where the small tier is quickest: in memory, if there is room. What a kill leaves is the same there; only power loss
    needs a disk, and brings its own."""
    memory = pathlib.Path("/dev/shm")
    has_room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return memory if is_quick and has_room else None


def print_table(rows):
    """The table in Markdown."""
    print("\n| campaign | | injections | seen | seconds | verdict |\n|---|---|---:|---|---:|---|")
    for row in rows:
        print(f"| {row['campaign']} | {row['title']} | {row['injections']} | {row['seen']} "
              f"| {row['seconds']:.0f} | {row['verdict']} |")


def main():
    options = parse()
    # Deaths are what is looked for here, and their cores would fill the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    own_scratch = options.scratch is None
    options.scratch = options.scratch or tempfile.mkdtemp(prefix="manabi-torture-", dir=standard_place(options.quick))
    # References belong to the program that made them.
    shutil.rmtree(pathlib.Path(options.scratch) / "references", ignore_errors=True)
    ground, rows = Ground(options), []
    for campaign in (kind(ground) for kind in CAMPAIGNS if kind.identifier in options.only):
        print(f"{campaign.identifier}: {campaign.title}", file=sys.stderr, flush=True)
        rows.append(run(campaign, options.trial, options.jobs, tell=lambda text: print(text, flush=True)))
    print_table(rows)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")
    failed = any(row["failures"] for row in rows)
    if own_scratch and not failed:
        shutil.rmtree(options.scratch, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
