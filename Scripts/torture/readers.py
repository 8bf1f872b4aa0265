"""C2: a run is read while it saves and prunes."""

import time

from campaign import Campaign
from harness import require
from tiny_run import TinyRun, checkpoints

READS = 20
"""In a trial."""
MISSING = 66


class Readers(Campaign):
    """Injected: `evaluate RUN`, `inspect` and `verify` of the newest checkpoint while a trainer saves every five steps and
    keeps two.

    Must hold: no torn read. A file that was pruned between its choice and its opening is no torn read of `verify FILE` and
    `inspect FILE`; `evaluate RUN` chooses itself, so it always has to succeed.
    """

    identifier, title = "C2", "readers during saves and pruning"

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=4000, interval=5, held_out=1000)

    def trials(self):
        return [f"{READS} reads"] * self.ground.count(2, 250)

    def attempt(self, trial, folder, draw):
        part, reads, trainer = 0, 0, None
        try:
            while reads < READS:
                if trainer is None or not trainer.runs:
                    part += 1
                    trainer = self.tiny.start(folder / f"{part}", "--workers", 1, "--keep", 2)
                    wait_for_checkpoint(trainer, folder / f"{part}" / "run")
                self._read(folder / f"{part}" / "run", draw)
                reads += 1
        finally:
            if trainer:
                trainer.kill()

    def _read(self, run, draw):
        command = draw.choice(["evaluate", "evaluate", "verify", "inspect"])
        newest = checkpoints(run)[-1:]
        if command == "evaluate":
            outcome = self.ground.run("evaluate", run, "--episodes", 4, "--workers", 1, "--json")
        else:
            outcome = self.ground.run(command, *newest)
        if outcome.code == MISSING and command != "evaluate" and not newest[0].exists():
            self.note("pruned meanwhile")
            return
        self.inject(f"{command} reads")
        require(outcome.code == 0, f"{command}: {outcome}")


def wait_for_checkpoint(trainer, run):
    while not checkpoints(run):
        require(trainer.runs, f"the trainer ended without a checkpoint: {trainer.said()!r}")
        time.sleep(0.005)
