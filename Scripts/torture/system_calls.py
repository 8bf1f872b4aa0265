"""R2 and R3: the program is killed, or refused, at every system call on what it writes."""

import errno
import pathlib
import shutil
import subprocess

from campaign import Campaign
from harness import require
from subjects import RECOVERABLE_CODES, subjects

SOURCE = pathlib.Path(__file__).resolve().parent / "faults.c"
MISSING = 66
FOREVER = 1_000_000
ERRORS = ["ENOSPC", "EIO", "EROFS", "EMFILE", "EDQUOT", "ENOMEM"]


class EveryCall(Campaign):
    """Faults by number of call, counted over all threads by a small library that is preloaded."""

    def obstacle(self):
        return None if shutil.which("cc") else "no C compiler here"

    def prepare(self):
        self.library = self.ground.folder("faults") / "faults.so"
        build = subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", self.library, SOURCE, "-ldl"],
                               stderr=subprocess.PIPE, text=True)
        require(build.returncode == 0, f"the fault library does not compile: {build.stderr}")
        self.subjects = {subject.name: subject for subject in subjects(self.ground)}
        self.calls = {name: self._count(subject) for name, subject in self.subjects.items()}

    def _count(self, subject):
        """The number of calls of an undisturbed process."""
        folder = self.ground.folder(self.identifier, "undisturbed", subject.name.replace(" ", "-"))
        subject.arrange(folder)
        outcome, record = self._run(subject, folder, at=0, kind="", span=0)
        require(outcome.code == 0, f"{subject.name}, undisturbed: {outcome}")
        subject.judge_unhurt(folder)
        shutil.rmtree(folder)
        return len(record)

    def _run(self, subject, folder, *, at, kind, span):
        """Runs the program under faults; returns how it ended and the calls that were hit, all if none was to be."""
        record = folder.with_name(folder.name + ".record")
        record.unlink(missing_ok=True)
        outcome = self.ground.run(*subject.command(folder), environment={
            "LD_PRELOAD": str(self.library), "FAULT_PREFIX": str(folder), "FAULT_AT": str(at),
            "FAULT_KIND": str(kind), "FAULT_SPAN": str(span), "FAULT_RECORD": str(record)})
        lines = record.read_text().splitlines() if record.exists() else []
        record.unlink(missing_ok=True)
        return outcome, lines

    def positions(self):
        """Every call of every kind of artefact; a few more, as the order of the calls of two threads may differ."""
        return [(name, at) for name, count in self.calls.items() for at in range(1, count + 3)]


class KillAtEveryCall(EveryCall):
    """Injected: SIGKILL right before the k-th system call on the files of a run or task set, for every k.

    Must hold: what was there before, or what was being written, is there and whole; what was reported saved is there;
    another start ends byte for byte as if nothing had been, and leaves no temporary file.
    """

    identifier, title = "R2", "SIGKILL at every system call"

    def trials(self):
        return self.positions()

    def attempt(self, trial, folder, draw):
        subject, at = self.subjects[trial[0]], trial[1]
        subject.arrange(folder)
        outcome, hit = self._run(subject, folder, at=at, kind="kill", span=1)
        require(outcome.died == "SIGKILL" if hit else outcome.code == 0, f"at {hit}: {outcome}")
        self.inject(trial[0], len(hit[:1]))
        try:
            subject.judge(folder, outcome)
        except Exception as error:
            error.args = (f"killed before call {hit}: {error}",)
            raise


class ErrorAtEveryCall(EveryCall):
    """Injected: the k-th system call fails, alone, with two or with all that follow; or only half is read or written, with
    success or, as `torn`, with failure.

    Must hold: no signal ends the program, its exit code is 0, 73 or 74 (66 where it could not even be told whether a file is
    there), what was there before or is written is whole, and
    another start ends byte for byte as if nothing had been. Interruptions (EINTR) and half calls are survived unhurt.
    """

    identifier, title = "R3", "errors at every system call"

    def trials(self):
        positions = self.positions()
        if self.ground.quick:
            draw = self.stream("faults")
            # Each call fails in one way, and every other one is interrupted or cut.
            return [(*position, draw.choice([*ERRORS, "torn"]), draw.choice([1, 2, 3, FOREVER]))
                    for position in positions] + [
                (*position, *draw.choice([("EINTR", 3), ("short", 1)])) for position in positions[draw.randrange(2)::2]]
        kinds = [(error, span) for error in [*ERRORS, "torn"] for span in (1, 2, 3, FOREVER)]
        kinds += [("EINTR", 1), ("EINTR", 5), ("short", 1), ("short", FOREVER)]
        return [(*position, *kind) for kind in kinds for position in positions]

    def attempt(self, trial, folder, draw):
        name, at, error, span = trial
        subject = self.subjects[name]
        subject.arrange(folder)
        kind = getattr(errno, error, error)
        outcome, hit = self._run(subject, folder, at=at, kind=kind, span=span)
        self.inject(f"exit {outcome.code}", len(hit[:1]))
        is_harmless = not hit or error in ("EINTR", "short")
        try:
            require(not outcome.died, f"{outcome}")
            if is_harmless:
                require(outcome.code == 0, f"not survived: {outcome}")
                subject.judge_unhurt(folder)
            else:
                # What cannot be looked at is taken to be there; reading it then tells that it is not.
                is_doubtful = any(call.split()[1] == "access" for call in hit)
                require(outcome.code in RECOVERABLE_CODES or is_doubtful and outcome.code == MISSING, f"{outcome}")
                subject.judge(folder, outcome)
        except Exception as problem:
            problem.args = (f"{error} at {hit[:2]}: {problem}",)
            raise
