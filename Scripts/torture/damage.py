"""R12 and R13: bits flip, and sectors, pages and files go astray."""

import json
import shutil

from campaign import Campaign
from harness import require
from subjects import TaskSetSubject
from tiny_run import TinyRun, checkpoints

REFUSED = {65, 76}
"""Damaged or not ours; a version that we do not know."""
SECTOR, PAGE = 512, 4096


class Damage(Campaign):
    """Injected into checkpoints and task sets: flipped bits; files cut at sectors, with lost pages, swapped sectors, bytes
    appended, a file of another step or set under the name of this one. (The mass of it is in `Tests/StorageTests`.)

    Must hold: `verify`, `inspect` and `evaluate` refuse every damaged file with 65 or 76, never with a signal; a run whose
    newest checkpoint is damaged resumes from the one before and ends byte for byte as if nothing had been.
    """

    identifier, title = "R12", "damaged files (R12 and R13)"

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=100, interval=10)
        self.set = TaskSetSubject(self.ground, is_file=False)
        self.whole = {"checkpoint": checkpoints(self.tiny.reference)[-1].read_bytes(),
                      "shard": (self.set.before / "set" / "shard-00001.h5").read_bytes()}
        self.stale = {"checkpoint": checkpoints(self.tiny.reference)[-2].read_bytes(),
                      "shard": (self.set.before.parent / "new" / "set" / "shard-00001.h5").read_bytes()}

    def trials(self):
        batches = self.ground.count(3, 100)
        trials = [("flips", kind) for kind in self.whole for _ in range(batches)]
        trials += [("structured", kind) for kind in self.whole for _ in range(batches)]
        trials += [("newest", "checkpoint"), ("set", "shard")] * self.ground.count(5, 100)
        return trials

    def attempt(self, trial, folder, draw):
        way, kind = trial
        if way == "newest":
            self._resume(folder, draw)
        elif way == "set":
            self._read_set(folder, draw)
        else:
            self._verify(way, kind, folder, draw)

    def _damaged(self, way, kind, draw):
        """Bytes that differ from those of the whole file, and how they came about."""
        while True:
            name, content = (flip if way == "flips" else draw.choice(STRUCTURED))(
                self.whole[kind], self.stale[kind], draw)
            if content != self.whole[kind]:
                return name, content

    def _verify(self, way, kind, folder, draw):
        """Fifty damaged files at once; some of them through the commands that use such files."""
        paths, ways = [], {}
        for number in range(50):
            path = folder / f"{number}.h5"
            name, content = self._damaged(way, kind, draw)
            path.write_bytes(content)
            paths.append(path)
            ways[str(path)] = name
            self.inject(name)
        outcome = self.ground.run("verify", *paths, "--json")
        require(outcome.code in REFUSED, f"{outcome}")
        silent = [ways[found["path"]] for found in json.loads(outcome.output) if found["intact"]]
        require(not silent, f"not found: {silent}")
        readers = [["inspect"], ["evaluate"] if kind == "checkpoint" else
                   ["evaluate", self.tiny.reference, "--episodes", 4, "--task-set"]]
        for path in paths[:4]:
            for reader in readers:
                outcome = self.ground.run(*reader, path)
                require(outcome.code in REFUSED, f"{reader[0]} of a file with {ways[str(path)]}: {outcome}")

    def _resume(self, folder, draw):
        shutil.copytree(self.tiny.reference, folder / "run")
        newest = checkpoints(folder / "run")[-1]
        # A whole file under the name of another step is damage, too.
        name, content = ("another step's file", self.stale["checkpoint"]) if draw.random() < 0.3 else self._damaged(
            draw.choice(["flips", "structured"]), "checkpoint", draw)
        newest.write_bytes(content)
        self.inject(f"newest: {name}")
        outcome = self.tiny.finish(folder, everything=True)
        require(newest.name in outcome.messages, f"a damaged checkpoint was passed over in silence: {outcome}")

    def _read_set(self, folder, draw):
        self.set.arrange(folder)
        shard = folder / "set" / "shard-00001.h5"
        name, content = ("another set's shard", self.stale["shard"]) if draw.random() < 0.3 else self._damaged(
            draw.choice(["flips", "structured"]), "shard", draw)
        shard.write_bytes(content)
        self.inject(f"set: {name}")
        for command in (["verify", folder / "set"],
                        ["evaluate", self.tiny.reference, "--task-set", folder / "set"]):
            outcome = self.ground.run(*command)
            require(outcome.code in REFUSED, f"{command[0]} of a set with {name}: {outcome}")


def flip(whole, stale, draw):
    content = bytearray(whole)
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    return "bit flipped", bytes(content)


def cut(whole, stale, draw):
    return "cut", whole[:draw.randrange(len(whole) // SECTOR + 1) * SECTOR]


def lose_page(whole, stale, draw):
    start = draw.randrange(len(whole) // PAGE + 1) * PAGE
    content = bytearray(whole)
    content[start:start + PAGE] = bytes(len(content[start:start + PAGE]))
    return "page lost", bytes(content)


def swap(whole, stale, draw):
    first, second = (draw.randrange(len(whole) // SECTOR) * SECTOR for _ in range(2))
    content = bytearray(whole)
    content[first:first + SECTOR], content[second:second + SECTOR] = (
        whole[second:second + SECTOR], whole[first:first + SECTOR])
    return "sectors swapped", bytes(content)


def append(whole, stale, draw):
    return "bytes appended", whole + draw.randbytes(draw.randrange(1, PAGE))


def graft(whole, stale, draw):
    # Not all of them: a whole file of another step is damage only under the name of this one.
    start = draw.randrange(1, len(whole) // SECTOR) * SECTOR
    return "stale sectors", whole[:start] + stale[start:]


STRUCTURED = [cut, lose_page, swap, append, graft]
