import { ExperimentError } from "@/core/mod.ts";
import { openNative } from "./binding/engine.ts";
import { openEmbedded } from "./embedded/engine.ts";
import { install } from "./setup/install.ts";
import { type Build, buildFolder, libraryPath } from "./setup/place.ts";
import { readInventory } from "./setup/ready.ts";
import type { Engine, EngineRequest } from "./types.ts";

/**
 * Opens an engine and makes it the one that computes.
 *
 * `auto` opens the native library, setting it up if this is its first use;
 * where that fails, it opens the embedded engine, and says so in the facts and
 * to `notify`. One native engine can be open at a time.
 *
 * @throws {ExperimentError} If `tensorflow` is asked for and cannot be had.
 */
export async function openEngine(request: EngineRequest): Promise<Engine> {
  if (request.engine === "embedded") return await embedded(request, []);
  try {
    return await native(request);
  } catch (error) {
    if (
      request.engine === "tensorflow" || !(error instanceof ExperimentError)
    ) {
      throw error;
    }
    const notice = `Going on with the embedded engine, which is slower: ` +
      error.message;
    request.notify(notice);
    return await embedded(request, [notice]);
  }
}

async function native(request: EngineRequest): Promise<Engine> {
  const { threads, precision, eager } = request;
  const notices: string[] = [];
  const note = (line: string) => {
    notices.push(line);
    request.notify(line);
  };
  const build = chooseBuild(request, note);
  await install(build, request);
  const path = libraryPath(build);
  const engine = await openNative({
    libraryPath: path,
    threads: threads || navigator.hardwareConcurrency,
    precision,
    eager,
    notices,
  });
  if (build === "gpu" && engine.facts.gpu === null) {
    note("No graphics processor was found: computing on the processor");
  }
  return engine;
}

/** The build for graphics processors only where one is asked for and set up. */
function chooseBuild(
  { gpu }: EngineRequest,
  note: (line: string) => void,
): Build {
  if (!gpu) return "cpu";
  if (readInventory(buildFolder("gpu"))) return "gpu";
  note(
    "Computing on the processor: the library for graphics processors is not" +
      " set up (deno task setup --gpu)",
  );
  return "cpu";
}

async function embedded(
  { precision, notify }: EngineRequest,
  notices: readonly string[],
): Promise<Engine> {
  if (precision === "fp32") return await openEmbedded(notices);
  const notice = "Computing in fp32: the embedded engine has no bf16";
  notify(notice);
  return await openEmbedded([...notices, notice]);
}
