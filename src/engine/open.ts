import { ExperimentError } from "@/core/mod.ts";
import { builds } from "./builds.ts";
import { openEmbedded } from "./embedded/engine.ts";
import type { EngineName } from "./names.ts";
import { findPlugin, type FoundPlugin } from "./pjrt/places.ts";
import { install } from "./setup/install.ts";
import { findInstalled } from "./setup/ready.ts";
import { tensorflow } from "./tensorflow/builds.ts";
import { openTensorFlow } from "./tensorflow/engine.ts";
import type { Engine, EngineRequest } from "./types.ts";
import { findDriver } from "./xla/cards.ts";
import { openXla } from "./xla/engine.ts";

/**
 * Opens an engine and makes it the one that computes. Of each kind, one can be
 * open at a time.
 *
 * `auto` opens a PJRT plugin where there is one with an accelerator that works;
 * else TensorFlow, setting it up if this is its first use; where that fails, the
 * embedded engine. It tells `notify` which it is and why; what went wrong on the
 * way stands in the facts too.
 *
 * @throws {ExperimentError} If an engine is asked for by name and cannot be had,
 * or several devices, and there are fewer.
 */
export async function openEngine(request: EngineRequest): Promise<Engine> {
  switch (request.engine) {
    case "embedded":
      return await embedded(request, []);
    case "tensorflow":
      return await processor(request, []);
    case "pjrt":
      return await device(request, pluginAskedFor());
    case "auto":
      return await best(request);
  }
}

async function best(request: EngineRequest): Promise<Engine> {
  const notices: string[] = [];
  const note = (line: string) => {
    notices.push(line);
    request.notify(line);
  };
  const onDevice = await accelerator(request, note);
  if (onDevice) return onDevice;
  try {
    return await processor(request, notices);
  } catch (error) {
    if (!(error instanceof ExperimentError) || isShared(request)) throw error;
    note(
      `Going on with the embedded engine, which is slower: ${error.message}`,
    );
    return await embedded(request, notices);
  }
}

/** The engine on an accelerator; null, after a word of why, where none works. */
async function accelerator(
  request: EngineRequest,
  note: (line: string) => void,
): Promise<Engine | null> {
  const plugin = findPlugin({ isExplicit: false });
  if (!plugin) {
    const driver = findDriver();
    request.notify(
      "Computing on the processor: " +
        (driver === null
          ? "no accelerator is set up"
          : `a graphics processor is there (driver ${driver}), but nothing is` +
            " set up for it (deno task setup --gpu)"),
    );
    return null;
  }
  try {
    const engine = await device(request, plugin);
    if (engine.facts.gpu !== null) {
      request.notify(
        `Computing on ${engine.facts.gpu}, by the plugin of ${plugin.from}`,
      );
      return engine;
    }
    engine[Symbol.dispose]();
    request.notify(
      `Computing by TensorFlow: the plugin of ${plugin.from} is for processors`,
    );
  } catch (error) {
    if (!(error instanceof ExperimentError) || isShared(request)) throw error;
    note(`Computing on the processor: ${error.message}`);
  }
  return null;
}

async function device(
  request: EngineRequest,
  { path }: FoundPlugin,
): Promise<Engine> {
  const { precision, devices = 1, eager, store, notify } = request;
  // What setup fetched is replaced if it is damaged; the rest is the user's.
  const build = builds.find((one) => findInstalled(one)?.libraryPath === path);
  if (build) await install(build, request);
  return await openXla({
    ...{ pluginPath: path, precision, devices, eager, store, notify },
    notices: [],
  });
}

function pluginAskedFor(): FoundPlugin {
  const plugin = findPlugin({ isExplicit: true });
  if (plugin) return plugin;
  throw new ExperimentError(
    "Cannot open the engine pjrt as there is no plugin for it",
    {
      where: "--engine pjrt",
      fix: "Set one up by deno task setup --gpu, or name one that is there by" +
        " CLEFT_PJRT_PLUGIN",
    },
  );
}

async function processor(
  request: EngineRequest,
  notices: string[],
): Promise<Engine> {
  refuseDevices(request, "tensorflow");
  const { threads, eager } = request;
  const { libraryPath } = await install(tensorflow, request);
  return await openTensorFlow({
    libraryPath,
    threads: threads || navigator.hardwareConcurrency,
    precision: precisionOf(request, notices),
    eager,
    notices,
  });
}

async function embedded(
  request: EngineRequest,
  notices: readonly string[],
): Promise<Engine> {
  refuseDevices(request, "embedded");
  const all = [...notices];
  if (request.precision !== "fp32") {
    const notice =
      `Computing in fp32: the embedded engine has no ${request.precision}`;
    request.notify(notice);
    all.push(notice);
  }
  return await openEmbedded(all);
}

/** Whether devices are to share batches. */
function isShared({ devices = 1 }: EngineRequest): boolean {
  return devices > 1;
}

/** Fails where devices are to share batches on an engine that has only one. */
function refuseDevices(request: EngineRequest, engine: EngineName): void {
  if (!isShared(request)) return;
  throw new ExperimentError(
    `Cannot divide batches over ${request.devices} devices: the engine` +
      ` ${engine} has one, only the engine pjrt can have several`,
    {
      where: "train.devices",
      fix: "Set it to 1, or use --engine pjrt where there are several",
    },
  );
}

/** Processors have no `tf32`. */
function precisionOf(
  { precision, notify }: EngineRequest,
  notices: string[],
): "fp32" | "bf16" {
  if (precision !== "tf32") return precision;
  const notice = "Computing in fp32: processors have no tf32";
  notify(notice);
  notices.push(notice);
  return "fp32";
}
