"""R2 and R3 once more with `strace`, which counts calls of a kind in each thread and sees those that no library makes."""

import re
import shutil

from campaign import Campaign
from harness import require
from subjects import RECOVERABLE_CODES, subjects

CALLS = ["openat", "read", "pread64", "write", "pwrite64", "fsync", "rename", "renameat2", "ftruncate", "unlink",
         "rmdir", "mkdir", "flock", "close"]
LINE = re.compile(r"^(\d+) +(\w+)\(")


class TracedCalls(Campaign):
    """Faults by thread and kind of call, on the paths that a run or task set consists of."""

    def obstacle(self):
        if self.ground.quick:
            return "not in the quick tier"
        return None if shutil.which("strace") else "no strace here"

    def prepare(self):
        self.subjects = {subject.name: subject for subject in subjects(self.ground)}

    def positions(self):
        """(subject, kind of call, number) of every call of the thread that makes most of that kind."""
        found = []
        for name, subject in self.subjects.items():
            folder = self.ground.folder(self.identifier, "undisturbed", name.replace(" ", "-"))
            subject.arrange(folder)
            outcome, log = self._run(subject, folder, f"trace={','.join(CALLS)}")
            require(outcome.code == 0, f"{name}, traced: {outcome}")
            counts = {}
            for match in map(LINE.match, log):
                if match:
                    counts[match.groups()] = counts.get(match.groups(), 0) + 1
            for call in CALLS:
                most = max((count for (_, kind), count in counts.items() if kind == call), default=0)
                found += [(name, call, number) for number in range(1, most + 1)]
            shutil.rmtree(folder)
        return found

    def _run(self, subject, folder, *expressions):
        log = folder.with_name(folder.name + ".trace")
        paths = [word for path in subject.paths for word in ("-P", str(folder / path).rstrip("/"))]
        options = [word for expression in expressions for word in ("-e", expression)]
        outcome = self.ground.run(*subject.command(folder), prefix=["strace", "-f", "-qq", "-o", log, *paths, *options])
        lines = log.read_text(errors="replace").splitlines()
        log.unlink()
        return outcome, lines


class TracedKills(TracedCalls):
    """Injected: SIGKILL at the k-th call of a kind in a thread. Must hold: as in R2."""

    identifier, title = "R2s", "SIGKILL at every system call, by strace"

    def trials(self):
        return self.positions()

    def attempt(self, trial, folder, draw):
        name, call, number = trial
        subject = self.subjects[name]
        subject.arrange(folder)
        outcome, _ = self._run(subject, folder, f"trace={call}", f"inject={call}:signal=SIGKILL:when={number}")
        require(outcome.died == "SIGKILL" or outcome.code == 0, f"{outcome}")
        self.inject(call, 1 if outcome.died else 0)
        subject.judge(folder, outcome)


class TracedErrors(TracedCalls):
    """Injected: ENOSPC or EIO at the k-th call of a kind in a thread, alone or with all that follow. Must hold: as in R3."""

    identifier, title = "R3s", "errors at every system call, by strace"

    def trials(self):
        return [(*position, error, end) for position in self.positions() for error in ("ENOSPC", "EIO") for end in ("", "+")]

    def attempt(self, trial, folder, draw):
        name, call, number, error, end = trial
        subject = self.subjects[name]
        subject.arrange(folder)
        outcome, log = self._run(subject, folder, f"trace={call}", f"inject={call}:error={error}:when={number}{end}")
        require(outcome.code in RECOVERABLE_CODES, f"{outcome}")
        self.inject(f"exit {outcome.code}", 1 if any("(INJECTED)" in line for line in log) else 0)
        subject.judge(folder, outcome)
