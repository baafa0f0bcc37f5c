"""Numbers that both sides of a benchmark make alike: as equal.ts does."""
import zlib

import numpy as np


def draw_equal(name, count):
    with np.errstate(over="ignore"):
        x = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(zlib.crc32(name.encode()))
        x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        return ((x ^ (x >> np.uint32(16))) >> np.uint32(8)).astype(np.float32) / np.float32(2**24)


def equal_kernel(name, shape):
    """The kernel [kd, kh, kw, inputs, outputs] of a layer."""
    size = int(np.prod(shape))
    half = (6 / (size // shape[3])) ** 0.5
    return ((2 * draw_equal(f"{name}/kernel", size).astype(np.float64) - 1) * half).astype(np.float32).reshape(shape)


def equal_batch(shape):
    """Image and target [N, D, H, W]."""
    size = int(np.prod(shape))
    image = draw_equal("image", size).reshape(shape)
    return image, (draw_equal("target", size) > np.float32(0.98)).astype(np.float32).reshape(shape)
