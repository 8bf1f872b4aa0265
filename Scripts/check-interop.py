#!/usr/bin/env python3
"""Opens checkpoints, task sets and reports with h5py and xarray, as a user of those libraries would.

usage: check-interop.py [--manabi PROGRAM --scratch DIRECTORY] FILE...

With a program it also has dumps of tables imported and exported, and images read, in an empty part of a
directory.

Needs h5py, xarray and h5netcdf; reads with netCDF4 as well where it is installed. Prints what it
saw. Exits with 1 and a sentence if a file is not what the documentation promises.
"""

import argparse
import hashlib
import importlib.util
import pathlib
import shutil
import subprocess
import sys

import h5py
import numpy
import xarray

USER_BLOCK = 512
ENGINES = ["h5netcdf"] + (["netcdf4"] if importlib.util.find_spec("netCDF4") else [])


def require(condition, message):
    if not condition:
        sys.exit(f"check-interop: {message}")


def read_seal(path):
    """Checks the text in front of the image, and the image against its digest; returns the kind."""
    with open(path, "rb") as file:
        block, image = file.read(USER_BLOCK).decode("ascii"), file.read()
    lines = block.rstrip().split("\n")
    require(lines[0] == "Manabi sealed file", f"{path} begins with {lines[0]!r}")
    seal = dict(line.split(": ", 1) for line in lines[1:])
    require(seal["format"] == "1", f"{path} has format {seal['format']}")
    require(int(seal["image-bytes"]) == len(image), f"{path} has {len(image)} bytes behind the seal")
    digest = hashlib.sha256(image).hexdigest()
    require(seal["image-sha256"] == digest, f"{path} has SHA-256 {digest}")
    print(f"{path}: {seal['kind']}, format 1, {len(image)} bytes, sha-256 {digest[:12]}…")
    return seal["kind"]


def is_scale(dataset):
    return dataset.attrs.get("CLASS") == b"DIMENSION_SCALE"


def check_arrays(path, types=(numpy.float32, numpy.int32), is_finite=True):
    """Checks every array with h5py: type, finite numbers, a name for each axis."""
    arrays = {}
    with h5py.File(path, "r") as file:
        require(file.userblock_size == USER_BLOCK, f"{path} has no user block of {USER_BLOCK} bytes")

        def visit(name, item):
            if not isinstance(item, h5py.Dataset) or is_scale(item):
                return
            require(item.dtype in types, f"{path}:{name} is of type {item.dtype}")
            require(
                not is_finite or numpy.isfinite(item[()]).all(),
                f"{path}:{name} has numbers that are not finite",
            )
            axes = [a for a in item.attrs["dims"].split(",") if a]
            require(len(axes) == item.ndim, f"{path}:{name} names {axes} of {item.ndim} axes")
            for axis, name_of_axis in enumerate(axes):
                require(
                    len(item.dims[axis]) == 1, f"{path}:{name} has no scale on axis {name_of_axis}"
                )
                scale = item.dims[axis][0]
                require(
                    h5py.h5ds.is_attached(item.id, scale.id, axis),
                    f"{path}:{name} and the scale on axis {name_of_axis} do not list each other",
                )
                require(
                    scale.shape == (item.shape[axis],),
                    f"{path}:{name} has a scale of shape {scale.shape} on axis {name_of_axis}",
                )
            arrays[name] = (item.dtype.name, item.shape, axes)
            print(f"  h5py      /{name}  {item.dtype.name} {dict(zip(axes, item.shape))}")

        file.visititems(visit)
        return arrays, dict(file.attrs)


