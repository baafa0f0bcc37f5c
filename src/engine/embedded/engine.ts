import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs"; // registers the gradients of tfjs's operations
import { runEagerly } from "../run_eagerly.ts";
import type {
  CompiledFunction,
  CompileOptions,
  Engine,
  EngineFacts,
  ProgramFacts,
  PureFunction,
} from "../types.ts";
import { toolVersions } from "../versions.ts";
import { BACKEND_NAME } from "./_kernel.ts";
import { registerKernels } from "./kernels.ts";

/** Opens the engine that needs no download: tfjs's plain JavaScript, our kernels on top. */
export async function openEmbedded(
  notices: readonly string[],
): Promise<Engine> {
  registerKernels();
  const engine = new EmbeddedEngine(notices);
  await tf.setBackend(BACKEND_NAME);
  // Else tfjs advises, on the first tensor, to install its native addon.
  (tf.backend() as tf.KernelBackend & { firstUse: boolean }).firstUse = false;
  return engine;
}

/** Plain JavaScript: one thread, 32 bits, operation by operation. */
class EmbeddedEngine implements Engine {
  readonly facts: EngineFacts;
  readonly runsAhead = false;

  constructor(notices: readonly string[]) {
    this.facts = {
      engine: "embedded",
      versions: toolVersions(),
      devices: ["javascript"],
      threads: 1,
      precision: "fp32",
      gpu: null,
      libraryPath: null,
      notices,
    };
  }

  programs(): readonly ProgramFacts[] {
    return [];
  }

  usage(): null {
    return null;
  }

  use(): void {
    // Settles at once: the backend exists already.
    if (tf.getBackend() !== BACKEND_NAME) void tf.setBackend(BACKEND_NAME);
  }

  compile(
    _name: string,
    f: PureFunction,
    { takes = [] }: CompileOptions = {},
  ): CompiledFunction {
    const run = (inputs: readonly tf.Tensor[]) => {
      this.use();
      const results = runEagerly(f, inputs);
      tf.dispose(takes.map((i) => inputs[i]!));
      return results;
    };
    return Object.assign(run, {
      prepare: () => Promise.resolve(), // there is nothing to compile
      [Symbol.dispose]: () => {},
    });
  }

  [Symbol.dispose](): void {
    // The backend belongs to tfjs, which keeps it for the whole process.
  }
}
