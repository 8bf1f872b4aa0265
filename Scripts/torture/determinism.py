"""D1: the same run on other numbers of workers and cores, at other addresses."""

import os
import shutil

from campaign import Campaign
from tiny_run import TinyRun


class Determinism(Campaign):
    """Varied: workers (1, 2, 4), the cores that the process may use, its priority, and whether addresses are random.

    Must hold: every file of the run has the same bytes.
    """

    identifier, title = "D1", "workers, cores, priority, addresses"

    def prepare(self):
        self.tiny = TinyRun(self.ground)
        cores = sorted(os.sched_getaffinity(0))
        self.prefixes = {"all cores": [], "one core": ["taskset", "-c", str(cores[-1])], "nice": ["nice", "-n", "10"],
                         "fixed addresses": ["setarch", "-R"]}
        self.prefixes = {name: words for name, words in self.prefixes.items() if not words or shutil.which(words[0])}

    def trials(self):
        kinds = [(workers, name) for name in self.prefixes for workers in (1, 2, 4)]
        self.stream("order").shuffle(kinds)
        return [kinds[number % len(kinds)] for number in range(self.ground.count(4, 20))]

    def attempt(self, trial, folder, draw):
        workers, name = trial
        outcome = self.tiny.start(folder, "--workers", workers, prefix=self.prefixes[name]).outcome()
        self.inject(f"exit {outcome.code}")
        self.tiny.compare(folder / "run", everything=True)