def check_checkpoint(path):
    arrays, attributes = check_arrays(path)
    for name in ("step", "seed", "metrics_offset"):
        require(isinstance(attributes[name], numpy.integer), f"{path} has no integer {name!r}")
    for name in ("experiment", "software"):
        require(isinstance(attributes[name], str), f"{path} has no text {name!r}")
    parameters = [name for name in arrays if name.startswith("parameters/")]
    require(parameters, f"{path} has no parameters")
    for engine in ENGINES:
        for name in parameters:
            group, _, leaf = name.rpartition("/")
            _, shape, axes = arrays[name]
            with xarray.open_dataset(path, engine=engine, group=group) as dataset:
                dimensions = tuple(f"{axis}_{size}" for axis, size in zip(axes, shape))
                require(
                    dataset[leaf].dims == dimensions,
                    f"{engine} shows {dataset[leaf].dims} for {path}:{name}, not {dimensions}",
                )
        print(f"  {engine:9} {len(parameters)} parameters with their dimensions")


def check_task_set(path):
    arrays, attributes = check_arrays(path)
    if "family" in attributes:
        require(isinstance(attributes["family"], str), f"{path} has no text 'family'")
        require(isinstance(attributes["seed"], numpy.integer), f"{path} has no integer 'seed'")
    else:
        require(isinstance(attributes["source"], str), f"{path} has neither 'family' nor 'source'")
    for name in ("episodes", "first_episode", "shard", "shards"):
        require(isinstance(attributes[name], numpy.integer), f"{path} has no integer {name!r}")
    is_class = attributes["target"] == "classes"
    expected = {
        "inputs": (("episode", "example", "feature"), "float32"),
        "targets": (("episode", "example"), "int32" if is_class else "float32"),
    }
    if "latents" in arrays:
        expected["latents"] = (("episode", "latent"), "float32")
    for engine in ENGINES:
        with xarray.open_dataset(path, engine=engine) as dataset:
            require(
                set(dataset.data_vars) == set(expected),
                f"{engine} shows the variables {sorted(dataset.data_vars)} of {path}",
            )
            for name, (dimensions, dtype) in expected.items():
                array = dataset[name]
                require(array.dims == dimensions, f"{engine} shows {array.dims} for {path}:{name}")
                require(array.dtype == dtype, f"{engine} shows {array.dtype} for {path}:{name}")
                require(numpy.isfinite(array.values).all(), f"{path}:{name} is not finite")
            for name in ("family", "source"):
                require(
                    dataset.attrs.get(name) == attributes.get(name),
                    f"{engine} shows {dataset.attrs.get(name)} as the {name} of {path}",
                )
            print(f"  {engine:9} {dict(dataset.sizes)}")
    if is_class:
        with h5py.File(path, "r") as file:
            targets = file["targets"][()]
        classes = int(attributes["classes"])
        require(
            0 <= targets.min() and targets.max() < classes, f"{path} has targets beyond its classes"
        )


def check_report(path):
    """Checks that arrays have coordinates, units and meanings, and that xarray shows all of them."""
    arrays, attributes = check_arrays(path, (numpy.float32, numpy.float64), is_finite=False)
    require(arrays, f"{path} has no arrays")
    facts = attributes["facts"].split("\n") if attributes["facts"] else []
    for name in ["title", "software", *facts]:
        require(isinstance(attributes[name], str), f"{path} has no text {name!r}")
    require(set(attributes["arrays"].split("\n")) == set(arrays), f"{path} lists other arrays")
    with h5py.File(path, "r") as file:
        axes = sorted({axis for _, _, names in arrays.values() for axis in names})
        values = {name: file[name][()] for name in arrays}
        coordinates = {
            axis: file[axis].asstr()[()] if h5py.check_string_dtype(file[axis].dtype) else file[axis][()]
            for axis in axes
        }
        for name in [*arrays, *axes]:
            for attribute in ("units", "long_name"):
                text = file[name].attrs[attribute]
                require(isinstance(text, str) and text, f"{path}:{name} has no {attribute}")
    for engine in ENGINES:
        with xarray.open_dataset(path, engine=engine) as dataset:
            require(
                set(dataset.data_vars) == set(arrays) and set(dataset.coords) == set(axes),
                f"{engine} shows {dataset} for {path}",
            )
            for name, (dtype, shape, names) in arrays.items():
                array = dataset[name]
                require(array.dims == tuple(names), f"{engine} shows {array.dims} for {path}:{name}")
                require(array.dtype == dtype, f"{engine} shows {array.dtype} for {path}:{name}")
                require(
                    array.values.tobytes() == values[name].tobytes(), f"{engine}: {path}:{name} differs"
                )
            for axis in axes:
                shown = dataset.coords[axis]
                require(
                    shown.values.tolist() == coordinates[axis].tolist(),
                    f"{engine} shows {shown.values} for the axis {axis} of {path}",
                )
                require(shown.attrs["long_name"], f"{engine} shows no meaning of {axis} of {path}")
            for name in ["title", *facts]:
                require(dataset.attrs[name] == attributes[name], f"{engine}: {path}: other {name}")
            print(f"  {engine:9} {len(arrays)} arrays over {dict(dataset.sizes)}, with coordinates")


