#!/usr/bin/env python3
"""Has files read that were made to harm, and sees that they are refused in the way that is promised.

usage: check-hostile.py --manabi PROGRAM --scratch DIRECTORY

HDF5 files with every feature that reaches beyond them or claims more than they hold, tables and images that claim too much
or never end, devices and pipes in the place of files. Each has to be refused with exit code 65, one line on standard error
without control characters, and nothing written; HDF5 within 64 MiB of memory, others within 64 MiB and four times the size
of the file, and in no more processor time than it takes here to read a table of 100 MB to its end.

Needs h5py. Exits with 1 and a line for each breach.
"""

import argparse
import gzip
import math
import os
import pathlib
import shutil
import struct
import sys
import time
import zlib

import h5py
import numpy

import hostile

TABLES, ROWS, FEATURES = 40, 12, 5
ESCAPE = "\x1b[31mred\x1b[0m\nsecond line\x07"
MEBIBYTE = 1 << 20


def write_dump(path, skip=(), **options):
    """A dump that is in order, but for what is left out."""
    generator = numpy.random.default_rng(7)
    arrays = {
        "X": generator.normal(size=(TABLES, ROWS, FEATURES)).astype("f4"),
        "y": generator.integers(0, 3, (TABLES, ROWS)).astype("f4"),
        "num_features": numpy.full(TABLES, FEATURES, "i4"),
        "single_eval_pos": numpy.full(TABLES, 6, "i4"),
        "max_num_classes": numpy.array([3]),
    }
    with h5py.File(path, "w", **options) as file:
        for name, values in arrays.items():
            if name not in skip:
                file[name] = values
        if "problem_type" not in skip:
            file.create_dataset("problem_type", data="classification", dtype=h5py.string_dtype())


# MARK: Features of HDF5. Each gets a dump without X.


def external_link(file, scratch):
    file["X"] = h5py.ExternalLink(scratch / "good.h5", "/X")


def external_storage(file, scratch):
    (scratch / "secret").write_bytes(b"secret" * 1600)
    file.create_dataset("X", (TABLES, ROWS, FEATURES), "f4", external=[(str(scratch / "secret"), 0, 9600)])


def virtual(file, scratch):
    layout = h5py.VirtualLayout((TABLES, ROWS, FEATURES), "f4")
    layout[:] = h5py.VirtualSource(str(scratch / "good.h5"), "X", (TABLES, ROWS, FEATURES))
    file.create_virtual_dataset("X", layout)


def soft_link_loop(file, _):
    file["X"] = h5py.SoftLink("/other")
    file["other"] = h5py.SoftLink("/X")


def soft_link_to_link(file, scratch):
    file["door"] = h5py.ExternalLink(scratch / "good.h5", "/")
    file["X"] = h5py.SoftLink("/door/X")


def unknown_filter(file, _):
    file.create_dataset("X", data=numpy.zeros((TABLES, ROWS, FEATURES), "f4"), chunks=True, scaleoffset=2)


def missing_plugin(file, _):
    chunked(file, lambda plist: plist.set_filter(305, h5py.h5z.FLAG_OPTIONAL, (1, 2)), b"x" * 1920)


def packed_twice(file, _):
    def filters(plist):
        plist.set_deflate(9)
        plist.set_deflate(9)

    chunked(file, filters, zlib.compress(zlib.compress(bytes(1920))))


def terabyte(file, _):
    file.create_dataset("X", (1 << 28, 32, 32), "f4")


def terabyte_of_chunks(file, _):
    file.create_dataset("X", (1 << 28, 32, 32), "f4", chunks=(64, 32, 32), compression="gzip")


def chunks_beyond_the_file(file, _):
    # 400 MiB a chunk, of which the file holds a hundred bytes.
    chunked(file, lambda plist: plist.set_deflate(9), zlib.compress(bytes(99)), (TABLES, 1 << 12, 640), TABLES)


def deflate_bomb(file, _):
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(MEBIBYTE)) for _ in range(1024)) + packer.flush()
    chunked(file, lambda plist: plist.set_deflate(9), bomb)


def lzf_claim(file, _):
    claim = (4, 261, 0x1FFFFFFF)
    chunked(file, lambda plist: plist.set_filter(h5py.h5z.FILTER_LZF, h5py.h5z.FLAG_OPTIONAL, claim), b"\x00" * 99)


def damaged_chunk(file, _):
    chunked(file, lambda plist: plist.set_deflate(9), b"no deflate at all")


