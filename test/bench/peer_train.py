"""PyTorch's side of the training and inference benchmarks: the same residual
U-Net, the same loss and optimizer, on the processor or a card. Prints one JSON
line. On a card, memory is what PyTorch allocates once it has chosen its kernels."""
import argparse, json, resource, time

import torch

from peer_equal import equal_batch
from peer_net import ResUNet, loss_of

parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["train", "infer"])
parser.add_argument("--filters", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--shape", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
parser.add_argument("--layout", choices=["default", "channels_last"], default="default")
parser.add_argument("--compile", action="store_true")
parser.add_argument("--precision", choices=["fp32", "tf32", "bf16"], default="fp32")
parser.add_argument("--checkpoint", action="store_true")
parser.add_argument("--steps", type=int, default=5)
parser.add_argument("--seconds", type=float, default=float("inf"))
parser.add_argument("--threads", type=int, default=2)
a = parser.parse_args()

is_card = a.device == "cuda"
if is_card and not torch.cuda.is_available():
    raise ImportError("PyTorch sees no card")
torch.set_num_threads(a.threads)
torch.backends.cudnn.benchmark = True
torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = a.precision != "fp32"
net = ResUNet(a.filters, recompute=a.checkpoint).to(a.device)
x, y = (torch.from_numpy(v).unsqueeze(1).to(a.device) for v in equal_batch(a.shape))
if a.layout == "channels_last":
    net = net.to(memory_format=torch.channels_last_3d)
    x = x.contiguous(memory_format=torch.channels_last_3d)
optimizer = torch.optim.Adam(net.parameters(), 1e-3, amsgrad=True, weight_decay=1e-6, fused=True if is_card else None)
net.train(a.mode == "train")
apply = torch.compile(net) if a.compile else net


def halves():
    return torch.autocast(a.device, dtype=torch.bfloat16, enabled=a.precision == "bf16")


def train():
    optimizer.zero_grad()
    with halves():
        z = apply(x)
    loss = loss_of(z.float(), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def infer():
    with torch.no_grad(), halves():
        return torch.sigmoid(apply(x).float()).mean().item()


work = train if a.mode == "train" else infer
ms, values, deadline = [], [], 0
for i in range(a.steps + 1):
    if is_card and i == min(2, a.steps):
        torch.cuda.reset_peak_memory_stats()
    start = time.perf_counter()
    values.append(work())
    ms.append((time.perf_counter() - start) * 1e3)
    if i == 0:  # it may have compiled for a minute, and is not in the time
        deadline = time.perf_counter() + a.seconds
    if i >= 2 and time.perf_counter() > deadline:
        break
later = sorted(ms[1:])
peak = torch.cuda.max_memory_allocated() / 2**20 if is_card else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({
    "ms": later[0], "medianMs": later[len(later) // 2], "firstMs": ms[0], "values": values[:3], "peakMiB": peak,
    "parameters": sum(p.numel() for p in net.parameters()), "versions": {"torch": torch.__version__},
}))
