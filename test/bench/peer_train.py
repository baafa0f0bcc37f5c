"""PyTorch's side of the training and inference benchmarks: the same residual
U-Net, the same loss and optimizer, 2 threads. Prints one JSON line a case."""
import argparse, json, resource, time

import torch

from peer_equal import equal_batch
from peer_net import ResUNet, loss_of

parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["train", "infer"])
parser.add_argument("--filters", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--shape", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--layout", choices=["default", "channels_last"], default="default")
parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
parser.add_argument("--checkpoint", action="store_true")
parser.add_argument("--steps", type=int, default=5)
parser.add_argument("--threads", type=int, default=2)
a = parser.parse_args()
bf16 = a.precision == "bf16"

torch.set_num_threads(a.threads)
net = ResUNet(a.filters, recompute=a.checkpoint)
x, y = (torch.from_numpy(v).unsqueeze(1) for v in equal_batch(a.shape))
if a.layout == "channels_last":
    net = net.to(memory_format=torch.channels_last_3d)
    x = x.contiguous(memory_format=torch.channels_last_3d)
optimizer = torch.optim.Adam(net.parameters(), 1e-3, amsgrad=True, weight_decay=1e-6)
net.train(a.mode == "train")
ms, values = [], []
for i in range(a.steps + 1):
    start = time.perf_counter()
    if a.mode == "train":
        optimizer.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            z = net(x)
        loss = loss_of(z.float(), y)
        loss.backward()
        optimizer.step()
        values.append(loss.item())
    else:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            values.append(torch.sigmoid(net(x).float()).mean().item())
    ms.append((time.perf_counter() - start) * 1e3)
print(json.dumps({
    "ms": min(ms[1:]), "medianMs": sorted(ms[1:])[a.steps // 2], "firstMs": ms[0], "values": values[:3],
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "parameters": sum(p.numel() for p in net.parameters()), "torch": torch.__version__,
}))
