"""Runs the program on files that were made to harm, and says what came of it."""

import dataclasses
import json
import os
import subprocess
import sys

# Starts a program and prints how it ended. A process of its own, since the peak of a child's memory includes what its parent
# held when it was started: this one holds little.
LAUNCHER = """
import json, os, signal, sys, time
output, errors, limit, *command = sys.argv[1:]
def file(path):
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
start = time.monotonic()
process = os.posix_spawn(command[0], command, os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
    (os.POSIX_SPAWN_DUP2, file(output), 1), (os.POSIX_SPAWN_DUP2, file(errors), 2)])
signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
signal.setitimer(signal.ITIMER_REAL, float(limit))
_, status, usage = os.wait4(process, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""


@dataclasses.dataclass
class Outcome:
    """How a run ended: a negative status is the number of the signal that killed it."""

    command: str
    status: int
    seconds: float
    # Of the run and its children: what a busy machine does not change.
    processor_seconds: float
    # Of the largest process of the run and its children.
    peak_mebibytes: float
    output: str
    errors: bytes

    @property
    def message(self):
        return self.errors.decode("utf-8", "replace").strip()

    def faults(self, statuses, seconds, mebibytes):
        """What of this is not as promised."""
        found = []
        if self.status not in statuses:
            found.append(f"ended with {self.status}")
        if self.processor_seconds > seconds:
            found.append(f"took {self.processor_seconds:.1f} s")
        if self.peak_mebibytes > mebibytes:
            found.append(f"took {self.peak_mebibytes:.0f} MiB")
        if self.status and self.errors.count(b"\n") != 1:
            found.append(f"printed {self.errors.count(bytes([10]))} lines")
        if any(byte < 32 and byte not in (10, 13) or byte == 127 for byte in self.errors):
            found.append("printed control characters")
        return [f"{self.command}: {fault}: {self.message[:300]}" for fault in found]


def run(command, scratch, limit=60):
    """Runs a command with files in `scratch` as its outputs, and ends it after `limit` seconds."""
    command = [str(part) for part in command]
    output, errors = scratch / "output.txt", scratch / "errors.txt"
    environment = dict(os.environ, SWIFT_BACKTRACE="enable=no")
    launched = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, output, errors, str(limit), *command],
        capture_output=True, text=True, check=True, env=environment)
    status, seconds, processor_seconds, kibibytes = json.loads(launched.stdout)
    return Outcome(" ".join(part[:80] for part in command[1:]), status, seconds, processor_seconds, kibibytes / 1024,
                   output.read_text(errors="replace"), errors.read_bytes())


def dataset_family(path, images, labels, kind="hdf5"):
    """Arguments that name a family over the items of a file."""
    place = {"idx": f"path: null, images: '{images}', labels: '{labels}'", "csv": f"path: '{path}', labels: '{labels}'"}
    where = place.get(kind, f"path: '{path}', images: '{images}', labels: '{labels}'")
    return ["datasetClassification", "--set", f"dataset={{format: {kind}, {where}}}", "--set", "inputDimension=60",
            "--set", "classCount=4", "--set", "exampleCount=4"]
