"""C1: several processes want the same run at once."""

import time

from campaign import Campaign
from harness import require
from tiny_run import TinyRun

BUSY = 75
PATIENCE = 20
"""Seconds within which those that come too late have to have gone, on a machine that may be busy with others."""


class Writers(Campaign):
    """Injected: 2 to 16 processes begin or resume one run at the same moment; the one that has it is killed, and again as
    many come.

    Must hold: exactly one trains; the others end with 75, at once, and name the process that has the run; the lock of a
    killed process stops nobody. The run ends byte for byte as if one process had trained it.
    """

    identifier, title = "C1", "2 to 16 writers on one run"
    is_parallel = False

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=4000, interval=100, held_out=500)

    def trials(self):
        draw = self.stream("counts")
        return [2, 16] + [draw.randint(2, 16) for _ in range(self.ground.count(1, 48))]

    def attempt(self, trial, folder, draw):
        for _ in range(2):
            processes = [self.tiny.start(folder, "--workers", 1) for _ in range(trial)]
            try:
                owner = self._owner(processes)
            finally:
                for process in processes:
                    process.kill()
            self.inject("rivals", trial - 1)
            if owner is None:
                self.note("undecided: the run was done too soon")
        self.tiny.finish(folder, everything=True)

    def _owner(self, processes):
        """The one process that trains, after all others were judged; None if it was done before they were."""
        deadline = time.monotonic() + PATIENCE
        while sum(process.runs for process in processes) > 1:
            require(time.monotonic() < deadline, "more than one process trains, or a late one waits")
            time.sleep(0.005)
        owners = [process for process in processes if process.runs]
        if not owners:
            return None
        for process in processes:
            if process in owners:
                continue
            outcome = process.outcome()
            self.measure("seconds to refuse", outcome.seconds)
            require(outcome.code == BUSY, f"a late process: {outcome}")
            require(str(owners[0].identifier) in outcome.messages, f"the owner is not named: {outcome}")
        return owners[0]
