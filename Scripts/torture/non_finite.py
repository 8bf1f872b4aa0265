"""R11, as far as it can be caused from outside: settings that blow the parameters up."""

import json
import struct

from campaign import Campaign
from harness import require
from tiny_run import TinyRun, checkpoints

NON_FINITE = 79
POLICIES = ["halt", "skip", "rollback"]
CAUSES = {"memory of the optimiser": ["optimizer.weightDecay=1"],
          "gradient": ["optimizer.weightDecay=1", "optimizer.maximumNorm=1e12"],
          "loss": ["optimizer.secondDecay=0"]}
"""What overflows first, and what makes it."""
POISON = {struct.pack("<f", float(text)) for text in ("inf", "-inf", "nan")} | {b"\x00\x00\xc0\xff"}
"""The bytes of numbers that are not finite, as arithmetic makes them."""


class NonFinite(Campaign):
    """Injected: learning rates and weight decays that let parameters grow from step to step, until the loss, the gradient or
    the optimiser's memory is infinite or not a number, under each policy.

    Must hold: with `halt`, exit code 79 and a dump that is JSON; with any policy, exit code 79 or 0, and no checkpoint
    that holds a number that is not finite; every one verifies.
    """

    identifier, title = "R11", "numbers that are not finite"

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=60, interval=1, held_out=10)
        require(not any(poisoned(path) for path in checkpoints(self.tiny.reference)),
                "a healthy checkpoint looks poisoned: this campaign cannot tell")

    def trials(self):
        rates = [3, 100] if self.ground.quick else [3, 5, 10, 20, 30, 50, 70, 100]
        trials = [(policy, cause, rate) for policy in POLICIES for cause in CAUSES for rate in rates]
        return trials[::2] if self.ground.quick else trials * self.ground.count(1, 2)

    def attempt(self, trial, folder, draw):
        policy, cause, rate = trial
        settings = [f"nonFinite={policy}", f"optimizer.learningRate={rate}", f"seed={draw.randrange(1000)}", *CAUSES[cause]]
        options = [word for setting in settings for word in ("--set", setting)]
        outcome = self.tiny.start(folder, "--workers", draw.choice([1, 2]), *options).outcome()
        self.inject(f"{policy}: {outcome.died or f'exit {outcome.code}'}")
        require(outcome.code in (0, NON_FINITE), f"{outcome}")
        found = [path.name for path in checkpoints(folder / "run") if poisoned(path)]
        require(not found, f"poisoned checkpoints: {found}")
        self.tiny.check_survivors(folder, outcome)
        dumps = list((folder / "run").glob("non-finite-*.json"))
        # A seed may let all steps pass; what was found stops the run, unless another policy was asked for.
        require(dumps or outcome.code == 0, "no dump")
        require(policy != "halt" or not dumps or outcome.code == NON_FINITE, f"found, and did not halt: {outcome}")
        for dump in dumps:
            json.loads(dump.read_text())


def poisoned(path):
    """Whether a file holds, at a multiple of four bytes, a number that is not finite."""
    content = path.read_bytes()
    return any(content[index:index + 4] in POISON for index in range(0, len(content) - 3, 4))
