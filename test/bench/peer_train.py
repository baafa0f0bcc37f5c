"""PyTorch's side of the training and inference benchmarks: the same residual
U-Net, the same loss and optimizer, 2 threads. Prints one JSON line a case."""
import argparse, json, resource, time

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint


def conv(kernel, inputs, outputs, bias):
    return nn.Conv3d(inputs, outputs, kernel, padding=tuple(k // 2 for k in kernel), bias=bias)


class Block(nn.Module):
    def __init__(self, kernel, inputs, outputs):
        super().__init__()
        self.c = nn.ModuleList([conv(kernel, inputs if i == 0 else outputs, outputs, False) for i in range(3)])
        self.n = nn.ModuleList([nn.BatchNorm3d(outputs) for _ in range(3)])

    def forward(self, x):
        r = F.relu(self.n[0](self.c[0](x)))
        y = F.relu(self.n[1](self.c[1](r)))
        return F.relu(r + self.n[2](self.c[2](y)))


class ResUNet(nn.Module):
    def __init__(self, filters, flat=3, recompute=False):
        super().__init__()
        self.recompute = recompute
        levels = len(filters)
        kernels = [(1, 3, 3) if i < flat else (3, 3, 3) for i in range(levels)]
        self.pools = [(1, 2, 2) if i < flat else (2, 2, 2) for i in range(levels - 1)]
        self.encoder = nn.ModuleList([Block(kernels[i], filters[i - 1] if i else 1, filters[i]) for i in range(levels)])
        self.up = nn.ModuleList([conv((3 if p[0] > 1 else 1, 3, 3), filters[i + 1], filters[i], True) for i, p in enumerate(self.pools)])
        self.decoder = nn.ModuleList([Block(kernels[i], filters[i], filters[i]) for i in range(levels - 1)])
        self.head = conv(kernels[0], filters[0], 1, True)

    def through(self, block, x):
        return checkpoint(block, x, use_reentrant=False) if self.recompute else block(x)

    def forward(self, x):
        skips = []
        for i, block in enumerate(self.encoder):
            if i:
                x = F.max_pool3d(x, self.pools[i - 1])
            x = self.through(block, x)
            skips.append(x)
        for i in reversed(range(len(self.pools))):
            x = F.interpolate(x, scale_factor=self.pools[i], mode="trilinear", align_corners=False)
            x = self.through(self.decoder[i], F.relu(self.up[i](x) + skips[i]))
        return self.head(x)


def loss_of(z, y):
    share = y.mean().clamp(min=1e-4)
    weight = y * (1 - share) / share + (1 - y)
    p = torch.sigmoid(z)
    dice = 1 - (2 * (p * y).sum() + 1) / (p.sum() + y.sum() + 1)
    return dice + F.binary_cross_entropy_with_logits(z, y, weight)


parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["train", "infer"])
parser.add_argument("--filters", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--shape", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--layout", choices=["default", "channels_last"], default="default")
parser.add_argument("--bf16", action="store_true")
parser.add_argument("--checkpoint", action="store_true")
parser.add_argument("--steps", type=int, default=5)
parser.add_argument("--threads", type=int, default=2)
a = parser.parse_args()

torch.set_num_threads(a.threads)
torch.manual_seed(0)
net = ResUNet(a.filters, recompute=a.checkpoint)
batch, *dims = a.shape
x = torch.randn(batch, 1, *dims)
y = (torch.rand(batch, 1, *dims) > 0.98).float()
if a.layout == "channels_last":
    net = net.to(memory_format=torch.channels_last_3d)
    x = x.contiguous(memory_format=torch.channels_last_3d)
optimizer = torch.optim.Adam(net.parameters(), 1e-3, amsgrad=True, weight_decay=1e-6)
net.train(a.mode == "train")
ms = []
for i in range(a.steps + 1):
    start = time.perf_counter()
    if a.mode == "train":
        optimizer.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
            z = net(x)
        loss = loss_of(z.float(), y)
        loss.backward()
        optimizer.step()
        loss.item()
    else:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
            torch.sigmoid(net(x).float()).sum().item()
    ms.append((time.perf_counter() - start) * 1e3)
print(json.dumps({
    "ms": min(ms[1:]), "medianMs": sorted(ms[1:])[a.steps // 2], "firstMs": ms[0],
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "parameters": sum(p.numel() for p in net.parameters()), "torch": torch.__version__,
}))
