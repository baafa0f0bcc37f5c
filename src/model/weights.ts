import {
  add,
  type Tensor,
  type Tensor1D,
  tensor1d,
  type Tensor5D,
} from "@tensorflow/tfjs-core";
import { openRng, type Rng } from "@/core/mod.ts";
import { inPart } from "@/engine/mod.ts";
import { drawKernel, type KernelInit } from "./init.ts";

/** How a weight's first values are drawn. */
export type Init = KernelInit | "ones" | "zeros";

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
  /** Whether it is not trained because it is to stay as it is. */
  readonly isFrozen?: boolean;
  /** How often each number is multiplied for one voxel of its stop's features. */
  readonly perVoxel: number;
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

  /**
   * Adds a weight that is trained. The numbers of kernels, which have five axes,
   * are multiplied once for each voxel of the features unless `perVoxel` says
   * otherwise; those of other weights are not counted.
   */
  add(
    name: string,
    shape: readonly number[],
    init: Init,
    perVoxel = shape.length === 5 ? 1 : 0,
  ): void {
    this.#push({ name, shape, init, isTrainable: true, perVoxel });
  }

  /** Adds numbers that training keeps but no gradient changes. */
  addBuffer(name: string, shape: readonly number[], init: Init): void {
    this.#push({ name, shape, init, isTrainable: false, perVoxel: 0 });
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

/** How a network is applied, besides its weights. */
export interface ApplyOptions {
  /** Whether batch statistics are used and buffers follow them. */
  readonly isTraining: boolean;
  /** For layers that draw random numbers in training, int32 `[2]`; another in each step. */
  readonly seed?: Tensor1D | undefined;
  /** Share of the newest batch in running averages, in place of the normalisation's own. */
  readonly momentum?: number | undefined;
  /** Sees the result of each convolution with its layer's name, in order; reads at once. */
  readonly watch?: ((layer: string, features: Tensor5D) => void) | undefined;
}

/** The weights as a layer sees them while it maps features; all borrowed. */
export class Scope {
  readonly #values: ReadonlyMap<string, Tensor>;
  readonly #options: ApplyOptions;
  readonly #prefix: string;
  readonly #updates: Map<string, Tensor>;

  /** Opens the scope of a whole network; `prefix` and `updates` are for {@linkcode Scope.in}. */
  constructor(
    values: ReadonlyMap<string, Tensor>,
    options: ApplyOptions,
    prefix = "",
    updates = new Map<string, Tensor>(),
  ) {
    this.#values = values;
    this.#options = options;
    this.#prefix = prefix;
    this.#updates = updates;
  }

  /** Whether batch statistics are used and buffers follow them. */
  get isTraining(): boolean {
    return this.#options.isTraining;
  }

  /** Share of the newest batch in running averages, if it is not the normalisation's own. */
  get momentum(): number | undefined {
    return this.#options.momentum;
  }

  /** The same weights seen from a layer below. */
  in(layer: string): Scope {
    const prefix = `${this.#prefix}${layer}/`;
    return new Scope(this.#values, this.#options, prefix, this.#updates);
  }

  /** Runs what a layer does, which errors speak of by its name then. */
  naming<T>(body: () => T): T {
    return inPart(`layer "${this.#prefix.slice(0, -1)}"`, body);
  }

  /** Shows a layer's result to whoever watches, and gives it back. */
  shown(features: Tensor5D): Tensor5D {
    this.#options.watch?.(this.#prefix.slice(0, -1), features);
    return features;
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

  /**
   * The seed of what a layer draws as `name` in this step of training, int32
   * `[2]`: the step's, moved by the name's own two numbers, so that no layer
   * draws what another does. For stateless random operations, which give equal
   * numbers for equal seeds.
   *
   * @throws {TypeError} If the network was given no seed.
   */
  random(name: string): Tensor1D {
    const fullName = this.#prefix + name;
    if (!this.seed) {
      throw new TypeError(
        `Cannot draw "${fullName}": the network was given no seed`,
      );
    }
    return add(this.seed, tensor1d(seedAt(openRng(0).at(fullName)), "int32"));
  }

  /** The step's seed, if the network was given one. */
  get seed(): Tensor1D | undefined {
    return this.#options.seed;
  }

  /**
   * The same place in the network with other tensors, by the names the layer
   * declared them under, and with updates of its own.
   */
  with(values: ReadonlyMap<string, Tensor>, seed?: Tensor1D): Scope {
    const byFullName = new Map(
      [...values].map(([name, value]) => [this.#prefix + name, value]),
    );
    return new Scope(byFullName, { ...this.#options, seed }, this.#prefix);
  }

  /** Gives a buffer its next value, which takes effect after the step. */
  update(name: string, value: Tensor): void {
    this.#updates.set(this.#prefix + name, value);
  }

  /** Gives buffers their next values by full name, as another scope's updates. */
  takeUpdates(updates: ReadonlyMap<string, Tensor>): void {
    for (const [name, value] of updates) this.#updates.set(name, value);
  }

  /** The next values of the buffers that have one, by full name. */
  get updates(): ReadonlyMap<string, Tensor> {
    return this.#updates;
  }
}

/** The two numbers of a seed for random operations of the engine, int32. */
export function seedAt(rng: Rng): Int32Array {
  return Int32Array.from({ length: 2 }, () => rng.integer(2 ** 32) | 0);
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
  if (spec.init === "ones" || spec.init === "zeros") {
    return new Float32Array(sizeOfWeight(spec)).fill(+(spec.init === "ones"));
  }
  return drawKernel(spec.init, spec.shape, rng.at("weight", spec.name));
}
