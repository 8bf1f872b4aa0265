#!/usr/bin/env python3
"""Makes Tests/StorageTests/Datasets/foreign.h5, an HDF5 file as other programs write them.

Needs h5py. The tests of Storage state what the file holds.
"""

import pathlib

import h5py
import numpy as np

PATH = pathlib.Path(__file__).resolve().parent.parent / "Tests/StorageTests/Datasets/foreign.h5"

images = np.arange(36, dtype=np.uint8).reshape(6, 2, 3) * 7
labels = np.array([3, -1, 3, 12, -1, 12])

PATH.parent.mkdir(parents=True, exist_ok=True)
with h5py.File(PATH, "w", track_order=False) as file:
    file.create_dataset("images", data=images, chunks=(4, 2, 3), compression="gzip",
                        shuffle=True, fletcher32=True)
    file.create_dataset("labels", data=labels.astype(">i2"), chunks=(4,))
    file.create_dataset("column", data=labels.reshape(6, 1).astype(np.float64))
    file.create_dataset("halves", data=labels.astype(np.float32) / 2)
    file.create_dataset("huge", data=np.full(6, 2**64 - 1, dtype=np.uint64))
    file.create_dataset("few", data=labels[:4])
    file.create_dataset("text", data=[f"class {label}" for label in labels])
    file.create_dataset("packed", data=images, compression="lzf")
    file.create_dataset("rounded", data=images, scaleoffset=8)
    file.create_dataset("empty", shape=(0, 2, 3), dtype=np.float32)
    holes = images.astype(np.float32)
    holes[2, 1, 0] = np.nan
    file.create_dataset("holes", data=holes)
    # Claims far more than the file holds: its chunks were never written.
    file.create_dataset("promise", shape=(6, 1 << 20, 1 << 20), dtype=np.uint8, chunks=(1, 64, 64))
    file.create_dataset("test/images", data=(images / 4).astype(">f8"))
    file["elsewhere"] = h5py.ExternalLink("other.h5", "images")
