"""JAX's side of `bench gpu`: the same residual U-Net, loss and optimizer, as one
would write them there: [N, D, H, W, C], activations in bf16 between convolutions
where that is asked for, the whole step compiled. Prints one JSON line."""
import argparse, json, os, time

os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
import jax
import jax.numpy as jnp
from jax import lax

from peer_equal import equal_batch, equal_kernel
from peer_measure import peak_mib

parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["train", "infer"])
parser.add_argument("--filters", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--shape", type=lambda s: [int(v) for v in s.split(",")], required=True)
parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
parser.add_argument("--precision", choices=["fp32", "tf32", "bf16"], default="fp32")
parser.add_argument("--steps", type=int, default=5)
parser.add_argument("--seconds", type=float, default=float("inf"))
a = parser.parse_args()

try:
    device = jax.devices(a.device)[0]
except RuntimeError as error:
    raise ImportError(f"JAX sees no {a.device}") from error
jax.config.update("jax_default_device", device)
jax.config.update("jax_default_matmul_precision", "highest" if a.precision == "fp32" else "tensorfloat32" if a.precision == "tf32" else "default")
dtype = jnp.bfloat16 if a.precision == "bf16" else jnp.float32
FLAT, levels = 3, len(a.filters)
kernels = [(1, 3, 3) if i < FLAT else (3, 3, 3) for i in range(levels)]
pools = [(1, 2, 2) if i < FLAT else (2, 2, 2) for i in range(levels - 1)]
weights, statistics = {}, {}


def declare_conv(name, kernel, inputs, outputs, bias=True):
    weights[f"{name}/kernel"] = jnp.asarray(equal_kernel(name, (*kernel, inputs, outputs)))
    if bias:
        weights[f"{name}/bias"] = jnp.zeros(outputs)


def declare_block(name, kernel, inputs, outputs):
    for i in range(3):
        unit = f"{name}/conv{i}"
        declare_conv(unit, kernel, inputs if i == 0 else outputs, outputs, bias=False)
        weights[f"{unit}/gamma"], weights[f"{unit}/beta"] = jnp.ones(outputs), jnp.zeros(outputs)
        statistics[f"{unit}/mean"], statistics[f"{unit}/variance"] = jnp.zeros(outputs), jnp.ones(outputs)


for i, filters in enumerate(a.filters):
    declare_block(f"encoder{i}", kernels[i], a.filters[i - 1] if i else 1, filters)
for i, pool in enumerate(pools):
    declare_conv(f"up{i}", (3 if pool[0] > 1 else 1, 3, 3), a.filters[i + 1], a.filters[i])
    declare_block(f"decoder{i}", kernels[i], a.filters[i], a.filters[i])
declare_conv("head", kernels[0], a.filters[0], 1)


def net(w, running, x, is_training):
    updates = {}

    def conv(name, x):
        y = lax.conv_general_dilated(
            x.astype(dtype), w[f"{name}/kernel"].astype(dtype), (1, 1, 1), "SAME",
            dimension_numbers=("NDHWC", "DHWIO", "NDHWC"))
        return y + w[f"{name}/bias"].astype(dtype) if f"{name}/bias" in w else y

    def norm(name, x):
        x = x.astype(jnp.float32)
        if is_training:
            mean = x.mean((0, 1, 2, 3))
            variance = jnp.square(x - mean).mean((0, 1, 2, 3))
            count = x.size // x.shape[-1]
            for key, value in (("mean", mean), ("variance", variance * count / (count - 1))):
                updates[f"{name}/{key}"] = 0.9 * running[f"{name}/{key}"] + 0.1 * value
        else:
            mean, variance = running[f"{name}/mean"], running[f"{name}/variance"]
        return (x - mean) * lax.rsqrt(variance + 1e-5) * w[f"{name}/gamma"] + w[f"{name}/beta"]

    def unit(name, x):
        return norm(name, conv(name, x))

    def block(name, x):
        r = jax.nn.relu(unit(f"{name}/conv0", x)).astype(dtype)
        y = jax.nn.relu(unit(f"{name}/conv1", r)).astype(dtype)
        return jax.nn.relu(r.astype(jnp.float32) + unit(f"{name}/conv2", y)).astype(dtype)

    skips = []
    for i in range(levels):
        if i:
            window = (1, *pools[i - 1], 1)
            x = lax.reduce_window(x, -jnp.inf, lax.max, window, window, "VALID")
        x = block(f"encoder{i}", x)
        skips.append(x)
    for i in reversed(range(levels - 1)):
        n, *extents, c = x.shape
        x = jax.image.resize(x, (n, *(e * f for e, f in zip(extents, pools[i])), c), "linear")
        x = block(f"decoder{i}", jax.nn.relu(conv(f"up{i}", x) + skips[i]))
    return conv("head", x).astype(jnp.float32), updates


def loss_of(w, running, x, y):
    z, updates = net(w, running, x, True)
    p = jax.nn.sigmoid(z)
    dice = 1 - (2 * (p * y).sum() + 1) / (p.sum() + y.sum() + 1)
    each = y * jax.nn.softplus(-z) + (1 - y) * jax.nn.softplus(z)
    return dice + ((1 + 48 * y) * each).mean(), updates


def train_step(state, x, y):
    w, running, mean, square, largest, step = state
    (loss, updates), gradient = jax.value_and_grad(loss_of, has_aux=True)(w, running, x, y)
    step = step + 1
    next_w, next_mean, next_square, next_largest = {}, {}, {}, {}
    for name, value in w.items():
        g = gradient[name] + 1e-6 * value
        m, v = 0.9 * mean[name] + 0.1 * g, 0.999 * square[name] + 0.001 * g * g
        top = jnp.maximum(largest[name], v)
        next_mean[name], next_square[name], next_largest[name] = m, v, top
        next_w[name] = value - 1e-3 / (1 - 0.9**step) * m / (jnp.sqrt(top / (1 - 0.999**step)) + 1e-8)
    return (next_w, updates, next_mean, next_square, next_largest, step), loss


def predict(w, running, x):
    return jax.nn.sigmoid(net(w, running, x, False)[0]).mean()


x, y = (jnp.asarray(v)[..., None] for v in equal_batch(a.shape))
zeros = [{name: jnp.zeros_like(v) for name, v in weights.items()} for _ in range(3)]
state = (weights, statistics, *zeros, jnp.float32(0))
step, forward = jax.jit(train_step, donate_argnums=0), jax.jit(predict)


def train():
    global state
    state, loss = step(state, x, y)
    return float(loss)


def infer():
    return float(forward(weights, statistics, x))


work = train if a.mode == "train" else infer
ms, values, deadline = [], [], 0
for i in range(a.steps + 1):
    start = time.perf_counter()
    values.append(work())
    ms.append((time.perf_counter() - start) * 1e3)
    if i == 0:  # it compiled, and is not in the time
        deadline = time.perf_counter() + a.seconds
    if i >= 2 and time.perf_counter() > deadline:
        break
later = sorted(ms[1:])
memory = device.memory_stats()
print(json.dumps({
    "ms": later[0], "medianMs": later[len(later) // 2], "firstMs": ms[0], "values": values[:3],
    "peakMiB": memory["peak_bytes_in_use"] / 2**20 if memory else peak_mib(),
    "parameters": sum(v.size for v in weights.values()), "versions": {"jax": jax.__version__},
}))
