import * as tf from "@tensorflow/tfjs-core";
import type {
  CompiledFunction,
  Engine,
  EngineFacts,
  Precision,
  PureFunction,
} from "../types.ts";
import { runEagerly } from "../run_eagerly.ts";
import { toolVersions } from "../versions.ts";
import { BACKEND_NAME, type NativeBackend, openBackend } from "./backend.ts";
import { Binding, type TracedFunction } from "./binding.ts";
import { gpuName } from "./gpu_name.ts";
import { loadLibrary } from "./library.ts";

/** How to open the native library. */
export interface NativeOptions {
  /** The file `libtensorflow_cc.so.2`. */
  readonly libraryPath: string;
  /** Threads, at least 1. */
  readonly threads: number;
  /** Numbers that convolutions compute with. */
  readonly precision: Precision;
  /** Runs compiled functions operation by operation. */
  readonly eager: boolean;
  /** What the facts should mention. */
  readonly notices: readonly string[];
}

let open: NativeEngine | null = null;

/**
 * Opens TensorFlow's C library as the engine that computes.
 *
 * @throws {TypeError} If one is open already: tfjs knows one backend of a name.
 */
export async function openNative(options: NativeOptions): Promise<Engine> {
  if (open) {
    throw new TypeError(
      "Cannot open a second native engine: dispose the first one before",
    );
  }
  const library = loadLibrary(options.libraryPath);
  const binding = new Binding(library, options.threads, options.precision);
  const backend = await openBackend(binding);
  tf.registerBackend(BACKEND_NAME, () => backend);
  open = new NativeEngine(backend, options);
  open.use();
  return open;
}

/** TensorFlow, one function of it for each compiled function and signature. */
class NativeEngine implements Engine {
  readonly facts: EngineFacts;
  #backend: NativeBackend;
  #eager: boolean;
  #functions = new Set<string>();
  #serial = 0;

  constructor(backend: NativeBackend, options: NativeOptions) {
    const { context, TF_Version } = backend.binding;
    this.#backend = backend;
    this.#eager = options.eager;
    this.facts = {
      engine: "tensorflow",
      versions: { tensorflow: TF_Version, ...toolVersions() },
      devices: context.devices.map((device) => device.name),
      threads: options.threads,
      precision: options.precision,
      gpu: gpuName(context.devices),
      libraryPath: options.libraryPath,
      notices: options.notices,
    };
  }

  use(): void {
    if (open !== this) throw new TypeError("Cannot use an engine once closed");
    // Settles at once: the backend exists already.
    if (tf.getBackend() !== BACKEND_NAME) void tf.setBackend(BACKEND_NAME);
  }

  compile(name: string, f: PureFunction): CompiledFunction {
    const traces = new Map<string, TracedFunction>();
    const run = (inputs: readonly tf.Tensor[]) => {
      this.use();
      // Inside another compiled function it becomes a part of that one.
      if (this.#eager || this.#backend.binding.isTracing) {
        return runEagerly(f, inputs);
      }
      // Uploads values that tfjs has not handed over yet, before any tracing.
      const ids = this.#backend.getInputTensorIds(inputs);
      const signature = inputs.map((t) => `${t.dtype}[${t.shape}]`).join();
      let traced = traces.get(signature);
      if (!traced) {
        traced = this.#trace(name, f, inputs);
        traces.set(signature, traced);
      }
      return this.#backend.binding
        .executeOp(traced.name, [], ids, traced.outputs)
        .map((meta) => this.#backend.createOutputTensor(meta));
    };
    const dispose = () => {
      for (const traced of traces.values()) this.#remove(traced.name);
      traces.clear();
    };
    return Object.assign(run, { [Symbol.dispose]: dispose });
  }

  [Symbol.dispose](): void {
    if (open !== this) return;
    for (const name of [...this.#functions]) this.#remove(name);
    open = null;
    tf.removeBackend(BACKEND_NAME);
    this.#backend.binding[Symbol.dispose]();
  }

  #trace(
    name: string,
    f: PureFunction,
    inputs: readonly tf.Tensor[],
  ): TracedFunction {
    const backend = this.#backend;
    const functionName = `cleft_${this.#serial++}`;
    const specs = inputs.map(({ shape, dtype }) => ({
      shape,
      dtype: backend.getDTypeInteger(dtype),
    }));
    const traced = backend.binding.trace(
      name,
      functionName,
      specs,
      (symbols) =>
        withoutRandomness(name, () => {
          let results: number[] = [];
          tf.tidy(() => {
            const inside = symbols.map((meta) =>
              backend.createOutputTensor(meta)
            );
            results = backend.getInputTensorIds(f(inside));
          });
          return results;
        }),
    );
    this.#functions.add(functionName);
    return traced;
  }

  #remove(functionName: string): void {
    if (!this.#functions.delete(functionName)) return;
    this.#backend.binding.context.removeFunction(functionName);
  }
}

/** Refuses random numbers of the host, which a trace would freeze, unseeded. */
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