def write_dump(path, classes, **x_options):
    """Writes a dump of 90 tables as TFM-Playground does, grown batch by batch; returns its arrays."""
    generator = numpy.random.default_rng(7)
    batch, rows, features, count = 8, 12, 5, 90
    tables = numpy.arange(count)
    row_counts, feature_counts = 6 + tables // batch % 7, 1 + tables // batch % features
    x = numpy.zeros((count, rows, features), numpy.float32)
    y = numpy.zeros((count, rows), numpy.float32)
    for table in tables:
        n, d = row_counts[table], feature_counts[table]
        # Few different numbers, so that compression has something to find.
        x[table, :n, :d] = generator.integers(-3, 4, (n, d)) / 4
        y[table, :n] = generator.integers(0, classes, n) if classes else generator.normal(size=n)
    dump = {
        "X": x, "y": y, "num_features": feature_counts.astype("i4"),
        "num_datapoints": row_counts.astype("i4"),
        "train_test_split_index": (row_counts // 2).astype("i4"),
    }
    with h5py.File(path, "w") as file:
        for name, values in dump.items():
            inner = values.shape[1:]
            dataset = file.create_dataset(
                name, shape=(0, *inner), maxshape=(None, *inner), chunks=(batch, *inner),
                dtype=values.dtype, **(x_options if name == "X" else {}),
            )
            for start in range(0, count, batch):
                dataset.resize(min(start + batch, count), axis=0)
                dataset[start : start + batch] = values[start : start + batch]
        if classes:
            file.create_dataset("max_num_classes", data=numpy.array((classes,)), chunks=(1,))
        file.create_dataset("original_batch_size", data=numpy.array((batch,)), chunks=(1,))
        kind = "classification" if classes else "regression"
        file.create_dataset("problem_type", data=kind, dtype=h5py.string_dtype())
    return dump


def read_shards(directory):
    """The arrays of a task set, all shards together."""
    arrays = {"inputs": [], "targets": [], "latents": []}
    for path in sorted(directory.glob("shard-*.h5")):
        with h5py.File(path, "r") as file:
            for name, parts in arrays.items():
                parts.append(file[name][()])
    require(len(arrays["inputs"]) > 1, f"{directory} has only one shard")
    return {name: numpy.concatenate(parts) for name, parts in arrays.items()}


def run(program, *arguments, status=0):
    result = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    require(
        result.returncode == status,
        f"manabi {' '.join(map(str, arguments))} ended with {result.returncode}: {result.stderr}",
    )
    return result.stderr


def check_import(program, scratch, name, classes, **x_options):
    """Has a dump imported, and the episodes exported again; returns the paths of the shards."""
    dump_path, directory, back = scratch / f"{name}.h5", scratch / name, scratch / f"{name}-back.h5"
    dump = write_dump(dump_path, classes, **x_options)
    rows = 9
    run(program, "import", dump_path, "--output", directory, "--rows", rows, "--shard-size", "4K")
    kept = dump["num_datapoints"] >= rows
    episodes = read_shards(directory)
    latents = [dump[n] for n in ("num_features", "num_datapoints", "train_test_split_index")]
    for array, expected in (
        ("inputs", dump["X"][kept, :rows]), ("targets", dump["y"][kept, :rows]),
        ("latents", numpy.stack(latents, axis=1)[kept]),
    ):
        require(numpy.array_equal(episodes[array], expected), f"{directory}: other {array}")
    run(program, "export", directory, "--output", back)
    check_as_loader(back, episodes, classes)
    print(f"{name}: {kept.sum()} of {len(kept)} tables came in and went out")
    return sorted(directory.glob("shard-*.h5"))


def check_as_loader(path, episodes, classes):
    """Reads a dump in batches, as the loaders of TFM-Playground and nanoTabPFN do."""
    with h5py.File(path, "r") as file:
        require(file["X"].maxshape[0] is None, f"{path}: X cannot grow")
        require(file["X"].chunks is not None, f"{path}: X is not chunked")
        kind = file["problem_type"][()].decode("utf-8")
        require(kind == ("classification" if classes else "regression"), f"{path}: {kind}")
        require(("max_num_classes" in file) == bool(classes), f"{path}: max_num_classes")
        if classes:
            require(file["max_num_classes"][0] == classes, f"{path}: another number of classes")
        require(file["original_batch_size"][0] > 0, f"{path}: no batch size")
        count, batch = file["X"].shape[0], 32
        require(count == len(episodes["inputs"]), f"{path}: {count} tables")
        for start in range(0, count, batch):
            end = start + batch
            d = file["num_features"][start:end].max()
            n = int(file["num_datapoints"][start:end].max())
            x, y = file["X"][start:end, :n, :d], file["y"][start:end, :n]
            require(numpy.array_equal(x, episodes["inputs"][start:end, :, :d]), f"{path}: other X")
            require(numpy.array_equal(y, episodes["targets"][start:end]), f"{path}: other y")
            for name in ("train_test_split_index", "single_eval_pos"):
                split = file[name][start:end][0].item()
                require(split == episodes["latents"][start, 2], f"{path}: another {name}")


def check_refusals(program, scratch):
    """Has dumps imported that reach beyond their file or hold something else than tables."""
    good = scratch / "good.h5"
    dump = write_dump(good, 3)

    def external_link(file):
        file["X"] = h5py.ExternalLink(good, "/X")

    def soft_link(file):
        file["other"] = dump["X"]
        file["X"] = h5py.SoftLink("/other")

    def virtual(file):
        layout = h5py.VirtualLayout(dump["X"].shape, "f4")
        layout[:] = h5py.VirtualSource(str(good), "X", dump["X"].shape)
        file.create_virtual_dataset("X", layout)

    def external_storage(file):
        raw = scratch / "raw"
        raw.write_bytes(dump["X"].tobytes())
        storage = [(str(raw), 0, dump["X"].nbytes)]
        file.create_dataset("X", dump["X"].shape, "f4", external=storage)

    def unknown_filter(file):
        file.create_dataset("X", data=dump["X"], chunks=True, scaleoffset=2)

    def ragged(file):
        rows = file.create_dataset("X", (len(dump["X"]),), h5py.vlen_dtype("f4"))
        rows[0] = [1, 2, 3]

    def group(file):
        file.create_group("X")

    def claimed(file):
        file.create_dataset("X", (1 << 40, 12, 5), "f4", chunks=(8, 12, 5))

    for spoil in (
        external_link, soft_link, virtual, external_storage, unknown_filter, ragged, group, claimed
    ):
        path = scratch / f"{spoil.__name__}.h5"
        shutil.copy(good, path)
        with h5py.File(path, "r+") as file:
            del file["X"]
            spoil(file)
        message = run(program, "import", path, "--output", scratch / "refused", status=65)
        require("/X" in message and path.name in message, f"{path}: {message}")
        require(not (scratch / "refused").exists(), f"{path} was imported")
        print(f"  refused   {message.strip().removeprefix('manabi: ')}")


def write_images(path):
    """A dataset of six images as other programs write them; returns the images and their labels."""
    images = numpy.arange(36, dtype="u1").reshape(6, 2, 3) * 7
    labels = numpy.array([3, -1, 3, 12, -1, 12])
    with h5py.File(path, "w") as file:
        file.create_dataset("images", data=images, chunks=(4, 2, 3), compression="gzip", shuffle=True,
                            fletcher32=True)
        file.create_dataset("labels", data=labels.astype(">i2"), chunks=(4,))
        file.create_dataset("packed", data=images, compression="lzf")
        file.create_dataset("test/images", data=(images / 4).astype(">f8"))
        file.create_dataset("column", data=labels.reshape(6, 1).astype("f8"))
        file.create_dataset("huge", data=numpy.full(6, 2**64 - 1, "u8"))
        file.create_dataset("text", data=[f"class {label}" for label in labels])
        file.create_dataset("rounded", data=images, scaleoffset=8)
        # Claims far more than the file holds: its chunks were never written.
        file.create_dataset("promise", (6, 1 << 20, 1 << 20), "u1", chunks=(1, 64, 64))
        file["elsewhere"] = h5py.ExternalLink("other.h5", "images")
    return images.reshape(6, 6), labels


def check_images(program, scratch):
    """Has the items of a foreign dataset drawn, and those refused that reach beyond it."""
    path, family, drawn = scratch / "images.h5", scratch / "images.yaml", scratch / "drawn.h5"
    images, labels = write_images(path)

    def draw(items, classes, status=0):
        family.write_text(
            f"""kind: datasetClassification
dataset: {{format: hdf5, path: {path}, images: {items}, labels: {classes}, scaling: none}}
inputDimension: 6
classCount: 3
exampleCount: 6
replacement: false
""")
        options = ("--episodes", 2, "--output", drawn, "--force")
        return run(program, "generate", family, *options, status=status)

    # An episode holds all six items, in an order of its own; classes are numbered by their labels.
    shares = numpy.float32(images) / numpy.float32(255)
    numbers = numpy.searchsorted(numpy.unique(labels), labels)
    for items, classes, expected in (
        ("images", "labels", shares), ("packed", "labels", shares),
        ("/test/images", "column", numpy.float32(images / 4)),
    ):
        draw(items, classes)
        with h5py.File(drawn, "r") as file:
            for inputs, targets in zip(file["inputs"][()], file["targets"][()]):
                order = numpy.argsort(inputs[:, 0])
                require(
                    numpy.array_equal(inputs[order], expected)
                    and numpy.array_equal(targets[order], numbers),
                    f"{path}: other items in {items}")
    drawn.unlink()
    for items, classes, mention in (
        ("elsewhere", "labels", "in the file itself"), ("text", "labels", "no numbers"),
        ("images", "text", "no numbers"), ("images", "huge", "beyond"),
        ("rounded", "labels", "filter 6"), ("promise", "labels", "does not hold"),
    ):
        message = draw(items, classes, status=65)
        require(mention in message and path.name in message, f"{items}, {classes}: {message}")
        require(not drawn.exists(), f"{items} was drawn")
    print("images: items came in, and what is none was refused")


def check_exchange(program, scratch):
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    shards = check_import(program, scratch, "lzf", 3, compression="lzf")
    check_import(program, scratch, "lzf-shuffled", 0, compression="lzf", shuffle=True)
    check_import(program, scratch, "gzip", 3, compression="gzip", fletcher32=True)
    check_import(program, scratch, "plain", 0)
    check_refusals(program, scratch)
    check_images(program, scratch)
    return shards


def main():
    parser = argparse.ArgumentParser(usage=__doc__.strip().split("\n")[2].removeprefix("usage: "))
    parser.add_argument("--manabi")
    parser.add_argument("--scratch", type=pathlib.Path)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    paths = list(options.files)
    if options.manabi:
        paths += map(str, check_exchange(options.manabi, options.scratch / "exchange"))
    checks = {
        "checkpoint": check_checkpoint, "task-set": check_task_set, "report": check_report
    }
    for path in paths:
        kind = read_seal(path)
        require(kind in checks, f"{path} is of an unknown kind, {kind}")
        checks[kind](path)
    print("check-interop: everything is as documented")


main()
