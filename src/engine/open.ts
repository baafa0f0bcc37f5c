import { ExperimentError } from "@/core/mod.ts";

import { openEmbedded } from "./embedded/engine.ts";
import { install } from "./setup/install.ts";
import { tensorflow } from "./tensorflow/builds.ts";
import { openTensorFlow } from "./tensorflow/engine.ts";
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
  const { threads, eager } = request;
  const notices: string[] = [];
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
  const all = [...notices];
  if (request.precision !== "fp32") {
    const notice =
      `Computing in fp32: the embedded engine has no ${request.precision}`;
    request.notify(notice);
    all.push(notice);
  }
  return await openEmbedded(all);
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
