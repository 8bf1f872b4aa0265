"""What a process writes when a call of it fails: the kinds of artefacts, what is there before, what may be there after."""

import hashlib
import shutil

from harness import require
from tiny_run import TinyRun, check_metrics, checkpoints, names, steps

RECOVERABLE_CODES = {0, 73, 74}
"""Done all the same, cannot create, input or output error."""


class TrainingSubject:
    """A run of three saves, begun anew or resumed with leftovers of a kill around."""

    def __init__(self, ground, *, resumes):
        self.ground = ground
        self.name = "resumed run" if resumes else "fresh run"
        self.tiny = TinyRun(ground, steps=8 if resumes else 6, interval=2, held_out=4)
        self.paths = [f"{name}" for step in range(2, self.tiny.steps + 1, 2)
                      for name in (f"step-{step:09d}.h5", f".step-{step:09d}.h5.partial")]
        self.paths += ["", ".lock", "metrics.jsonl", "experiment.yaml", ".experiment.yaml.partial"]
        self.paths = [f"run/{name}".rstrip("/") for name in self.paths]
        self.before = ground.folder("subjects", "resumed") if resumes else None
        if resumes and not (self.before / "run").exists():
            self._leave_interrupted(self.before)

    def _leave_interrupted(self, folder):
        """The run as a kill in its sixth step would leave it: two checkpoints, half a file, metrics of steps undone."""
        shutil.copytree(self.tiny.reference, folder / "run")
        for step in (6, 8):
            (folder / "run" / f"step-{step:09d}.h5").unlink()
        whole = (folder / "run" / "step-000000004.h5").read_bytes()
        (folder / "run" / ".step-000000006.h5.partial").write_bytes(whole[:len(whole) // 2])
        metrics = folder / "run" / "metrics.jsonl"
        metrics.write_bytes(metrics.read_bytes()[:-40])

    def arrange(self, folder):
        if self.before:
            shutil.copytree(self.before, folder, dirs_exist_ok=True)

    def command(self, folder):
        return self.tiny.arguments(folder, "--workers", 1, resume=True)

    def judge(self, folder, outcome):
        """What must hold after the fault, and after another start without it."""
        if self.before:
            require({2, 4} <= set(steps(folder / "run")), "a checkpoint that was there before is gone")
        self.tiny.check_survivors(folder, outcome)
        if outcome.code == 0:
            check_metrics(folder / "run", self.tiny.steps)
        self.tiny.finish(folder, "--workers", 1)

    def judge_unhurt(self, folder):
        """What must hold if the program survived the fault as if nothing had been."""
        self.tiny.compare(folder / "run", everything=True)


class TaskSetSubject:
    """A task set, a file or a directory of shards, that replaces another one."""

    codes = RECOVERABLE_CODES

    def __init__(self, ground, *, is_file):
        self.ground = ground
        self.name = "task set in a file" if is_file else "task set in a directory"
        self.target = "set.h5" if is_file else "set"
        self.options = [] if is_file else ["--shard-size", "1K"]
        self.tiny = TinyRun(ground, steps=6, interval=2, held_out=4)
        shards = [f"shard-{index:05d}.h5" for index in range(8)]
        self.paths = [name for base in ("set", "set.partial", "set.replaced.partial")
                      for name in (base, *(f"{base}/{shard}" for shard in shards),
                                   *(f"{base}/.{shard}.partial" for shard in shards))]
        self.paths += ["", "set.h5", ".set.h5.partial"]
        self.sets = {}
        for name, seed in (("old", 1), ("new", 2)):
            folder = ground.folder("subjects", self.target, name)
            outcome = ground.run(*self._generate(folder, seed))
            require(outcome.code == 0, f"an undisturbed task set was not written: {outcome}")
            self.sets[name] = contents(folder / self.target)
        self.before = ground.scratch / "subjects" / self.target / "old"

    def _generate(self, folder, seed):
        return ["generate", self.tiny.experiment, "--episodes", 60, "--seed", seed, "--workers", 1,
                "--output", folder / self.target, "--force", *self.options]

    def arrange(self, folder):
        shutil.copytree(self.before, folder, dirs_exist_ok=True)

    def command(self, folder):
        return self._generate(folder, 2)

    def judge(self, folder, outcome):
        found = contents(folder / self.target)
        expected = ["new"] if outcome.code == 0 else ["old", "new"]
        require(found in [self.sets[name] for name in expected],
                f"{self.target} is neither the old set nor the new: {sorted(found) or 'nothing'}")
        again = self.ground.run(*self.command(folder))
        require(again.code == 0, f"the set could not be written afterwards: {again}")
        self.judge_unhurt(folder)

    def judge_unhurt(self, folder):
        require(contents(folder / self.target) == self.sets["new"], "the set that was written is not the new one")
        left = sorted(set(names(folder)) - {self.target})
        require(not left, f"left over: {left}")


def contents(path):
    """The files of a task set with their SHA-256; empty if it is not there."""
    if path.is_file():
        return {"": hashlib.sha256(path.read_bytes()).hexdigest()}
    if not path.is_dir():
        return {}
    return {child.name: hashlib.sha256(child.read_bytes()).hexdigest() for child in path.iterdir()}


def subjects(ground):
    """All kinds."""
    return [TrainingSubject(ground, resumes=False), TrainingSubject(ground, resumes=True),
            TaskSetSubject(ground, is_file=True), TaskSetSubject(ground, is_file=False)]
