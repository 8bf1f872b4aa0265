#!/usr/bin/env python3
"""Opens checkpoints and task sets with h5py and xarray, as a user of those libraries would.

usage: check-interop.py FILE...

Needs h5py, xarray and h5netcdf; reads with netCDF4 as well where it is installed. Prints what it
saw. Exits with 1 and a sentence if a file is not what the documentation promises.
"""

import hashlib
import importlib.util
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


def check_arrays(path):
    """Checks every array with h5py: type, finite numbers, a name for each axis."""
    arrays = {}
    with h5py.File(path, "r") as file:
        require(file.userblock_size == USER_BLOCK, f"{path} has no user block of {USER_BLOCK} bytes")

        def visit(name, item):
            if not isinstance(item, h5py.Dataset) or is_scale(item):
                return
            require(
                item.dtype in (numpy.float32, numpy.int32), f"{path}:{name} is of type {item.dtype}"
            )
            require(numpy.isfinite(item[()]).all(), f"{path}:{name} has numbers that are not finite")
            axes = [a for a in item.attrs["dims"].split(",") if a]
            require(len(axes) == item.ndim, f"{path}:{name} names {axes} of {item.ndim} axes")
            for axis, name_of_axis in enumerate(axes):
                require(
                    len(item.dims[axis]) == 1, f"{path}:{name} has no scale on axis {name_of_axis}"
                )
                scale = item.dims[axis][0]
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
    require(isinstance(attributes["family"], str), f"{path} has no text 'family'")
    require(isinstance(attributes["seed"], numpy.integer), f"{path} has no integer 'seed'")
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
            require(dataset.attrs["family"] == attributes["family"], f"{engine} shows no family")
            print(f"  {engine:9} {dict(dataset.sizes)}")
    if is_class:
        with h5py.File(path, "r") as file:
            targets = file["targets"][()]
        classes = int(attributes["classes"])
        require(
            0 <= targets.min() and targets.max() < classes, f"{path} has targets beyond its classes"
        )


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__.strip())
    checks = {"checkpoint": check_checkpoint, "task-set": check_task_set}
    for path in sys.argv[1:]:
        kind = read_seal(path)
        require(kind in checks, f"{path} is of an unknown kind, {kind}")
        checks[kind](path)
    print("check-interop: everything is as documented")


main()
