"""The peer's side of the distances benchmark: `peer_distances.py D,H,W`."""
import sys, time

import numpy as np
from scipy.ndimage import distance_transform_edt

from peer_measure import tell

shape = tuple(map(int, sys.argv[1].split(",")))
outside = np.ones(shape, bool)
for beam in range(600):
    z, y, x = (beam * p % n for p, n in zip((7919, 104729, 1299709), shape))
    outside[z : z + 4, y : y + 8, x : x + 60] = False
start = time.perf_counter()
distances = distance_transform_edt(outside, sampling=(40, 4, 4))
ms = (time.perf_counter() - start) * 1e3
tell(ms, float(distances.mean()))
