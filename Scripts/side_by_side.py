"""Manabi and its peers, kept apart in processes of their own, that take turns at timing bursts of training steps."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

SCRIPTS = pathlib.Path(__file__).resolve().parent
TITLES = {"manabi": "Manabi", "manabi-xla": "Manabi on XLA", "torch": "PyTorch", "torch-compile": "torch.compile", "jax": "JAX"}
# What our program runs on, by name.
OURS = {"manabi": [], "manabi-xla": ["--engine", "xla"]}
PEERS = [name for name in TITLES if name not in OURS]
BURST_SECONDS = 1


class Unavailable(Exception):
    """An engine does not run here; the message says why."""


class Manabi:
    """Our program on one of its engines, started anew for each burst."""

    def __init__(self, name, program, workload, settings, precision, threads):
        self.name, self.precision = name, precision
        self.work = ["--workload", workload, "--precision", precision]
        for setting in settings:
            self.work += ["--set", setting]
        self.program, self.threads = program, threads

    def run(self, *arguments):
        command = [self.program, "bench", "step", *self.work, *arguments]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if result.returncode:
            lines = result.stderr.strip().splitlines() or [f"exit code {result.returncode}"]
            raise Unavailable(f"{self.name} with {self.precision} does not run here: {lines[-1]}")
        return json.loads(result.stdout)

    def describe(self):
        return self.run("--describe")

    def measure(self):
        return self.run("--workers", str(self.threads), "--json", *OURS[self.name])

    def stop(self):
        pass


class Peer:
    """A peer, kept warm."""

    def __init__(self, name, description, threads):
        self.name, self.precision = name, description["experiment"]["precision"]
        self.messages = tempfile.TemporaryFile("w+")
        self.description = tempfile.NamedTemporaryFile("w", suffix=".json")
        json.dump(description, self.description)
        self.description.flush()
        self.process = subprocess.Popen(
            [sys.executable, SCRIPTS / "peers", name, "--threads", str(threads), "--serve", self.description.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.messages, text=True,
            env=dict(os.environ, OMP_NUM_THREADS=str(threads)))

    def wait(self):
        """Until it is warm, so that no compiler runs in the timed rounds."""
        if self.process.stdout.readline().strip() != "ready":
            self.process.wait()
            self.messages.seek(0)
            lines = self.messages.read().strip().splitlines() or ["no message"]
            raise Unavailable(f"{self.name} with {self.precision} does not run here: {lines[-1]}")

    def measure(self):
        self.process.stdin.write(f"{BURST_SECONDS}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Comparison:
    """The times of all engines and precisions on one workload, and what else our program printed."""

    def __init__(self, program, workload, settings=(), precisions=("float32",), peers=PEERS, threads=1, rounds=5,
                 ours=("manabi",)):
        self.milliseconds, self.ours = {}, {}
        engines = []
        try:
            for precision in precisions:
                own = [Manabi(name, program, workload, settings, precision, threads) for name in ours]
                description = own[0].describe()
                self.operations = description["operations"]
                started = [Peer(name, description, threads) for name in peers]
                engines += [*own, *started]
            ready = [engine for engine in engines if self.is_ready(engine)]
            for _ in range(rounds):
                for engine in ready:
                    record = engine.measure()
                    self.milliseconds.setdefault((engine.name, engine.precision), []).append(record["milliseconds"])
                    if engine.name == "manabi":
                        self.ours.setdefault(engine.precision, []).append(record)
        finally:
            for engine in engines:
                engine.stop()

    @staticmethod
    def is_ready(engine):
        try:
            engine.measure() if engine.name in OURS else engine.wait()
        except Unavailable as error:
            print(error, file=sys.stderr)
            return False
        return True

    def median(self, name, precision):
        times = self.milliseconds.get((name, precision))
        return statistics.median(times) if times else None

    @property
    def spread(self):
        """The largest round over the smallest, of the engine for which that is worst."""
        return max(max(times) / min(times) for times in self.milliseconds.values())

    def best_peer(self, precision):
        """The time of the fastest peer: in float32 among those of float32, in bfloat16 among all."""
        times = [statistics.median(times) for (name, other), times in self.milliseconds.items()
                 if name not in OURS and (precision != "float32" or other == "float32")]
        return min(times, default=None)

    def row(self, precision):
        """The record of one precision, or None if ours does not run in it."""
        ours, best = self.median("manabi", precision), self.best_peer(precision)
        if ours is None:
            return None
        return {
            "precision": precision,
            "milliseconds": {name: self.median(name, precision) for name in TITLES},
            "gflops": self.operations / ours * 1e-6,
            "peakResidentMebibytes": max(
                (record["peakResidentMebibytes"] for record in self.ours[precision]
                 if record.get("peakResidentMebibytes")), default=None),
            "ratio": best / ours if best else None,
            "spread": self.spread,
        }


def cell(number, form):
    return "–" if number is None else format(number, form)


def time_cell(milliseconds):
    """Three digits that count, in milliseconds."""
    if milliseconds is None:
        return "–"
    return f"{milliseconds:.3g} ms" if milliseconds < 100 else f"{milliseconds:.0f} ms"


def print_line(cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def print_head(titles):
    print_line(titles)
    print("|" + "---|" * len(titles), flush=True)


def add_options(parser, precisions):
    """The options of every comparison."""
    parser.add_argument("--manabi", default=".build/release/manabi", help="the program")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each engine; medians over them count")
    parser.add_argument("--precision", default=",".join(precisions), help="float32, bfloat16 or both with a comma")
    parser.add_argument("--peers", default=",".join(PEERS), help="those to run; torch.compile takes a while to start")
    parser.add_argument("--json", action="store_true", help="print a JSON line for each row")


def check_options(parser, arguments):
    """Turns lists into lists, and refuses what does not exist."""
    arguments.peers = [name for name in arguments.peers.split(",") if name]
    arguments.precision = arguments.precision.split(",")
    unknown = set(arguments.peers) - set(PEERS) or set(arguments.precision) - {"float32", "bfloat16"}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if not os.access(arguments.manabi, os.X_OK):
        parser.error(f"no program at {arguments.manabi}; make build builds it")
    if arguments.rounds < 1:
        parser.error("--rounds has to be at least 1")
