import type { Engine, EngineFacts } from "../types.ts";
import type { Precision } from "../names.ts";
import { toolVersions } from "../versions.ts";
import { openBackend } from "../vocabulary/backend.ts";
import { Binding } from "../vocabulary/binding.ts";
import type { Builder, Built, Recipe } from "../vocabulary/compiler.ts";
import { checkNotOpen, startEngine } from "../vocabulary/engine.ts";
import { Graph } from "./graph.ts";
import { tensorflowHalves } from "./halves.ts";
import { type Library, loadLibrary } from "./library.ts";
import { TensorFlowRuntime, type TensorHandle } from "./runtime.ts";

/** How to open TensorFlow's library. */
export interface TensorFlowOptions {
  /** The file `libtensorflow_cc.so.2`. */
  readonly libraryPath: string;
  /** Threads, at least 1. */
  readonly threads: number;
  /** Numbers that convolutions compute with; processors have no `tf32`. */
  readonly precision: Exclude<Precision, "tf32">;
  /** Runs compiled functions operation by operation. */
  readonly eager: boolean;
  /** What the facts should mention. */
  readonly notices: readonly string[];
}

/** The engine's name, and that of its backend in tfjs. */
const NAME = "tensorflow";

/**
 * Opens TensorFlow's C library as the engine that computes.
 *
 * @throws {TypeError} If one is open already: tfjs knows one backend of a name.
 */
export async function openTensorFlow(
  options: TensorFlowOptions,
): Promise<Engine> {
  checkNotOpen(NAME, "TensorFlow");
  const library = loadLibrary(options.libraryPath);
  const runtime = new TensorFlowRuntime(library, options.threads);
  const policy = options.precision === "bf16" ? tensorflowHalves : null;
  const binding = new Binding(runtime, policy);
  const backend = await openBackend(NAME, binding);
  return startEngine({
    name: NAME,
    backend,
    binding,
    builder: new FunctionBuilder(library, runtime, binding),
    eager: options.eager,
    facts: factsOf(runtime, options),
    runsAhead: false,
    programs: () => [],
    usage: () => null,
  });
}

function factsOf(
  { context, version }: TensorFlowRuntime,
  options: TensorFlowOptions,
): EngineFacts {
  return {
    engine: NAME,
    versions: { tensorflow: version, ...toolVersions() },
    devices: context.devices.map((device) => device.name),
    threads: options.threads,
    precision: options.precision,
    gpu: null,
    libraryPath: options.libraryPath,
    notices: options.notices,
  };
}

/** Makes functions of TensorFlow's runtime. */
class FunctionBuilder implements Builder {
  readonly #library: Library;
  readonly #runtime: TensorFlowRuntime;
  readonly #binding: Binding<TensorHandle>;
  #serial = 0;

  constructor(
    library: Library,
    runtime: TensorFlowRuntime,
    binding: Binding<TensorHandle>,
  ) {
    this.#library = library;
    this.#runtime = runtime;
    this.#binding = binding;
  }

  build({ label, inputs, record }: Recipe): Built {
    const name = `cleft_${this.#serial++}`, binding = this.#binding;
    const { context } = this.#runtime;
    using graph = new Graph(this.#library);
    const recorded = binding.record(label, graph, inputs, record);
    context.addFunction(
      graph.toFunction(name, recorded.inputs, recorded.results),
    );
    const outputs = recorded.results.length;
    return {
      run: (ids) => binding.executeOp(name, [], ids, outputs),
      [Symbol.dispose]: () => context.removeFunction(name),
    };
  }

  buildLater(recipe: Recipe): Promise<Built> {
    return Promise.resolve(this.build(recipe)); // recording takes no time
  }
}
