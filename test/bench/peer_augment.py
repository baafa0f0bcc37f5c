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
ARTIFACT, ALPHA = gp.ArrayKey("ARTIFACT"), gp.ArrayKey("ALPHA")
VOXEL = gp.Coordinate(40, 4, 4)
SHAPE, PATCH = gp.Coordinate(20, 720, 720), gp.Coordinate(16, 160, 160)


class Memory(gp.BatchProvider):
    """Arrays in memory, read by copying; labels are not interpolatable."""

    def __init__(self, arrays):
        self.arrays = arrays

    def setup(self):
        for key, array in self.arrays.items():
            roi = gp.Roi((0, 0, 0), gp.Coordinate(array.shape) * VOXEL)
            self.provides(key, gp.ArraySpec(roi=roi, voxel_size=VOXEL, interpolatable=key != LABELS, dtype=array.dtype))

    def provide(self, request):
        batch = gp.Batch()
        for key, spec in request.items():
            box = (spec.roi / VOXEL).to_slices()
            full = self.spec[key].copy()
            full.roi = spec.roi
            batch[key] = gp.Array(self.arrays[key][box].copy(), full)
        return batch


def volume():
    """Grey values from 0 to 1 and labels."""
    raw = np.random.default_rng(1).random(SHAPE, dtype=np.float32)
    return Memory({RAW: raw, LABELS: (raw < 0.02).astype(np.uint8)})


def artifacts():
    """Four sections of noise, half of each a disc of artifact."""
    raw = np.random.default_rng(2).random((4, 720, 720), dtype=np.float32)
    y, x = np.indices((720, 720)) - 360
    alpha = np.where(y * y + x * x < 300**2, np.float32(0.7), np.float32(0))
    return Memory({ARTIFACT: raw, ALPHA: np.repeat(alpha[None], 4, axis=0)})


class Defect(gp.DefectAugment):
    """As it is, but that `prepare` returns the request that it has grown, and
    that a pipeline of artifacts is torn down as pipelines are."""

    def prepare(self, request):
        super().prepare(request)
        deps = gp.BatchRequest()
        spec = request[self.intensities].copy()
        if "deformed_slice" in self.slice_to_augmentation.values():
            growth = gp.Coordinate(0, self.deformation_strength, self.deformation_strength) * VOXEL
            spec.roi = spec.roi.grow(growth, growth)
        deps[self.intensities] = spec
        return deps

    def teardown(self):
        self.artifact_source.internal_teardown()


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


def defect(entry):
    """DefectAugment with a source of artifacts, as in gunpowder's CREMI example."""
    source = artifacts() + gp.RandomLocation(min_masked=0.05, mask=ALPHA)
    for inner in entry["artifacts"]["augmentGrey"] + entry["artifacts"]["augment"]:
        source += node(inner, ARTIFACT)
    return Defect(
        RAW,
        prob_missing=entry["probMissing"],
        prob_low_contrast=entry["probLowContrast"],
        prob_artifact=entry["probArtifact"],
        prob_deform=entry["probDeform"],
        contrast_scale=entry["contrastScale"],
        artifact_source=source,
        artifacts=ARTIFACT,
        artifacts_mask=ALPHA,
    )


def node(entry, key=RAW):
    kind = entry["type"]
    if kind == "simple":
        mirror = [1, 2] if entry.get("flipZ") == 0 else None
        return gp.SimpleAugment(mirror_only=mirror, transpose_only=[1, 2])
    if kind == "intensity":
        return gp.IntensityAugment(key, 0.9, 1.1, -0.1, 0.1, slab=(1, -1, -1))
    if kind == "grey":
        return Grey()
    if kind == "simard":
        return Simard()
    if kind == "defect":
        return defect(entry)
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
pipeline = volume() + gp.RandomLocation()
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
