import { ExperimentError } from "@/core/mod.ts";
import { pjrtCpu } from "./pjrt/builds.ts";
import { findPlugin, namePlugin, unnamePlugin } from "./pjrt/places.ts";
import { type SelfTest, selfTest } from "./selftest.ts";
import { install } from "./setup/install.ts";
import type { InstallOptions } from "./setup/obtain.ts";
import type { Installed } from "./setup/ready.ts";
import { tensorflow } from "./tensorflow/builds.ts";
import { openTensorFlow } from "./tensorflow/engine.ts";
import type { Engine, EngineFacts } from "./types.ts";
import { findNvidia } from "./xla/cards.ts";
import { chooseBuild } from "./xla/choose_build.ts";
import { openXla } from "./xla/engine.ts";

/** What an engine showed as it was tried. */
export interface Trial {
  /** What the library says of itself. */
  readonly facts: EngineFacts;
  /** Whether it computes right. */
  readonly selfTest: SelfTest;
}

/** What was set up. */
export interface SetupResult extends Installed, Trial {
  /** How long downloading and unpacking took; next to nothing if it was there. */
  readonly seconds: number;
}

/**
 * Sets up TensorFlow's library and tests it. Can be interrupted and called
 * again. TensorFlow may not be open.
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
  const instead = "--engine embedded";
  return { ...installed, seconds, ...tried(engine, instead) };
}

/**
 * Sets up XLA for NVIDIA's cards, as their driver allows, and tests it on the
 * first. It takes the place of a plugin that was named before. No plugin may be
 * open.
 *
 * @throws {ExperimentError} If there is no card or driver that it works with,
 * if it cannot be had, or fails its test.
 */
export async function setupGpu(options: InstallOptions): Promise<SetupResult> {
  const nvidia = findNvidia();
  const build = chooseBuild(nvidia);
  options.notify(
    `Driver ${nvidia!.driver}: ` +
      nvidia!.cards.map(({ name }) => name).join(", "),
  );
  const start = performance.now();
  const installed = await install(build, options);
  const seconds = (performance.now() - start) / 1000;
  const trial = await tryPlugin(installed.libraryPath);
  unnamePlugin();
  return { ...installed, seconds, ...trial };
}

/**
 * Tests a plugin that is there already, and has the engine use it from now on.
 *
 * @throws {ExperimentError} If it is no plugin, has no device that works, or
 * fails its test.
 */
export async function setupPlugin(
  path: string,
  options: InstallOptions,
): Promise<Trial> {
  const trial = await tryPlugin(path);
  namePlugin(path);
  const found = findPlugin({ isExplicit: false })!;
  if (found.path !== path) {
    options.notify(`${found.from} names another one, which goes first`);
  }
  return trial;
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

async function tryPlugin(pluginPath: string): Promise<Trial> {
  using engine = await openXla({
    ...{ pluginPath, precision: "fp32", eager: false, store: undefined },
    notices: [],
    notify: () => {}, // what fp32 costs a training is nothing to setup
  });
  return tried(engine, "--engine tensorflow");
}

function tried(engine: Engine, instead: string): Trial {
  const { facts } = engine, result = selfTest(engine);
  if (result.isPassed) return { facts, selfTest: result };
  const gradientError = result.gradientError.toPrecision(2);
  throw new ExperimentError(
    `Cannot use the engine ${facts.engine}: its self-test fails (gradient` +
      ` error ${gradientError}, training ` +
      `${result.isRepeated ? "repeats" : "does not repeat"})`,
    {
      where: facts.libraryPath!,
      fix: `Use ${instead}, and report this with the output of` +
        " deno task doctor",
    },
  );
}
