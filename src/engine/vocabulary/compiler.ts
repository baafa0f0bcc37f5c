import * as tf from "@tensorflow/tfjs-core";
import { inBatchParts } from "../batch_parts.ts";
import { runEagerly } from "../run_eagerly.ts";
import type {
  CompiledFunction,
  CompileOptions,
  PureFunction,
} from "../types.ts";
import type { VocabularyBackend } from "./backend.ts";
import type { TensorMeta, TensorSpec } from "./types.ts";

/** A function to be recorded. */
export interface Recipe {
  /** What error messages call it. */
  readonly label: string;
  /** What it takes. */
  readonly inputs: readonly TensorSpec[];
  /** Which of its inputs it may use up. */
  readonly takes: readonly number[];
  /** Which of its inputs are a batch, to be divided over the engine's devices. */
  readonly splits: readonly number[];
  /** Does it to symbolic inputs; gives the numbers of its results. */
  record(inputs: TensorMeta[]): number[];
}

/** A recorded function that is ready to run; disposing it forgets it. */
export interface Built extends Disposable {
  /** Runs it on the tensors of these numbers; the places of those in `taken` are free for its outputs. */
  run(ids: readonly number[], taken: readonly number[]): TensorMeta[];
}

/** What makes functions of an engine. */
export interface Builder {
  /** Records a function and makes it ready to run. */
  build(recipe: Recipe): Built;
  /** The same without standing in anybody's way meanwhile, where that takes long. */
  buildLater(recipe: Recipe): Promise<Built>;
}

/** How a {@linkcode Compiler} works. */
export interface CompilerOptions {
  /** Whether functions run operation by operation. */
  readonly eager: boolean;
  /** Over how many devices batches are divided; 1 by default. */
  readonly devices?: number;
  /** Makes the engine the one that computes, before anything does. */
  use(): void;
}

/** Compiles functions: one recording for each signature of inputs. */
export class Compiler implements Disposable {
  readonly #backend: VocabularyBackend;
  readonly #builder: Builder;
  readonly #options: CompilerOptions;
  readonly #open = new Set<Disposable>();

  /** Compiles for a backend. */
  constructor(
    backend: VocabularyBackend,
    builder: Builder,
    options: CompilerOptions,
  ) {
    this.#backend = backend;
    this.#builder = builder;
    this.#options = options;
  }

  /** {@linkcode Engine.compile} */
  compile(
    name: string,
    f: PureFunction,
    { takes = [], splits = [] }: CompileOptions = {},
  ): CompiledFunction {
    const built = new Map<string, Built>();
    const keep = (key: string, one: Built) => {
      built.set(key, one);
      this.#open.add(one);
      return one;
    };
    const isPlain = () => {
      this.#options.use();
      // Inside another compiled function it becomes a part of that one.
      return this.#options.eager || this.#backend.binding.isRecording;
    };
    const parts = splits.length > 0 ? this.#options.devices ?? 1 : 1;
    const recipeOf = (inputs: readonly tf.Tensor[]) =>
      this.#recipe(inputs, {
        label: name,
        takes,
        splits,
        f: (inside) => inBatchParts(parts, () => f(inside)),
      });
    const run = (inputs: readonly tf.Tensor[]) => {
      const taken = takes.map((i) => inputs[i]!);
      if (isPlain()) {
        if (this.#backend.binding.isRecording) return runEagerly(f, inputs);
        const results = inBatchParts(parts, () => runEagerly(f, inputs));
        tf.dispose(taken);
        return results;
      }
      // Uploads values that tfjs has not handed over yet, before any recording.
      const ids = this.#backend.getInputTensorIds(inputs);
      const key = signatureOf(inputs);
      const one = built.get(key) ??
        keep(key, this.#builder.build(recipeOf(inputs)));
      // The memory of one that somebody else holds too stays as it is.
      const free = takes.filter((i) =>
        this.#backend.refCount(inputs[i]!.dataId) === 1
      );
      const results = one.run(ids, free)
        .map((meta) => this.#backend.createOutputTensor(meta));
      tf.dispose(taken);
      return results;
    };
    const underWay = new Map<string, Promise<unknown>>();
    const prepare = async (inputs: readonly tf.Tensor[]) => {
      const key = signatureOf(inputs);
      if (isPlain() || built.has(key)) return;
      if (!underWay.has(key)) {
        const building = this.#builder.buildLater(recipeOf(inputs))
          .then((one) => keep(key, one))
          .finally(() => underWay.delete(key));
        underWay.set(key, building);
      }
      await underWay.get(key);
    };
    const dispose = () => {
      for (const one of built.values()) {
        if (this.#open.delete(one)) one[Symbol.dispose]();
      }
      built.clear();
    };
    return Object.assign(run, { prepare, [Symbol.dispose]: dispose });
  }

  [Symbol.dispose](): void {
    for (const one of this.#open) one[Symbol.dispose]();
    this.#open.clear();
  }

  #recipe(
    inputs: readonly tf.Tensor[],
    { f, ...facts }:
      & Pick<Recipe, "label" | "takes" | "splits">
      & { readonly f: PureFunction },
  ): Recipe {
    const backend = this.#backend;
    return {
      ...facts,
      inputs: inputs.map(({ shape, dtype }) => ({
        shape,
        dtype: backend.getDTypeInteger(dtype),
      })),
      record: (symbols) =>
        withoutRandomness(facts.label, () => {
          let results: number[] = [];
          tf.tidy(() => {
            const inside = symbols.map((meta) =>
              backend.createOutputTensor(meta)
            );
            results = backend.getInputTensorIds(f(inside));
          });
          return results;
        }),
    };
  }
}

function signatureOf(inputs: readonly tf.Tensor[]): string {
  return inputs.map((t) => `${t.dtype}[${t.shape}]`).join();
}

/** Refuses random numbers of the host, which a recording would freeze, unseeded. */
function withoutRandomness<T>(name: string, body: () => T): T {
  const host: { random(): number } = Math;
  const original = host.random;
  host.random = () => {
    throw new TypeError(
      `Cannot draw random numbers inside "${name}": a compiled function is` +
        ` recorded once and would repeat them. Pass them as an input`,
    );
  };
  try {
    return body();
  } finally {
    host.random = original;
  }
}
