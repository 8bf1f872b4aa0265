"""R4: the power fails under a file system of its own."""

import fcntl
import os
import pathlib
import shutil
import struct
import subprocess
import time

from campaign import Campaign
from harness import require
from subjects import TaskSetSubject, contents
from tiny_run import TinyRun

SHUTDOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN, `_IOR('X', 125, u32)`."""
WITHOUT_LOG_FLUSH = 2
"""What was not brought to the disk is lost, as when the power fails."""
IMAGE_BYTES = 48 << 20
CUTS = 10
"""In a trial."""


class Disk:
    """An ext4 file system in a file, mounted for as long as the object is used in a `with` statement."""

    def __init__(self, folder):
        self.image, self.path = folder / "image", folder / "disk"

    def __enter__(self):
        self.path.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(IMAGE_BYTES)
        command("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", self.image)
        self.mount()
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "--lazy", self.path], stderr=subprocess.DEVNULL)

    def mount(self):
        command("mount", "-o", "loop", self.image, self.path)

    def cut_power(self):
        directory = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(directory, SHUTDOWN, struct.pack("I", WITHOUT_LOG_FLUSH))
        finally:
            os.close(directory)

    def restart(self):
        """Mounts again what reached the disk. A killed process may need a moment to let go of its files."""
        deadline = time.monotonic() + 10
        while subprocess.run(["umount", self.path], stderr=subprocess.DEVNULL).returncode:
            require(time.monotonic() < deadline, f"{self.path} cannot be unmounted")
            time.sleep(0.02)
        self.mount()


def command(*words):
    result = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    require(result.returncode == 0, f"{words[0]}: {result.stdout.strip()}")


class PowerLoss(Campaign):
    """Injected: an ext4 file system is shut down at a random moment without a flush of its journal, under `manabi train`
    and `manabi generate --force`; the process is killed, the file system mounted again.

    Must hold: every checkpoint reported saved is there and verifies, and so does every other one; a task set whose
    writing ended with 0 is the new one, else it is the old or the new; the run, resumed, ends byte for byte as if nothing
    had been.
    """

    identifier, title = "R4", "power loss on ext4"

    def obstacle(self):
        if self.ground.quick:
            return "not in the quick tier"
        if not self.ground.is_root:
            return "needs root for a loop device"
        return None if shutil.which("mkfs.ext4") else "no mkfs.ext4 here"

    def prepare(self):
        self.tiny = TinyRun(self.ground)
        self.set = TaskSetSubject(self.ground, is_file=False)
        # Whether loop devices work here at all is told by the first one, not by a failed trial.
        folder = self.ground.folder(self.identifier, "probe")
        with Disk(folder):
            pass
        shutil.rmtree(folder)

    def trials(self):
        return ["train", "train", "train", "generate"] * self.ground.count(1, 5)

    def attempt(self, trial, folder, draw):
        with Disk(folder) as disk:
            if trial == "train":
                self._train(disk, draw)
            else:
                self._generate(disk, draw)

    def _train(self, disk, draw):
        reported, part = set(), 0
        for _ in range(CUTS):
            runs = disk.path / f"{part}"
            process = self.tiny.start(runs, "--workers", draw.choice([1, 2]))
            time.sleep(draw.uniform(0, 0.6))
            disk.cut_power()
            outcome = process.kill()
            disk.restart()
            self.inject("power cuts in training")
            reported.update(path.rsplit("/", 1)[-1] for path in outcome.saved)
            if (runs / "run").exists():
                self.tiny.check_survivors(runs, outcome)
            lost = [name for name in reported if not (runs / "run" / name).exists()]
            require(not lost, f"reported saved and gone: {lost}")
            if outcome.code == 0:
                self._end(runs)
                shutil.rmtree(runs)
                reported, part = set(), part + 1
        self._end(disk.path / f"{part}")

    def _end(self, runs):
        self.tiny.finish(runs, everything=True)
        self.note("identical ends")

    def _generate(self, disk, draw):
        self.set.arrange(disk.path)
        os.sync()
        for _ in range(CUTS):
            process = self.ground.start(*self.set.command(disk.path))
            time.sleep(draw.uniform(0, 0.12))
            disk.cut_power()
            outcome = process.kill()
            disk.restart()
            self.inject("power cuts in generate")
            found = contents(disk.path / self.set.target)
            expected = ["new"] if outcome.code == 0 else ["old", "new"]
            require(found in [self.set.sets[name] for name in expected], f"neither the old set nor the new; {outcome}")
            again = self.ground.run(*self.set.command(disk.path))
            require(again.code == 0, f"the set could not be written afterwards: {again}")
            shutil.rmtree(disk.path / self.set.target)
            self.set.arrange(disk.path)
            os.sync()

    def clean(self):
        """Unmounts what a failure left mounted; detaching the loop device follows from it."""
        for line in pathlib.Path("/proc/mounts").read_text().splitlines():
            place = line.split()[1]
            if place.startswith(str(self.ground.scratch / self.identifier)):
                subprocess.run(["umount", "--lazy", place])
