"""R7: signals that ask the program to stop, in every phase."""

import signal
import time

from campaign import Campaign
from harness import require
from subjects import contents
from tiny_run import TinyRun, logged_steps, names, steps

SIGNALS = ["SIGTERM", "SIGINT", "SIGUSR1", "SIGHUP", "two SIGINT"]
PATIENCE = 10
"""Seconds within which a process that was asked to stop has to end, on a machine that may be busy with others."""
STOPPED = 75
INTERRUPTED_TWICE = 130


class StopSignals(Campaign):
    """Injected: SIGTERM, SIGINT, SIGUSR1, SIGHUP, and a second SIGINT, at random moments of training, its evaluations and
    saves, and of generate.

    Must hold: exit code 75 with a checkpoint of the very step, or 0 if the work had just ended, or 130 after a second
    SIGINT; before the work began the signal may end the program. The next start ends byte for byte as if nothing had been.
    """

    identifier, title = "R7", "signals in every phase"

    def prepare(self):
        self.tiny = TinyRun(self.ground)
        # Long enough that a signal hits it, in many shards.
        folder = self.ground.folder("subjects", "long-set")
        self.generate = ["generate", self.tiny.experiment, "--episodes", 200_000, "--shard-size", "256K", "--force",
                         "--workers", 2, "--output"]
        began = time.monotonic()
        outcome = self.ground.run(*self.generate, folder / "set")
        require(outcome.code == 0, f"an undisturbed task set was not written: {outcome}")
        self.seconds = time.monotonic() - began
        self.set = contents(folder / "set")

    def trials(self):
        kinds = [(name, phase) for phase in ("train", "train", "train", "generate") for name in SIGNALS]
        return [kinds[number % len(kinds)] for number in range(self.ground.count(40, 400))]

    def attempt(self, trial, folder, draw):
        name, phase = trial
        if phase == "train":
            self._train(name, folder, draw)
        else:
            self._generate(name, folder, draw)

    def _stop(self, process, name, delay, draw, began, is_done):
        """Sends the signal; returns how the program ended. Messages hold `began` once the work began."""
        process.ends_within(delay)
        asked = time.monotonic()
        number = signal.SIGINT if name == "two SIGINT" else signal.Signals[name]
        process.send(number)
        if name == "two SIGINT":
            time.sleep(draw.uniform(0, 0.01))
            process.send(number)
        outcome = process.outcome(PATIENCE)
        self.measure("seconds to stop", time.monotonic() - asked)
        self.inject(outcome.died or f"exit {outcome.code}")
        if outcome.died:
            # Before the work began and after it ended, signals do what they always do; so does a second SIGINT.
            is_idle = began not in outcome.messages or is_done() or name == "two SIGINT"
            require(outcome.died == number.name and is_idle, f"{name}: {outcome}")
        else:
            codes = [0, STOPPED] + [INTERRUPTED_TWICE] * (name == "two SIGINT")
            require(outcome.code in codes, f"{name}: {outcome}")
        return outcome

    def _train(self, name, folder, draw):
        process = self.tiny.start(folder, "--workers", draw.choice([1, 2, 4]))
        outcome = self._stop(process, name, draw.uniform(0, 1.2), draw, "step ",
                             lambda: self.tiny.steps in steps(folder / "run"))
        self.tiny.check_survivors(folder, outcome)
        if outcome.code == STOPPED:
            saved, logged = steps(folder / "run")[-1:], logged_steps(folder / "run")[-1:]
            require(saved == logged, f"stopped after step {logged} with a checkpoint of {saved}")
        self.tiny.finish(folder, everything=True)

    def _generate(self, name, folder, draw):
        process = self.ground.start(*self.generate, folder / "set")
        outcome = self._stop(process, name, draw.uniform(0, self.seconds), draw, "episode ",
                             lambda: "set" in names(folder))
        if outcome.code == 0:
            require(contents(folder / "set") == self.set, "generate ended with 0 and another set")
        elif outcome.code == STOPPED:
            require(not names(folder), f"stopped, and left {names(folder)}")
        elif "set" in names(folder):
            require(contents(folder / "set") == self.set, "half a set under the name of a whole one")
        again = self.ground.run(*self.generate, folder / "set")
        require(again.code == 0 and contents(folder / "set") == self.set, f"the set could not be written: {again}")
