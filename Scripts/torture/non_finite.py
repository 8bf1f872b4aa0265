"""R11, as far as it can be caused from outside: learning rates that blow the parameters up."""

import json
import struct

from campaign import Campaign
from harness import require
from tiny_run import TinyRun, checkpoints

NON_FINITE = 79
POISON = {struct.pack("<f", float(text)) for text in ("inf", "-inf", "nan")} | {b"\x00\x00\xc0\xff"}
"""The bytes of numbers that are not finite, as arithmetic makes them."""


class NonFinite(Campaign):
    """Injected: learning rates of 1e10 to 1e38, which make parameters, loss or gradient infinite or not a number, under
    each policy.

    Must hold: with `halt`, exit code 79 and a dump that is JSON; with any policy, no checkpoint that holds a number that is
    not finite, and every one verifies.
    """

    identifier, title = "R11", "numbers that are not finite"

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=60, interval=1, held_out=10)
        require(not any(poisoned(path) for path in checkpoints(self.tiny.reference)),
                "a healthy checkpoint looks poisoned: this campaign cannot tell")

    def trials(self):
        rates = ["1e20", "1e38"] if self.ground.quick else ["1e10", "1e15", "1e20", "1e25", "1e30", "1e35", "1e38", "3e38"]
        trials = [(policy, rate, warmup) for policy in ("halt", "skip", "rollback") for rate in rates
                  for warmup in (1, 10)]
        return trials * self.ground.count(1, 2)

    def attempt(self, trial, folder, draw):
        policy, rate, warmup = trial
        options = [word for setting in (f"optimizer.learningRate={rate}", f"optimizer.warmupSteps={warmup}",
                                        f"nonFinite={policy}") for word in ("--set", setting)]
        outcome = self.tiny.start(folder, "--workers", draw.choice([1, 2]), *options).outcome()
        self.inject(f"{policy}: {outcome.died or f'exit {outcome.code}'}")
        require(outcome.code == NON_FINITE if policy == "halt" else outcome.code in (0, NON_FINITE), f"{outcome}")
        found = [path.name for path in checkpoints(folder / "run") if poisoned(path)]
        require(not found, f"poisoned checkpoints: {found}")
        self.tiny.check_survivors(folder, outcome)
        dumps = list((folder / "run").glob("non-finite-*.json"))
        require(dumps or outcome.code == 0, "no dump")
        for dump in dumps:
            json.loads(dump.read_text())


def poisoned(path):
    """Whether a file holds, at a multiple of four bytes, a number that is not finite."""
    content = path.read_bytes()
    return any(content[index:index + 4] in POISON for index in range(0, len(content) - 3, 4))