def chunked(file, filters, contents, shape=(TABLES, ROWS, FEATURES), rows=8):
    """Makes X of chunks that hold `contents` as they are."""
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_chunk((rows, *shape[1:]))
    filters(plist)
    space = h5py.h5s.create_simple(shape)
    dataset = h5py.h5d.create(file.id, b"X", h5py.h5t.IEEE_F32LE, space, plist)
    for start in range(0, shape[0], rows):
        dataset.write_direct_chunk((start, 0, 0), contents)


def nested_groups(file, _):
    group = file
    for _ in range(10_000):
        group = group.create_group("X")


def many_attributes(file, _):
    file["X"] = numpy.zeros((TABLES, ROWS, FEATURES), "f4")
    space = h5py.h5s.create(h5py.h5s.SCALAR)
    for number in range(50_000):
        h5py.h5a.create(file["X"].id, b"attribute %d" % number, h5py.h5t.STD_I32LE, space)


def cyclic_groups(file, _):
    for name in ("X", "X/a", "X/b"):
        file.create_group(name)
    file["X/a/again"] = file["X"]
    file["X/b/again"] = file["X"]


def compound(file, _):
    file["X"] = numpy.zeros(TABLES, [("a", "f4"), ("b", "i8")])


def ragged(file, _):
    rows = file.create_dataset("X", (TABLES,), h5py.vlen_dtype("f4"))
    rows[0] = [1, 2, 3]


def no_extents(file, _):
    file["X"] = h5py.Empty("f4")


def many_axes(file, _):
    file["X"] = numpy.zeros((1,) * 32, "f4")


def huge_elements(file, _):
    file.create_dataset("X", (4,), "S1073741824")


def odd_names(file, _):
    for name in (ESCAPE, "..", "a" * 60_000, "\u202eevil", "X\u2028y"):
        file.create_group(name)["X"] = numpy.zeros(3)
        file[name].create_dataset(ESCAPE, data=numpy.zeros(3))


def huge_text(file, _):
    file["X"] = numpy.zeros((TABLES, ROWS, FEATURES), "f4")
    del file["problem_type"]
    file.create_dataset("problem_type", data=b"x" * (1 << 20), dtype="S1048576")


def escaping_text(file, _):
    file["X"] = numpy.zeros((TABLES, ROWS, FEATURES), "f4")
    del file["problem_type"]
    file.create_dataset("problem_type", data=ESCAPE, dtype=h5py.string_dtype())


FEATURES_OF_HDF5 = [
    external_link, external_storage, virtual, soft_link_loop, soft_link_to_link, unknown_filter, missing_plugin,
    packed_twice, terabyte, terabyte_of_chunks, chunks_beyond_the_file, deflate_bomb, lzf_claim, damaged_chunk,
    nested_groups, many_attributes, cyclic_groups, compound, ragged, no_extents, many_axes, huge_elements, odd_names,
    huge_text, escaping_text,
]


