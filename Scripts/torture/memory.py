"""R6: the address space is limited."""

import pathlib
import shutil
import tempfile

from campaign import Campaign
from tiny_run import TinyRun

MIB = 1 << 20


class Memory(Campaign):
    """Injected: a limit of the address space (`prlimit --as`), from what starts nothing to enough.

    Must hold: the program may die, but does not hang, and every checkpoint verifies; without the limit, the next start
    ends byte for byte as if nothing had been.
    """

    identifier, title = "R6", "limited memory"

    def obstacle(self):
        return None if shutil.which("prlimit") else "no prlimit here"

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=100, interval=10)
        low, high = 16 * MIB, 4096 * MIB
        while high - low > 4 * MIB:
            middle = (low + high) // 2
            with tempfile.TemporaryDirectory(dir=self.ground.scratch) as folder:
                is_enough = self._train(pathlib.Path(folder), middle).code == 0
            low, high = (low, middle) if is_enough else (middle, high)
        self.enough = high

    def trials(self):
        count = self.ground.count(6, 100)
        # Below 70 % of what is enough not even the libraries can be loaded.
        return [round(self.enough * (0.7 + 0.35 * number / count)) for number in range(count)]

    def _train(self, folder, limit):
        return self.tiny.start(folder, "--workers", 2, prefix=["prlimit", f"--as={limit}"]).outcome()

    def attempt(self, trial, folder, draw):
        outcome = self._train(folder, trial)
        self.inject(outcome.died or f"exit {outcome.code}")
        self.tiny.check_survivors(folder, outcome)
        self.tiny.finish(folder, everything=True)
