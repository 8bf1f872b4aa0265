"""What a campaign is: numbered trials, each of which injects faults and judges what is left."""

import collections
import concurrent.futures
import random
import shutil
import threading
import time
import traceback

from harness import Failure


TOLD_FAILURES = 5
"""Of a campaign; the rest is counted, and in the JSON."""


class Campaign:
    """One kind of fault.

    The documentation of a campaign states what is injected and what must hold. Trials do not depend on each other and
    draw from a random stream of their own, so each can be repeated alone.
    """

    identifier = ""
    title = ""
    is_parallel = True
    """Whether trials may run beside each other."""

    def __init__(self, ground):
        self.ground = ground
        self.seen = collections.Counter()
        self.worst = {}
        self.injections = 0
        self._lock = threading.Lock()

    def obstacle(self):
        """Why this machine or tier cannot run the campaign; None if it can."""
        return None

    def prepare(self):
        """Makes what all trials need."""

    def trials(self):
        """What is to be tried, in an order that depends on the seed alone."""
        raise NotImplementedError

    def attempt(self, trial, folder, draw):
        """Makes one trial in an empty folder with a random stream; raises Failure if something does not hold."""
        raise NotImplementedError

    def clean(self):
        """Undoes what `prepare` did to the machine."""

    def inject(self, what, count=1):
        """Counts injected faults and what came of them."""
        with self._lock:
            self.injections += count
            self.seen[what] += count

    def note(self, what, count=1):
        with self._lock:
            self.seen[what] += count

    def measure(self, what, value):
        """Keeps the largest value."""
        with self._lock:
            self.worst[what] = max(value, self.worst.get(what, value))

    def stream(self, *names):
        """A random stream for a purpose."""
        return random.Random("/".join(map(str, (self.ground.seed, self.identifier, *names))))

    def summary(self):
        parts = [f"{name} {count}" for name, count in sorted(self.seen.items(), key=lambda item: -item[1])]
        parts += [f"{name} ≤ {value:.3g}" for name, value in sorted(self.worst.items())]
        return ", ".join(parts)


def run(campaign, only_trial=None, jobs=2, tell=print):
    """Makes the trials of a campaign; returns its row of the table."""
    began = time.monotonic()
    row = {"campaign": campaign.identifier, "title": campaign.title, "injections": 0, "failures": []}
    obstacle = campaign.obstacle()
    if obstacle:
        return {**row, "verdict": "skipped", "seen": obstacle, "seconds": 0.0}
    try:
        campaign.prepare()
        numbered = list(enumerate(campaign.trials()))
        if only_trial is not None:
            numbered = [numbered[only_trial]]
        with concurrent.futures.ThreadPoolExecutor(jobs if campaign.is_parallel else 1) as pool:
            for failure in pool.map(lambda item: attempt(campaign, *item), numbered):
                if failure:
                    row["failures"].append(failure)
                if failure and len(row["failures"]) <= TOLD_FAILURES:
                    tell(f"{campaign.identifier} failed: {failure['problem']}\n  repeat it with: {failure['repeat']}")
    except Failure as failure:
        row["failures"].append({"trial": None, "problem": str(failure), "repeat": ""})
        tell(f"{campaign.identifier} could not begin: {failure}")
    finally:
        campaign.clean()
    return {**row, "injections": campaign.injections, "seen": campaign.summary(),
            "verdict": f"{len(row['failures'])} FAILED" if row["failures"] else "passed", "seconds": time.monotonic() - began}


def attempt(campaign, number, trial):
    """Makes one trial; returns None if all held, else what did not. A failed trial leaves its folder."""
    ground = campaign.ground
    # An earlier trial of the same number may have failed and left its own.
    shutil.rmtree(ground.scratch / campaign.identifier / str(number), ignore_errors=True)
    folder = ground.folder(campaign.identifier, number)
    try:
        campaign.attempt(trial, folder, campaign.stream(number))
    except Exception as error:
        problem = str(error) if isinstance(error, Failure) else traceback.format_exc()
        tier = " --quick" if ground.quick else ""
        scale = "" if ground.scale == 1 else f" --count-scale {ground.scale:g}"
        return {"trial": number, "problem": f"trial {number} ({trial}): {problem}",
                "repeat": f"python3 Scripts/torture --manabi {ground.manabi}{tier}{scale} --only {campaign.identifier} "
                          f"--seed {ground.seed} --trial {number}  # left in {folder}"}
    shutil.rmtree(folder, ignore_errors=True)
    return None
