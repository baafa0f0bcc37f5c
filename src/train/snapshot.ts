import { type Rng, sha256Hex } from "@/core/mod.ts";
import {
  drawWeight,
  type Network,
  sizeOfWeight,
  type WeightSpec,
} from "@/model/mod.ts";

/** The numbers that make a network predict. */
export interface Values {
  /** The trained weights end to end, in the network's order. */
  readonly weights: Float32Array;
  /** The buffers and frozen weights end to end, in the network's order. */
  readonly buffers: Float32Array;
}

/** All numbers of a training after a step, in the computer's memory. */
export interface Snapshot extends Values {
  /** Steps done. */
  readonly step: number;
  /** What the optimizer keeps, by name; each as long as `weights`. */
  readonly slots: Readonly<Record<string, Float32Array>>;
  /** The mean of the weights, if one is kept: it validates and predicts. */
  readonly mean?: Values;
}

/** Which weights of a network a snapshot's two long arrays hold. */
export function weightsOf(
  network: Network,
): { trained: readonly WeightSpec[]; buffers: readonly WeightSpec[] } {
  return {
    trained: network.weights.filter((w) => w.isTrainable),
    buffers: network.weights.filter((w) => !w.isTrainable),
  };
}

/**
 * The state before the first step: what is `given` of a weight or buffer by its
 * name; the others drawn from the stream at `weight/<name>`.
 */
export function firstSnapshot(
  network: Network,
  { slotNames, given = new Map(), keepsMean = false }: {
    readonly slotNames: readonly string[];
    readonly given?: ReadonlyMap<string, Float32Array>;
    readonly keepsMean?: boolean;
  },
  rng: Rng,
): Snapshot {
  const { trained, buffers } = weightsOf(network);
  const draw = (specs: readonly WeightSpec[]) =>
    joinArrays(
      specs.map((spec) => given.get(spec.name) ?? drawWeight(spec, rng)),
    );
  const values = { weights: draw(trained), buffers: draw(buffers) };
  return {
    step: 0,
    ...values,
    slots: Object.fromEntries(
      slotNames.map((name) => [name, new Float32Array(values.weights.length)]),
    ),
    ...(keepsMean && { mean: values }),
  };
}

/** Lays arrays end to end. */
export function joinArrays(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Cuts a long array into views, one for each weight. */
export function cutArray(
  whole: Float32Array,
  specs: readonly WeightSpec[],
): readonly Float32Array[] {
  let at = 0;
  return specs.map((spec) =>
    whole.subarray(at, at += sizeOfWeight(spec)) as Float32Array
  );
}

/**
 * The hash of each weight and buffer, in the network's order within its kind;
 * then of those of the mean, as `mean/<name>`.
 */
export function hashSnapshot(
  snapshot: Snapshot,
  network: Network,
): readonly { layer: string; sha256: string }[] {
  const kinds = weightsOf(network);
  const hash = (
    prefix: string,
    whole: Float32Array,
    specs: readonly WeightSpec[],
  ) =>
    cutArray(whole, specs).map((part, i) => ({
      layer: prefix + specs[i]!.name,
      sha256: sha256Hex(
        new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
      ),
    }));
  const hashes = (prefix: string, { weights, buffers }: Values) => [
    ...hash(prefix, weights, kinds.trained),
    ...hash(prefix, buffers, kinds.buffers),
  ];
  return [
    ...hashes("", snapshot),
    ...(snapshot.mean ? hashes("mean/", snapshot.mean) : []),
  ];
}
