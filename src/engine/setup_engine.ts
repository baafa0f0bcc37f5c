import { ExperimentError } from "@/core/mod.ts";
import { openTensorFlow } from "./tensorflow/engine.ts";
import { install } from "./setup/install.ts";
import type { InstallOptions } from "./setup/obtain.ts";
import { buildFolder, libraryPath } from "./setup/place.ts";
import { type SelfTest, selfTest } from "./selftest.ts";
import type { EngineFacts } from "./types.ts";

/** How to set up. */
export interface SetupOptions extends InstallOptions {
  /** Sets up the build for NVIDIA's graphics processors (some 8 GB in all). */
  readonly gpu: boolean;
}

/** What was set up. */
export interface SetupResult {
  /** Where it is. */
  readonly folder: string;
  /** What it takes on the disk. */
  readonly bytes: number;
  /** How long downloading and unpacking took; next to nothing if it was there. */
  readonly seconds: number;
  /** What the library says of itself. */
  readonly facts: EngineFacts;
  /** Whether it computes right. */
  readonly selfTest: SelfTest;
}

/**
 * Sets up the native library and tests it. Can be interrupted and called again.
 * No native engine may be open.
 *
 * @throws {ExperimentError} If it cannot be had, or fails its test.
 */
export async function setupEngine(
  { gpu, notify, signal }: SetupOptions,
): Promise<SetupResult> {
  const build = gpu ? "gpu" : "cpu", start = performance.now();
  const { files } = await install(build, { notify, signal });
  const seconds = (performance.now() - start) / 1000;
  using engine = await openTensorFlow({
    libraryPath: libraryPath(build),
    threads: navigator.hardwareConcurrency,
    precision: "fp32",
    eager: false,
    notices: [],
  });
  const result = selfTest(engine);
  if (!result.isPassed) {
    throw new ExperimentError(
      "Cannot use the native engine: its self-test fails (gradient error" +
        ` ${result.gradientError.toPrecision(2)}, training ` +
        `${result.isRepeated ? "repeats" : "does not repeat"})`,
      {
        where: libraryPath(build),
        fix: "Use --engine embedded, and report this with the output of" +
          " deno task doctor",
      },
    );
  }
  return {
    folder: buildFolder(build),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    seconds,
    facts: engine.facts,
    selfTest: result,
  };
}
