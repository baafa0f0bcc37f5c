import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rng } from "@/core/mod.ts";

/** How a weight's first values are drawn. */
export type Init =
  /** Normal with variance 2 / (outputs × taps), for rectifiers (He et al. 2015). */
  | "kaimingFanOut"
  | "ones"
  | "zeros";

/** One array of numbers of a network. */
export interface WeightSpec {
  /** Its path, such as `encoder0/conv0/kernel`; unique. */
  readonly name: string;
  /** Its shape; kernels are `[kd, kh, kw, inputs, outputs]`. */
  readonly shape: readonly number[];
  /** How its first values are drawn. */
  readonly init: Init;
  /** Whether training follows its gradient; running averages are not trained. */
  readonly isTrainable: boolean;
}

/** Collects the weights of a network, each under the path of its layer. */
export class Declaration {
  readonly #specs: WeightSpec[];
  readonly #prefix: string;

  /** Opens an empty declaration; `prefix` and `specs` are for {@linkcode Declaration.in}. */
  constructor(prefix = "", specs: WeightSpec[] = []) {
    this.#prefix = prefix;
    this.#specs = specs;
  }

  /** What was declared so far, in order. */
  get specs(): readonly WeightSpec[] {
    return this.#specs;
  }

  /** The same declaration seen from a layer below. */
  in(layer: string): Declaration {
    return new Declaration(`${this.#prefix}${layer}/`, this.#specs);
  }

  /** Adds a weight that is trained. */
  add(name: string, shape: readonly number[], init: Init): void {
    this.#push({ name, shape, init, isTrainable: true });
  }

  /** Adds numbers that training keeps but no gradient changes. */
  addBuffer(name: string, shape: readonly number[], init: Init): void {
    this.#push({ name, shape, init, isTrainable: false });
  }

  #push(spec: WeightSpec): void {
    const name = this.#prefix + spec.name;
    if (this.#specs.some((other) => other.name === name)) {
      throw new TypeError(
        `Cannot declare weight "${name}": it is there already`,
      );
    }
    this.#specs.push({ ...spec, name });
  }
}

/** The weights as a layer sees them while it maps features; all borrowed. */
export class Scope {
  readonly #values: ReadonlyMap<string, Tensor>;
  readonly #updates: Map<string, Tensor>;
  readonly #prefix: string;
  /** Whether batch statistics are used and buffers follow them. */
  readonly isTraining: boolean;

  /** Opens the scope of a whole network. */
  constructor(
    values: ReadonlyMap<string, Tensor>,
    { isTraining, prefix = "", updates = new Map() }: {
      isTraining: boolean;
      prefix?: string;
      updates?: Map<string, Tensor>;
    },
  ) {
    this.#values = values;
    this.#updates = updates;
    this.#prefix = prefix;
    this.isTraining = isTraining;
  }

  /** The same weights seen from a layer below. */
  in(layer: string): Scope {
    return new Scope(this.#values, {
      isTraining: this.isTraining,
      prefix: `${this.#prefix}${layer}/`,
      updates: this.#updates,
    });
  }

  /** The weight a layer declared as `name`. */
  get<T extends Tensor>(name: string): T {
    const value = this.#values.get(this.#prefix + name);
    if (!value) {
      throw new TypeError(
        `Cannot find weight "${this.#prefix}${name}": no layer declared it`,
      );
    }
    return value as T;
  }

  /** Gives a buffer its next value, which takes effect after the step. */
  update(name: string, value: Tensor): void {
    this.#updates.set(this.#prefix + name, value);
  }

  /** The next values of the buffers that have one, by full name. */
  get updates(): ReadonlyMap<string, Tensor> {
    return this.#updates;
  }
}

/** The number of numbers in a weight. */
export function sizeOfWeight({ shape }: WeightSpec): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * Draws a weight's first values from the stream that bears its name: a new
 * layer elsewhere in the network changes nothing here.
 */
export function drawWeight(spec: WeightSpec, rng: Rng): Float32Array {
  const size = sizeOfWeight(spec);
  if (spec.init !== "kaimingFanOut") {
    return new Float32Array(size).fill(spec.init === "ones" ? 1 : 0);
  }
  const inputs = spec.shape.at(-2)!;
  const std = Math.sqrt(2 * inputs / size);
  const stream = rng.at("weight", spec.name);
  return Float32Array.from({ length: size }, () => std * stream.normal());
}
