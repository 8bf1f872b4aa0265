"""R1: the process group is killed at random times until the run is done."""

from campaign import Campaign
from tiny_run import TinyRun, check_lost_work

KILLS = 10
"""In a trial, after which its run is left to finish."""


class KillLoop(Campaign):
    """Injected: SIGKILL to the process group at uniformly random times, then `--resume` with another number of workers.

    Must hold after each kill: what was reported saved is there, every checkpoint verifies, and at most one save interval
    is lost. In the end: every file is byte for byte that of a run that was never killed, and the metrics tell every step
    once.
    """

    identifier, title = "R1", "SIGKILL at random times"

    def prepare(self):
        self.tiny = TinyRun(self.ground)

    def trials(self):
        kinds = ["all checkpoints kept", "2 checkpoints kept"]
        return [kinds[number % 2] for number in range(self.ground.count(5, 100))]

    def attempt(self, trial, folder, draw):
        keeps_all = trial.startswith("all")
        retention = [] if keeps_all else ["--keep", 2]
        part, kills = 0, 0
        while kills < KILLS:
            process = self.tiny.start(folder / f"{part}", "--workers", draw.choice([1, 2, 4]), *retention)
            if process.ends_within(draw.uniform(0, 0.5)):
                self._end(folder / f"{part}", retention, keeps_all)
                part += 1
                continue
            outcome = process.kill()
            kills += 1
            self.inject("killed")
            self.tiny.check_survivors(folder / f"{part}", outcome, keeps_all=keeps_all)
            self.measure("steps lost", check_lost_work(folder / f"{part}" / "run", self.tiny.interval))
        self._end(folder / f"{part}", retention, keeps_all)

    def _end(self, folder, retention, keeps_all):
        self.tiny.finish(folder, *retention, everything=keeps_all)
        self.note("identical ends")
