"""R5: the disk, its inodes or the file size limit run out at every size."""

import contextlib
import shutil
import subprocess

from campaign import Campaign
from harness import require
from subjects import RECOVERABLE_CODES, TaskSetSubject, TrainingSubject
from tiny_run import TinyRun

KIB = 1024
ROOM = "64m"


class FullDisk(Campaign):
    """Injected: a file system (tmpfs) of limited size or number of inodes, and a limit of the size of a file
    (`prlimit --fsize`, which sends SIGXFSZ to whoever does not ignore it), swept from nothing to enough.

    Must hold: no signal ends the program, its exit code is 0, 73 or 74; what was there before is whole; with room again,
    the next start ends byte for byte as if nothing had been.
    """

    identifier, title = "R5", "full disk"

    def obstacle(self):
        return None if shutil.which("prlimit") else "no prlimit here"

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=100, interval=10)
        self.subjects = {"resumed run": TrainingSubject(self.ground, resumes=True),
                         "task set": TaskSetSubject(self.ground, is_file=False)}
        self.checkpoint = max(path.stat().st_size for path in self.tiny.reference.glob("step-*.h5"))

    def trials(self):
        sizes = self.ground.count(20, 60)
        trials = [("file size", "fresh run", self.checkpoint * 5 // 4 * n // sizes) for n in range(sizes)]
        if self.ground.quick or not self.ground.is_root:
            return trials
        whole = sum(path.stat().st_size for path in self.tiny.reference.iterdir()) + 40 * KIB
        for share in range(1, sizes + 1):
            trials.append(("disk", "fresh run", whole * share // sizes))
            trials.append(("disk", "resumed run", 3 * self.checkpoint + 4 * self.checkpoint * share // sizes))
            trials.append(("disk", "task set", 60 * KIB + 150 * KIB * share // sizes))
        return trials + [("inodes", "fresh run", count) for count in range(2, 22)]

    def attempt(self, trial, folder, draw):
        limit, subject, amount = trial
        with limited(folder, limit, amount) as (place, prefix, widen):
            if subject == "fresh run":
                outcome = self.tiny.start(place, "--workers", 1, prefix=prefix).outcome()
                self._judge_end(outcome)
                self.tiny.check_survivors(place, outcome)
                widen()
                self.tiny.finish(place)
            else:
                subject = self.subjects[subject]
                with contextlib.suppress(shutil.Error):
                    subject.arrange(place)
                outcome = self.ground.run(*subject.command(place), prefix=prefix)
                self._judge_end(outcome)
                widen()
                subject.judge(place, outcome)

    def _judge_end(self, outcome):
        self.inject(outcome.died or f"exit {outcome.code}")
        require(outcome.code in RECOVERABLE_CODES, f"{outcome}")

    def clean(self):
        for place in (self.ground.scratch / self.identifier).glob("*/small"):
            subprocess.run(["umount", "--lazy", place], stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def limited(folder, limit, amount):
    """A folder with little room, the words that begin a command there, and what makes room."""
    if limit == "file size":
        yield folder, ["prlimit", f"--fsize={amount}"], lambda: None
        return
    place = folder / "small"
    place.mkdir()
    options = f"size={amount}" if limit == "disk" else f"size={ROOM},nr_inodes={amount}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True)
    try:
        yield place, [], lambda: subprocess.run(
            ["mount", "-o", f"remount,size={ROOM},nr_inodes=1000", place], check=True)
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)
