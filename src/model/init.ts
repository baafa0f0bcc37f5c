import type { Rng } from "@/core/mod.ts";

/** How the first values of a convolution's kernel are drawn. */
export type KernelInit =
  /** Normal with variance 2 / (outputs × taps), for rectifiers (He et al. 2015). */
  | "kaimingFanOut"
  /** Normal with variance 2 / (inputs × taps) (the same). */
  | "kaimingFanIn"
  /** Normal with variance 2 / ((inputs + outputs) × taps) (Glorot and Bengio 2010). */
  | "xavier"
  /** The output channels' filters are orthogonal, of length √2 (Saxe et al. 2014). */
  | "orthogonal";

/** The ways to draw a kernel, as an experiment names them. */
export const kernelInits = [
  "kaimingFanOut",
  "kaimingFanIn",
  "xavier",
  "orthogonal",
] as const satisfies readonly KernelInit[];

/** Draws a kernel of `shape`, `[taps ..., inputs, outputs]`. */
export function drawKernel(
  init: KernelInit,
  shape: readonly number[],
  stream: Rng,
): Float32Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const inputs = shape.at(-2)!, outputs = shape.at(-1)!;
  if (init === "orthogonal") return drawOrthogonal(size, outputs, stream);
  const share = {
    kaimingFanOut: inputs,
    kaimingFanIn: outputs,
    xavier: inputs * outputs / (inputs + outputs),
  }[init];
  const std = Math.sqrt(2 * share / size);
  return Float32Array.from({ length: size }, () => std * stream.normal());
}

/**
 * A matrix `[inputs × taps, outputs]` with orthogonal columns, or orthogonal
 * rows if they are fewer (modified Gram-Schmidt, in 64 bits).
 */
function drawOrthogonal(
  size: number,
  outputs: number,
  stream: Rng,
): Float32Array {
  const fanIn = size / outputs;
  const [count, length] = [Math.min(fanIn, outputs), Math.max(fanIn, outputs)];
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const v = Float64Array.from({ length }, () => stream.normal());
    for (const other of vectors) {
      const along = dot(v, other) / 2; // each has the squared length 2
      for (let k = 0; k < length; k++) v[k]! -= along * other[k]!;
    }
    const scale = Math.sqrt(2 / dot(v, v));
    vectors.push(v.map((value) => value * scale));
  }
  return Float32Array.from({ length: size }, (_, i) => {
    const row = Math.floor(i / outputs), column = i % outputs;
    return fanIn >= outputs ? vectors[column]![row]! : vectors[row]![column]!;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
