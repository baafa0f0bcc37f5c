import { ExperimentError } from "@/core/mod.ts";
import { withoutStderr } from "../_without_stderr.ts";
import { Calls } from "./_call.ts";
import { ifSupported } from "./_if_supported.ts";
import { preloadShadowed } from "./_preload.ts";
import { stayLoaded } from "./_stay_loaded.ts";
import { checkHead, type InterfaceVersion, readHead } from "./_version.ts";
import { decodeNamedValues, type NamedValues } from "./named_values.ts";

const loaded = new Map<string, Plugin>();

/**
 * Loads a PJRT plugin: a library that compiles and runs programs on one kind
 * of device. Once a process and path, as it cannot be unloaded.
 *
 * @throws {ExperimentError} If the file is not there, not a library for this
 * machine, not a plugin, or too old.
 */
export function loadPlugin(path: string): Plugin {
  let plugin = loaded.get(path);
  if (!plugin) loaded.set(path, plugin = new Plugin(path));
  return plugin;
}

/** A plugin that has been loaded; clients are created from it. */
export class Plugin {
  /** Where its file lies. */
  readonly path: string;
  /** The version of the interface that it speaks. */
  readonly version: InterfaceVersion;
  /** What it says of itself, such as `xla_version`. */
  readonly attributes: NamedValues;
  /** Its functions; for this folder alone. */
  readonly calls: Calls;

  /** Loads a file; {@linkcode loadPlugin} does it once. */
  constructor(path: string) {
    this.path = path;
    const api = quietly(() => openApi(path));
    const head = new DataView(Deno.UnsafePointerView.getArrayBuffer(api, 40));
    const { bytes, version } = readHead(head);
    checkHead({ bytes, version }, path);
    this.version = version;
    this.calls = new Calls(api);
    quietly(() => this.calls.now("Plugin_Initialize", {}));
    this.attributes = ifSupported(() => this.#attributes()) ?? {};
  }

  #attributes(): NamedValues {
    const { attributes, count } = this.calls.now("Plugin_Attributes", {});
    return decodeNamedValues(attributes, count);
  }
}

/**
 * Runs something during which plugins print to standard error, without that;
 * unless `TF_CPP_MIN_LOG_LEVEL` is set, which says what the user wants to see.
 */
export function quietly<T>(body: () => T): T {
  const level = "TF_CPP_MIN_LOG_LEVEL";
  if (Deno.env.has(level)) return body();
  Deno.env.set(level, "3"); // errors are thrown, which is enough
  try {
    return withoutStderr(body);
  } finally {
    Deno.env.delete(level);
  }
}

function openApi(path: string): Deno.PointerObject {
  try {
    Deno.statSync(path);
  } catch (cause) {
    throw new ExperimentError(
      "Cannot load the PJRT plugin as there is no such file",
      { where: path, fix: "Give the path of a plugin's library", cause },
    );
  }
  try {
    Deno.dlopen(path, {});
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : `${cause}`;
    throw new ExperimentError(
      `Cannot load the PJRT plugin as it is not a library for this machine, or lacks one that it needs: ${reason}`,
      { where: path, fix: "Give the path of a plugin for this system", cause },
    );
  }
  const api = getApi(path);
  if (api === null) throw notAPlugin(path);
  stayLoaded(path);
  preloadShadowed(path);
  return api;
}

function getApi(path: string): Deno.PointerValue {
  try {
    const { symbols } = Deno.dlopen(path, {
      GetPjrtApi: { parameters: [], result: "pointer" },
    });
    return symbols.GetPjrtApi();
  } catch (cause) {
    throw notAPlugin(path, cause);
  }
}

function notAPlugin(path: string, cause?: unknown): ExperimentError {
  return new ExperimentError(
    'Cannot load the library as it is not a PJRT plugin: it has no "GetPjrtApi"',
    { where: path, fix: "Give the path of a plugin's library", cause },
  );
}
