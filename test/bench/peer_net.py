"""The residual U-Net and its loss in PyTorch, as ours are, with equal first weights."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint

from peer_equal import equal_kernel


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
        for name, module in self.named_modules():
            if isinstance(module, nn.Conv3d):
                draw(module, our_name(name))

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


def our_name(name):
    """The layer that we call encoder0/conv1 is encoder.0.c.1 here."""
    parts = name.split(".")
    return "".join(parts[:2]) + (f"/conv{parts[3]}" if len(parts) == 4 else "")


def draw(module, name):
    o, i, *window = module.weight.shape
    with torch.no_grad():
        module.weight.copy_(torch.from_numpy(equal_kernel(name, (*window, i, o))).permute(4, 3, 0, 1, 2))
        if module.bias is not None:
            module.bias.zero_()


def loss_of(z, y):
    p = torch.sigmoid(z)
    dice = 1 - (2 * (p * y).sum() + 1) / (p.sum() + y.sum() + 1)
    return dice + F.binary_cross_entropy_with_logits(z, y, 1 + 48 * y)
