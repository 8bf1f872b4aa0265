"""A run that takes about a second, and what must hold of a run that faults have hit."""

import hashlib
import json
import re

from harness import Failure, require

EXPERIMENT = """\
family:
  kind: linearRegression
  dimension: 2
  exampleCount: 5
format: paired
model:
  width: 16
  layers: 1
  heads: 2
optimizer:
  warmupSteps: 10
batchSize: 16
laneCount: 4
steps: {steps}
seed: {seed}
heldOut:
  interval: {held_out}
  episodeCount: 64
checkpointInterval: {interval}
"""
STEP = re.compile(r"^step-(\d+)\.h5$")
LOCK = ".lock"


class TinyRun:
    """A small experiment, and the run of it that nothing disturbed."""

    def __init__(self, ground, *, steps=1000, interval=25, held_out=50, seed=0):
        self.ground, self.steps, self.interval = ground, steps, interval
        name = f"{steps}-{interval}-{held_out}-{seed}"
        folder = ground.folder("references", name)
        self.experiment = folder / "tiny.yaml"
        self.experiment.write_text(EXPERIMENT.format(steps=steps, interval=interval, held_out=held_out, seed=seed))
        self.reference = folder / "run"
        if not self.reference.exists():
            self.train(folder)
        self.files = files(self.reference)

    def arguments(self, folder, *options, resume=False):
        """The command line that trains the run in a folder."""
        words = ["train", self.experiment, "--runs", folder, "--name", "run", *options]
        return words + ["--resume"] if resume else words

    def start(self, folder, *options, resume=True, **process):
        return self.ground.start(*self.arguments(folder, *options, resume=resume), **process)

    def train(self, folder, *options, resume=False):
        """Trains undisturbed to the end."""
        outcome = self.ground.run(*self.arguments(folder, *options, resume=resume))
        require(outcome.code == 0, f"an undisturbed run did not finish: {outcome}")
        return outcome

    def finish(self, folder, *options, everything=False):
        """Resumes to the end and compares with the undisturbed run.

        With `everything`, every file of that run has to be there; else some of its checkpoints may be missing, but
        not the last.
        """
        outcome = self.train(folder, *options, resume=True)
        self.compare(folder / "run", everything)
        return outcome

    def compare(self, run, everything=False):
        """Raises Failure unless a finished run is byte for byte the undisturbed one."""
        found = files(run)
        last = f"step-{self.steps:09d}.h5"
        needed = set(self.files) if everything else {last, "experiment.yaml", "metrics.jsonl"}
        require(needed <= set(found), f"missing at the end: {sorted(needed - set(found))}")
        strange = [name for name in found if name not in self.files and not STEP.match(name)]
        require(not strange, f"left over at the end: {strange}")
        different = [name for name in found if name in self.files and found[name] != self.files[name]]
        require(not different, f"not the bytes of an undisturbed run: {different}")
        require(max(steps(run)) == self.steps, f"a checkpoint of more steps than the run has: {max(steps(run))}")
        check_metrics(run, self.steps)

    def check_survivors(self, folder, outcome, *, keeps_all=True):
        """What must hold at once after a fault: what was reported saved is there, and all that is there is whole."""
        run = folder / "run"
        for path in outcome.saved if keeps_all else outcome.saved[-1:]:
            require((run / path.rsplit("/", 1)[-1]).exists(), f"reported saved and not there: {path}")
        self.ground.verify(*checkpoints(run))


def files(run):
    """The SHA-256 of every file of a run but its lock."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in run.iterdir() if path.is_file() and path.name != LOCK}


def steps(run):
    """The steps of which there is a checkpoint, ascending."""
    return sorted(int(match.group(1)) for match in map(STEP.match, names(run)) if match)


def names(run):
    return [path.name for path in run.iterdir()] if run.exists() else []


def checkpoints(run):
    return [run / f"step-{step:09d}.h5" for step in steps(run)]


def logged_steps(run):
    """The steps of the whole lines of the metrics, in order."""
    path = run / "metrics.jsonl"
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")[:-1]
    try:
        rows = [json.loads(line) for line in lines]
    except ValueError as error:
        raise Failure(f"a line of the metrics is not JSON: {error}") from None
    return [row["step"] for row in rows if "loss" in row]


def check_metrics(run, count):
    """Raises Failure unless the metrics tell every step once and in order."""
    require(logged_steps(run) == list(range(1, count + 1)), "the metrics have a gap or tell a step twice")


def check_lost_work(run, interval):
    """Raises Failure if more than a save interval is lost; returns the steps lost."""
    logged, saved = logged_steps(run), steps(run)
    lost = max(logged, default=0) - max(saved, default=0)
    require(lost <= interval, f"{lost} steps are lost, with a checkpoint every {interval}")
    return max(lost, 0)
