import { openNative } from "./binding/engine.ts";
import { openEmbedded } from "./embedded/engine.ts";
import { isReady, libraryPath } from "./setup/place.ts";
import type { Engine, EngineRequest } from "./types.ts";

/** Opens an engine and makes it the one that computes. */
export async function openEngine(request: EngineRequest): Promise<Engine> {
  const { engine, threads, precision, eager } = request;
  if (engine === "embedded" || (engine === "auto" && !isReady("cpu"))) {
    return await openEmbedded([]);
  }
  return await openNative({
    libraryPath: libraryPath("cpu"),
    threads: threads || navigator.hardwareConcurrency,
    precision,
    eager,
    notices: [],
  });
}

/** Whether the native library is set up. */
export function isNativeReady(): boolean {
  return isReady("cpu");
}
