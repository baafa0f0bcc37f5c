import { ExperimentError } from "@/core/mod.ts";
import { pjrtCpu } from "./pjrt/builds.ts";
import { type SelfTest, selfTest } from "./selftest.ts";
import { install } from "./setup/install.ts";
import type { InstallOptions } from "./setup/obtain.ts";
import type { Installed } from "./setup/ready.ts";
import { tensorflow } from "./tensorflow/builds.ts";
import { openTensorFlow } from "./tensorflow/engine.ts";
import type { EngineFacts } from "./types.ts";

/** What was set up. */
export interface SetupResult extends Installed {
  /** How long downloading and unpacking took; next to nothing if it was there. */
  readonly seconds: number;
  /** What the library says of itself. */
  readonly facts: EngineFacts;
  /** Whether it computes right. */
  readonly selfTest: SelfTest;
}

/**
 * Sets up TensorFlow's library and tests it. Can be interrupted and called
 * again. No native engine may be open.
 *
 * @throws {ExperimentError} If it cannot be had, or fails its test.
 */
export async function setupEngine(
  options: InstallOptions,
): Promise<SetupResult> {
  const start = performance.now();
  const installed = await install(tensorflow, options);
  const seconds = (performance.now() - start) / 1000;
  using engine = await openTensorFlow({
    libraryPath: installed.libraryPath,
    threads: navigator.hardwareConcurrency,
    precision: "fp32",
    eager: false,
    notices: [],
  });
  const result = selfTest(engine);
  if (!result.isPassed) {
    throw new ExperimentError(
      "Cannot use TensorFlow: its self-test fails (gradient error" +
        ` ${result.gradientError.toPrecision(2)}, training ` +
        `${result.isRepeated ? "repeats" : "does not repeat"})`,
      {
        where: installed.libraryPath,
        fix: "Use --engine embedded, and report this with the output of" +
          " deno task doctor",
      },
    );
  }
  return { ...installed, seconds, facts: engine.facts, selfTest: result };
}

/**
 * Fetches XLA's plugin for the processor, which tests run on.
 *
 * @throws {ExperimentError} If it cannot be had.
 */
export async function setupCpuPlugin(
  options: InstallOptions,
): Promise<Installed> {
  return await install(pjrtCpu, options);
}
