/**
 * Numbers that both sides of a benchmark make alike, from a name and a count,
 * so that their losses can be compared: `peer_equal.py` does the same.
 *
 * @module
 */
import { crc32 } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { type Network, sizeOfWeight, type WeightSpec } from "@/model/mod.ts";
import { firstSnapshot, type Snapshot } from "@/train/mod.ts";

/** Numbers in [0, 1), each a hash (MurmurHash3's last steps) of name and place. */
export function drawEqual(name: string, count: number): Float32Array {
  const seed = crc32(name);
  return Float32Array.from({ length: count }, (_, i) => {
    let x = (Math.imul(i, 0x9e3779b1) + seed) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 8) / 2 ** 24;
  });
}

/**
 * The snapshot that a training begins with: kernels drawn evenly, with He's
 * variance for their outputs (2015), other weights as they are declared.
 */
export function equalSnapshot(
  network: Network,
  slotNames: readonly string[],
): Snapshot {
  const kernels = network.weights.filter(({ shape }) => shape.length === 5);
  const given = new Map(kernels.map((spec) => [spec.name, kernelOf(spec)]));
  return firstSnapshot(network, { slotNames, given }, openRng(1));
}

/** A batch `[N, D, H, W, 1]`; the target is 1 at a voxel of fifty. */
export function equalBatch(shape: readonly number[]): {
  readonly image: tf.Tensor5D;
  readonly target: tf.Tensor5D;
} {
  const full = [...shape, 1] as tf.ShapeMap["R5"],
    size = tf.util.sizeFromShape(full);
  const isCleft = (v: number) => v > 0.98 ? 1 : 0;
  return {
    image: tf.tensor(drawEqual("image", size), full),
    target: tf.tensor(drawEqual("target", size).map(isCleft), full),
  };
}

function kernelOf(spec: WeightSpec): Float32Array {
  const size = sizeOfWeight(spec);
  const fanOut = size / spec.shape[3]!; // [kd, kh, kw, inputs, outputs]
  const half = Math.sqrt(6 / fanOut);
  return drawEqual(spec.name, size).map((v) => (2 * v - 1) * half);
}
