"""The peers' side of the metrics benchmark: `peer_metrics.py CASE FOLDER
SECONDS`, with the input that metrics.ts left in the folder; scipy, and
scikit-learn for average precision."""
import json, pathlib, sys

import numpy as np

from peer_measure import milliseconds_of, tell

name, folder, seconds = sys.argv[1], pathlib.Path(sys.argv[2]), float(sys.argv[3])
if name == "averagePrecision":
    from sklearn.metrics import average_precision_score
else:
    from scipy.ndimage import distance_transform_edt, label

plan = json.loads((folder / "input.json").read_text())
shape, voxel_nm = plan["shapeVox"], plan["voxelNm"]
truth = np.fromfile(folder / "target.u8", np.uint8).reshape(shape) != 0
probability = np.fromfile(folder / "probability.f32", np.float32).reshape(shape)
called = probability >= np.float32(plan["threshold"])


def distances():
    return distance_transform_edt(~truth, sampling=voxel_nm).sum()


def components():
    return label(called, structure=np.ones((3, 3, 3)))[1]


def average_precision():
    return average_precision_score(truth.ravel(), probability.ravel())


def cremi():
    """As cremi_python's Clefts: means, deviations, maxima, false voxels, both ways."""
    proposal = probability >= np.float32(plan["threshold"])

    def far(of, to):
        nm = distance_transform_edt(~to, sampling=voxel_nm)[of]
        return nm.mean(), nm.std(), nm.max(), np.sum(nm > 200)

    return (far(proposal, truth)[0] + far(truth, proposal)[0]) / 2


work = {"distances": distances, "components": components, "averagePrecision": average_precision, "cremi": cremi}[name]
results = []
ms = milliseconds_of(lambda _: results.append(float(work())), seconds)
tell(ms, results[-1])
