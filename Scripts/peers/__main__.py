#!/usr/bin/env python3
"""Times the training step of an experiment in PyTorch or JAX, on the CPU.

    manabi bench step --workload d64 --describe | python Scripts/peers torch [--threads 2] [--seconds 1]

A step draws fresh tasks, writes them as tokens in the experiment's prompt format, runs a pre-norm Transformer forward and backward,
and updates with AdamW, as one writes it in PyTorch or JAX for speed. Prints the median milliseconds of a step as a JSON line.

With `--serve FILE` it reads the description from a file, warms up, prints a line, and then times a burst of steps for each
number of seconds read from standard input, so that several engines can take turns on one machine without compiling anew.
"""

import argparse
import json
import os
import statistics
import sys
import time

from work import Work

PEERS = ["torch", "torch-compile", "jax"]
WARM_UP_STEPS, MOST_STEPS = 3, 200


def milliseconds(step, seconds):
    """The median time of the steps of a burst: two at least."""
    times, end = [], time.perf_counter() + seconds
    while len(times) < 2 or (time.perf_counter() < end and len(times) < MOST_STEPS):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def make_step(peer, work, threads):
    if peer == "jax":
        import jax_step

        return jax_step.make_step(work)
    import torch_step

    return torch_step.make_step(work, threads, compiled=peer == "torch-compile")


def main():
    parser = argparse.ArgumentParser(
        prog="peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--serve", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.serve:
        with open(arguments.serve) as file:
            work = Work.of(json.load(file))
    else:
        work = Work.of(json.load(sys.stdin))
    # JAX sizes its thread pool by the cores that it may use, so the process keeps to that many.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: arguments.threads])
    step = make_step(arguments.peer, work, arguments.threads)

    def report(seconds):
        print(json.dumps({"peer": arguments.peer, "milliseconds": round(milliseconds(step, seconds), 3)}), flush=True)

    for _ in range(WARM_UP_STEPS):
        step()
    if arguments.serve:
        print("ready", flush=True)
        for line in sys.stdin:
            report(float(line))
    else:
        report(arguments.seconds)


if __name__ == "__main__":
    main()