def hdf5_files(scratch):
    """The files, by name."""
    good = scratch / "good.h5"
    write_dump(good)
    for spoil in FEATURES_OF_HDF5:
        path = scratch / f"{spoil.__name__}.h5"
        # Attributes beyond the header, and links other than hard ones, take the newer formats.
        write_dump(path, skip=("X",), libver="latest" if spoil is many_attributes else "earliest")
        with h5py.File(path, "r+", libver="latest" if spoil is many_attributes else "earliest") as file:
            spoil(file, scratch)
        yield path
    contents = good.read_bytes()
    for share in (10, 50, 90, 99):
        path = scratch / f"cut_to_{share}_percent.h5"
        path.write_bytes(contents[: len(contents) * share // 100])
        yield path
    # The length of the text in front of its place in the heap.
    claim = contents.replace(struct.pack("<IQ", 14, contents.index(b"GCOL")), struct.pack("<IQ", 0x7FFFFFF0, contents.index(b"GCOL")))
    yield patched(scratch, "huge_length_of_text.h5", contents, claim)
    yield patched(scratch, "name_with_nul.h5", contents, contents.replace(b"num_features", b"num\0features"))
    link = bytearray((scratch / "external_link.h5").read_bytes())
    # An external link is of type 64; what is above belongs to users.
    place = link.rindex(b"\x40", 0, link.index(b"good.h5"))
    link[place] = 77
    yield patched(scratch, "user_defined_link.h5", (scratch / "external_link.h5").read_bytes(), bytes(link))


def patched(scratch, name, before, after):
    if before == after:
        sys.exit(f"check-hostile: nothing was found to change for {name}")
    (scratch / name).write_bytes(after)
    return scratch / name


# MARK: The checks


class Check:
    def __init__(self, program, scratch):
        self.program, self.scratch = program, scratch
        self.faults = []
        self.count = 0
        # Processor time in which a table of 100 MB is read, which differs from machine to machine.
        self.reading_seconds = math.inf

    def refused(self, arguments, mentions=(), statuses=(65,), mebibytes=64, quiet=False):
        outcome = hostile.run([self.program, *arguments], self.scratch)
        self.count += 1
        found = outcome.faults(statuses, self.reading_seconds, mebibytes)
        text = outcome.message + outcome.output
        found += [f"{outcome.command}: `{mention}` is not in: {text[:300]}" for mention in mentions if mention not in text]
        if "secret" in outcome.output or (self.scratch / "refused").exists():
            found.append(f"{outcome.command}: something came out")
            shutil.rmtree(self.scratch / "refused", ignore_errors=True)
        self.faults += found
        for fault in found:
            print(f"FAULT {fault}", flush=True)
        if not quiet:
            print(f"  {outcome.processor_seconds:5.2f} s {outcome.peak_mebibytes:4.0f} MiB  "
                  f"{outcome.message.removeprefix('manabi: ')[:160]}", flush=True)
        return outcome

    def refused_table(self, name, contents):
        path = self.scratch / name
        path.write_bytes(contents)
        outcome = self.refused(["preview", *hostile.dataset_family(path, "", "k", "csv")], [name],
                               mebibytes=64 + 4 * len(contents) / MEBIBYTE)
        path.unlink()
        return outcome

    def whole_table(self):
        """A table whose every cell is in order but one of the last row: nothing takes longer to refuse."""
        print("a table that is read to its end")
        contents = b"a,k\n" + b"1,2\n" * (100 * MEBIBYTE // 4) + b"one,2\n"
        self.reading_seconds = self.refused_table("last.csv", contents).processor_seconds

    def hdf5(self):
        """Returns the largest peak of memory, in MiB."""
        outcomes = []
        for path in hdf5_files(self.scratch):
            print(path.name)
            outcomes.append(self.refused(["import", path, "--output", self.scratch / "refused"], [path.name]))
            images = "/".join(["X"] * 10_000) if path.stem == "nested_groups" else "X"
            is_text = path.stem in ("huge_text", "escaping_text", "huge_length_of_text", "name_with_nul")
            # What is wrong with these does not concern X, whose classes need not be those of tables.
            outcomes.append(self.refused(
                ["preview", *hostile.dataset_family(path, images, "num_features")],
                statuses=(0, 65, 78) if is_text else (65,), quiet=is_text))
            for name in ("none-such", "../X", "door/X"):
                outcomes.append(self.refused(["preview", *hostile.dataset_family(path, name, "y")], [path.name], quiet=True))
        return max(outcome.peak_mebibytes for outcome in outcomes)

    def texts(self):
        """Tables and images of 100 MB."""
        print("tables and images of 100 MB")
        size = 100 * MEBIBYTE
        noise = numpy.random.default_rng(3).integers(33, 127, size, "u1").tobytes()
        head = bytes([0, 0, 8, 3]) + struct.pack(">III", 1 << 31, 28, 28)
        packer = zlib.compressobj(9, wbits=31)
        bomb = packer.compress(bytes([0, 0, 8, 3]) + struct.pack(">III", 10, 28, 28))
        bomb += b"".join(packer.compress(bytes(MEBIBYTE)) for _ in range(2048)) + packer.flush()
        labels = self.scratch / "labels"
        labels.write_bytes(bytes([0, 0, 8, 1]) + struct.pack(">I", 10) + bytes(10))
        lines = b"".join(noise[start : start + 76] + b"\n" for start in range(0, 90 * MEBIBYTE, 76)).replace(b'"', b"'").replace(b",", b";")
        samples = {
            "bytes.csv": numpy.random.default_rng(4).integers(0, 256, size, "u1").tobytes(),
            "rubbish.csv": noise, "line.csv": b"a" * size, "cells.csv": b"1," * (size // 2),
            "lines.csv": lines, "quoted.csv": b'a,k\n"' + b"x\n" * (size // 2),
            "columns.csv": b",".join(b"c%d" % i for i in range(1 << 18)) + b"\n1,2\n",
            "numbers.csv": b"a,k\n" + b"1,2\n" * (size // 4) + b"1,2,3\n",
            "escapes.csv": b"a,k\n" + ESCAPE.encode().replace(b"\n", b"") * 9 + b",2\n",
        }
        for name, contents in samples.items():
            self.refused_table(name, contents)
        images = {
            "rubbish": noise, "claim": head + noise, "short-claim": head, "bomb.gz": bomb,
            "packed-rubbish.gz": gzip.compress(noise[: 10 * MEBIBYTE], 1),
            "packed-claim.gz": gzip.compress(head + noise[: 10 * MEBIBYTE], 1),
            "cut.gz": gzip.compress(head, 9)[:-9], "large-head": bytes([0, 0, 8, 255]) + bytes([255]) * 1020,
        }
        for name, contents in images.items():
            path = self.scratch / name
            path.write_bytes(contents)
            for places in ((path, labels), (labels, path)):
                self.refused(["preview", *hostile.dataset_family(None, *places, "idx")],
                             mebibytes=64 + 4 * len(contents) / MEBIBYTE)
            path.unlink()

    def devices(self, checkpoint):
        """What never ends, in the place of every file that a command takes."""
        print("devices and pipes")
        pipe = self.scratch / "pipe"
        os.mkfifo(pipe)
        table = self.scratch / "table.csv"
        table.write_text("a,k\n1,x\n2,y\n")
        for path in (pipe, "/dev/zero", "/dev/stdin", self.scratch):
            for arguments in (
                ["import", path, "--output", self.scratch / "refused"], ["inspect", path], ["train", path],
                ["export", path, "--output", self.scratch / "refused"], ["evaluate", path], ["recipe", "show", path],
                ["evaluate", checkpoint, "--task-set", path], ["evaluate", checkpoint, "--family", path],
                ["predict", path, "--context", table, "--query", table, "--target", "k"],
                ["predict", checkpoint, "--context", path, "--query", table, "--target", "k"],
                ["predict", checkpoint, "--context", table, "--query", path, "--target", "k"],
                ["preview", path], ["families", path], ["tournament", path], ["verify", path],
                ["generate", path, "--episodes", "1", "--output", self.scratch / "refused"],
                ["train", "smoke", "--name", "refused", "--runs", self.scratch, "--set", f"taskSet={path}"],
                *(["preview", *hostile.dataset_family(path, images, labels, kind)] for images, labels, kind in (
                    (path, path, "idx"), ("X", "y", "csv"), ("X", "y", "hdf5"))),
            ):
                # A directory is a run without checkpoints, or no recipe; `verify` prints on standard output.
                statuses = (64, 65, 66, 78) if path == self.scratch or arguments[0] in ("families", "verify") else (65,)
                if arguments[0] == "verify":
                    outcome = hostile.run([self.program, *arguments], self.scratch)
                    if outcome.status not in statuses:
                        self.faults.append(f"{outcome.command}: ended with {outcome.status}")
                    continue
                self.refused(arguments, statuses=statuses, quiet=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.strip().split("\n")[2].removeprefix("usage: "))
    parser.add_argument("--manabi", type=pathlib.Path, required=True)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    options = parser.parse_args()
    shutil.rmtree(options.scratch, ignore_errors=True)
    options.scratch.mkdir(parents=True)
    start = time.monotonic()
    check = Check(options.manabi.resolve(), options.scratch.resolve())
    accepted = check.scratch / "good.h5"
    write_dump(accepted)
    outcome = hostile.run([check.program, "import", accepted, "--output", check.scratch / "good"], check.scratch)
    if outcome.status:
        sys.exit(f"check-hostile: a file that is in order was refused: {outcome.message}")
    check.whole_table()
    hdf5_peak = check.hdf5()
    check.texts()
    trained = hostile.run(
        [check.program, "train", "quickstart-classification", "--steps", "1", "--name", "run", "--runs", check.scratch],
        check.scratch, limit=300)
    if trained.status:
        sys.exit(f"check-hostile: {trained.message}")
    check.devices(check.scratch / "run")
    print(f"check-hostile: {check.count} attempts in {time.monotonic() - start:.0f} s, {len(check.faults)} faults; "
          f"HDF5 files took at most {hdf5_peak:.0f} MiB")
    if check.faults:
        sys.exit("\n".join(check.faults))


main()
