import * as tf from "@tensorflow/tfjs-core";
import type { Layer, Seen } from "./_layer.ts";
import type { Flow } from "./flow.ts";
import type { Scope } from "./weights.ts";

/** Parts by name, in the order of their weights. */
export type Parts = Readonly<Record<string, Layer>>;

/**
 * A layer made of others, each under its name. `lead` tells once which way
 * features go: what is computed and what the layer sees both follow from it.
 */
export function compose(
  parts: Parts,
  lead: <F>(flow: Flow<F>, features: F) => F,
): Layer {
  return {
    declare(weights) {
      for (const [name, part] of Object.entries(parts)) {
        part.declare(weights.in(name));
      }
    },
    apply: (weights, x) => lead(new Computation(parts, weights), x),
    see: (x) =>
      lead<Seen>({
        through: (part, x) => partOf(parts, part).see(x),
        each: (_map, ...all) => seenTogether(all),
        concat: seenBeside,
      }, x),
  };
}

/** Layers one after another. */
export function sequence(parts: Parts): Layer {
  return compose(
    parts,
    (flow, x) =>
      Object.keys(parts).reduce((y, part) => flow.through(part, y), x),
  );
}

/** Tensors on their way through parts. */
export class Computation implements Flow<tf.Tensor5D> {
  readonly #parts: Parts;
  readonly #weights: Scope;

  /** Takes the parts, and the weights of the layer that they are parts of. */
  constructor(parts: Parts, weights: Scope) {
    this.#parts = parts;
    this.#weights = weights;
  }

  /** Through the part of that name. */
  through(part: string, x: tf.Tensor5D): tf.Tensor5D {
    const scope = this.#weights.in(part);
    return scope.naming(() => partOf(this.#parts, part).apply(scope, x));
  }

  /** Voxel by voxel. */
  each(
    map: (...features: tf.Tensor5D[]) => tf.Tensor5D,
    ...features: tf.Tensor5D[]
  ): tf.Tensor5D {
    return map(...features);
  }

  /** The channels of all. */
  concat(features: readonly tf.Tensor5D[]): tf.Tensor5D {
    return tf.concat([...features], 4);
  }
}

/** What features of one grid give together; as many channels as the first. */
export function seenTogether([first, ...others]: readonly Seen[]): Seen {
  const sight = others.reduce((all, x) => all.with(x.sight), first!.sight);
  return { sight, channels: first!.channels };
}

/** What features of one grid give side by side. */
export function seenBeside(features: readonly Seen[]): Seen {
  const channels = features.reduce((sum, x) => sum + x.channels, 0);
  return { ...seenTogether(features), channels };
}

/**
 * The part of that name.
 *
 * @throws {TypeError} If there is none.
 */
export function partOf<Part>(
  parts: Readonly<Record<string, Part>>,
  name: string,
): Part {
  const part = parts[name];
  if (part) return part;
  throw new TypeError(`Cannot find the part "${name}" of a network`);
}
