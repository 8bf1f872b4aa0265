"""The ground that campaigns stand on: where the program is, how it is started, and how a trial ends."""

import os
import pathlib
import re
import signal
import subprocess
import threading
import time

HANG_LIMIT = 60
"""Seconds after which a program that should have ended is said to hang."""

SAVED = re.compile(r"^saved (.+)$", re.M)


class Failure(Exception):
    """What must hold did not; the message says what was seen."""


def require(condition, message):
    if not condition:
        raise Failure(message)


class Outcome:
    """How a program ended and what it said."""

    def __init__(self, code, output, messages, seconds):
        self.code, self.output, self.messages, self.seconds = code, output, messages, seconds

    @property
    def died(self):
        """The signal that ended the program; None if it ended by itself."""
        return signal.Signals(-self.code).name if self.code < 0 else None

    @property
    def saved(self):
        """The paths that the program reported as saved, in order."""
        return SAVED.findall(self.messages)

    def __str__(self):
        tail = self.messages.strip().splitlines()[-1:] or ["nothing said"]
        return f"{self.died or f'exit {self.code}'}, {tail[0]!r}"


class Process:
    """A program that runs, in a process group of its own."""

    def __init__(self, command, *, environment=None, directory=None, stdin=subprocess.DEVNULL):
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True, cwd=directory,
            env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **(environment or {})})
        self.texts = {}
        self.readers = [threading.Thread(target=self._read, args=(name, stream), daemon=True)
                        for name, stream in (("output", self.process.stdout), ("messages", self.process.stderr))]
        for reader in self.readers:
            reader.start()

    def _read(self, name, stream):
        # Piece by piece, so that what was said is known while the program still runs.
        for piece in iter(lambda: stream.read1(1 << 16), b""):
            self.texts[name] = self.texts.get(name, b"") + piece
        stream.close()

    def said(self, name="messages"):
        return self.texts.get(name, b"").decode(errors="replace")

    @property
    def identifier(self):
        return self.process.pid

    @property
    def runs(self):
        return self.process.poll() is None

    def send(self, number):
        """Sends a signal to the whole group; one that has ended meanwhile is fine."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def ends_within(self, seconds):
        """Waits; whether the program ended in that time."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def outcome(self, limit=HANG_LIMIT):
        """Waits for the end. A program that hangs is killed, and the trial fails."""
        if not self.ends_within(limit):
            self.send(signal.SIGKILL)
            self.process.wait()
            raise Failure(f"hung for {limit} s: {' '.join(map(str, self.process.args))}")
        seconds = time.monotonic() - self.began
        for reader in self.readers:
            reader.join(limit)
        return Outcome(self.process.returncode, self.said("output"), self.said(), seconds)

    def kill(self):
        """Ends the group with SIGKILL."""
        self.send(signal.SIGKILL)
        return self.outcome()


class Ground:
    """What all campaigns share."""

    def __init__(self, options):
        self.manabi = pathlib.Path(options.manabi).resolve()
        self.scratch = pathlib.Path(options.scratch).resolve()
        self.quick, self.scale, self.seed = options.quick, options.count_scale, options.seed
        self.is_root = os.geteuid() == 0

    def count(self, quick, full):
        """How many trials of a campaign to make in this tier."""
        return max(1, round((quick if self.quick else full) * self.scale))

    def folder(self, *parts):
        path = self.scratch.joinpath(*map(str, parts))
        path.mkdir(parents=True, exist_ok=True)
        return path

    def start(self, *arguments, prefix=(), **options):
        return Process([*prefix, self.manabi, *arguments], **options)

    def run(self, *arguments, limit=HANG_LIMIT, **options):
        return self.start(*arguments, **options).outcome(limit)

    def verify(self, *paths):
        """Throws unless the seal of every file holds."""
        if paths:
            outcome = self.run("verify", *paths)
            require(outcome.code == 0, f"does not verify: {outcome.output.strip() or outcome}")
