"""PyTorch's side of the blending benchmark: a sliding window with Gaussian weights
over a volume in memory, tiles in batches. Prints one JSON line."""
import argparse, time

import numpy as np
import torch

from peer_equal import draw_equal
from peer_measure import tell
from peer_net import ResUNet


def numbers(text):
    return [int(v) for v in text.split(",")]


parser = argparse.ArgumentParser()
parser.add_argument("--filters", type=numbers, required=True)
parser.add_argument("--shape", type=numbers, required=True)
parser.add_argument("--patch", type=numbers, default=[8, 96, 96])
parser.add_argument("--batch", type=int, default=1)
parser.add_argument("--layout", choices=["default", "channels_last"], default="default")
a = parser.parse_args()

torch.set_num_threads(2)
net = ResUNet(a.filters).eval()
layout = torch.channels_last_3d if a.layout == "channels_last" else torch.contiguous_format
net = net.to(memory_format=layout)
image = torch.from_numpy(draw_equal("image", int(np.prod(a.shape))).reshape(a.shape))


def starts(extent, patch):
    last = extent - patch
    return [*range(0, last, patch // 2), last]


def profile(extent):
    offset = np.arange(extent) - (extent - 1) / 2
    values = np.exp(-((offset / (0.125 * extent)) ** 2) / 2)
    return values / values.max()


z, y, x = (profile(extent) for extent in a.patch)
weights = torch.from_numpy((z[:, None, None] * y[:, None] * x + 1e-3).astype(np.float32))
places = [(z, y, x) for z in starts(a.shape[0], a.patch[0])
          for y in starts(a.shape[1], a.patch[1]) for x in starts(a.shape[2], a.patch[2])]


def tile(array, place):
    return array[tuple(slice(at, at + extent) for at, extent in zip(place, a.patch))]


def predict():
    sums, totals = torch.zeros(a.shape), torch.zeros(a.shape)
    with torch.no_grad():
        for i in range(0, len(places), a.batch):
            group = places[i : i + a.batch]
            tiles = torch.stack([tile(image, place) for place in group]).unsqueeze(1)
            said = torch.sigmoid(net(tiles.contiguous(memory_format=layout)))[:, 0]
            for place, one in zip(group, said):
                tile(sums, place).addcmul_(one, weights)
                tile(totals, place).add_(weights)
    return sums / totals


with torch.no_grad():  # kernels are chosen
    net(image[tuple(slice(0, extent) for extent in a.patch)][None, None].contiguous(memory_format=layout))
start = time.perf_counter()
probability = predict()
tell((time.perf_counter() - start) * 1e3, float(probability.double().mean()))
