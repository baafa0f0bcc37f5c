"""The peers' side of the augmentation benchmark: `peer_augment.py ENTRIES
SECONDS`, the entries as our experiments write them, as JSON. gunpowder 1.4.4
where it has the node, else the formula in numpy or scipy, as a node of
gunpowder. One thread; patches leave as arrays of their own, as ours do."""
import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import json, random, sys, warnings

warnings.simplefilter("ignore")

import gunpowder as gp
import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

from peer_measure import milliseconds_of, tell

RAW, LABELS = gp.ArrayKey("RAW"), gp.ArrayKey("LABELS")
VOXEL = gp.Coordinate(40, 4, 4)
SHAPE, PATCH = gp.Coordinate(20, 720, 720), gp.Coordinate(16, 160, 160)


class Memory(gp.BatchProvider):
    """Grey values from 0 to 1 and labels in memory, read by copying."""

    def __init__(self):
        rng = np.random.default_rng(1)
        self.arrays = {RAW: rng.random(SHAPE, dtype=np.float32)}
        self.arrays[LABELS] = (self.arrays[RAW] < 0.02).astype(np.uint8)

    def setup(self):
        roi = gp.Roi((0, 0, 0), SHAPE * VOXEL)
        for key in self.arrays:
            self.provides(key, gp.ArraySpec(roi=roi, voxel_size=VOXEL, interpolatable=key == RAW, dtype=self.arrays[key].dtype))

    def provide(self, request):
        batch = gp.Batch()
        for key, spec in request.items():
            box = (spec.roi / VOXEL).to_slices()
            full = self.spec[key].copy()
            full.roi = spec.roi
            batch[key] = gp.Array(self.arrays[key][box].copy(), full)
        return batch


class Grey(gp.BatchFilter):
    """Contrast, brightness and gamma by section or as a whole, in place."""

    def __init__(self, contrast=0.3, brightness=0.3, skip=0.3):
        self.contrast, self.brightness, self.skip = contrast, brightness, skip

    def process(self, batch, request):
        image = batch[RAW].data
        r = random.random()
        if r <= self.skip:
            return
        for part in [image] if r > 1 - (1 - self.skip) / 2 else image:
            part *= 1 + (random.random() - 0.5) * self.contrast
            part += (random.random() - 0.5) * self.brightness
            np.clip(part, 0, 1, out=part)
            part **= 2.0 ** (random.random() * 2 - 1)


class Simard(gp.BatchFilter):
    """Noise smoothed by a Gaussian displaces the voxels of each section."""

    def process(self, batch, request):
        shape = batch[RAW].data.shape
        alpha, sigma = 2 * shape[2], 0.07 * shape[2]
        dy, dx = (gaussian_filter(np.random.rand(*shape) * 2 - 1, sigma) * alpha for _ in range(2))
        z, y, x = np.meshgrid(*map(np.arange, shape), indexing="ij")
        for key in (RAW, LABELS):
            order = 1 if key == RAW else 0
            batch[key].data = map_coordinates(batch[key].data, [z, y + dy, x + dx], order=order, mode="reflect")


def node(entry):
    kind = entry["type"]
    if kind == "simple":
        return gp.SimpleAugment(transpose_only=[1, 2])
    if kind == "intensity":
        return gp.IntensityAugment(RAW, 0.9, 1.1, -0.1, 0.1, slab=(1, -1, -1))
    if kind == "grey":
        return Grey()
    if kind == "simard":
        return Simard()
    assert kind == "elastic", kind
    return gp.ElasticAugment(
        control_point_spacing=entry["controlPointSpacing"],
        jitter_sigma=entry["jitterSigma"],
        rotation_interval=entry["rotationInterval"],
        prob_slip=entry["probSlip"],
        prob_shift=entry["probShift"],
        max_misalign=entry["maxMisalign"],
        subsample=entry["subsample"],
    )


random.seed(1)
np.random.seed(1)
pipeline = Memory() + gp.RandomLocation()
for entry in json.loads(sys.argv[1]):
    pipeline += node(entry)
request = gp.BatchRequest()
request.add(RAW, PATCH * VOXEL)
request.add(LABELS, PATCH * VOXEL)

with gp.build(pipeline):

    def patch(_):
        batch = pipeline.request_batch(request)
        arrays = [np.ascontiguousarray(batch[key].data) for key in (RAW, LABELS)]
        assert all(array.shape == PATCH for array in arrays)

    tell(milliseconds_of(patch, float(sys.argv[2])))
