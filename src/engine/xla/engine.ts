import { ExperimentError, hashOnce } from "@/core/mod.ts";
import type { Precision } from "../names.ts";
import { type Client, loadPlugin, type Plugin } from "../pjrt/mod.ts";
import { cacheFolder } from "../setup/place.ts";
import type { Engine, EngineFacts, ProgramStore } from "../types.ts";
import { toolVersions } from "../versions.ts";
import { openBackend } from "../vocabulary/backend.ts";
import { Binding } from "../vocabulary/binding.ts";
import { checkNotOpen, startEngine } from "../vocabulary/engine.ts";
import { ProgramBuilder } from "./builder.ts";
import { findDriver } from "./cards.ts";
import { cudnnVersion } from "./cudnn.ts";
import type { DeviceTensor } from "./device_tensor.ts";
import { compilerFlags, priceOf } from "./flags.ts";
import { deviceHalves } from "./halves.ts";
import { XlaRuntime } from "./runtime.ts";
import { startClient } from "./start_client.ts";

/** How to open a PJRT plugin. */
export interface XlaOptions {
  /** The plugin's library. */
  readonly pluginPath: string;
  /** Numbers that convolutions compute with. */
  readonly precision: Precision;
  /** Devices that share each batch; 1 by default. */
  readonly devices?: number;
  /** Runs compiled functions operation by operation. */
  readonly eager: boolean;
  /** Where compiled programs are kept, if anywhere. */
  readonly store: ProgramStore | undefined;
  /** What the facts should mention. */
  readonly notices: readonly string[];
  /** Hears each line the user should see. */
  notify(line: string): void;
}

/** The engine's name, and that of its backend in tfjs. */
const NAME = "pjrt";

/**
 * Opens a PJRT plugin as the engine that computes: functions are written down
 * in StableHLO, compiled by its XLA, and run on its first device, or, where they
 * have a batch to share, on several.
 *
 * @throws {ExperimentError} If it is no plugin, or has no device that works,
 * or fewer than are asked for.
 * @throws {TypeError} If one is open already: tfjs knows one backend of a name.
 */
export async function openXla(options: XlaOptions): Promise<Engine> {
  checkNotOpen(NAME, "a PJRT plugin");
  const plugin = loadPlugin(options.pluginPath);
  const client = startClient(plugin);
  checkDevices(client, options.devices ?? 1);
  return await openClient(client, plugin, options);
}

/** The same for a plugin that is at work already, which the engine takes over. */
export async function openClient(
  client: Client,
  plugin: Plugin,
  options: XlaOptions,
): Promise<Engine> {
  const { pluginPath, precision, devices = 1, notify, store } = options;
  const { platform } = client;
  const flags = compilerFlags({ platform, precision });
  const price = platform === "cuda" ? priceOf(flags) : null;
  if (price !== null) notify(price);
  const program = { precision };
  const runtime = new XlaRuntime(client, {
    program,
    devices,
    compile: (text) => client.compileNow(text, { flags }),
  });
  const policy = precision === "bf16" ? deviceHalves : null;
  const binding = new Binding<DeviceTensor>(runtime, policy);
  const backend = await openBackend(NAME, binding);
  const facts = factsOf(client, plugin, {
    ...options,
    notices: [...options.notices, ...price === null ? [] : [price]],
  });
  const identity = {
    plugin: (await hashOnce(pluginPath, cacheFolder())).sha256,
    platform: client.platformVersion,
    device: client.devices[0]!.kind,
    driver: facts.versions.driver ?? "",
    ...facts.versions.cudnn && { cudnn: facts.versions.cudnn },
  };
  const builder = new ProgramBuilder({
    client,
    binding,
    program,
    devices,
    flags,
    identity,
    store,
    notify,
  });
  return startEngine({
    name: NAME,
    backend,
    binding,
    builder,
    eager: options.eager,
    devices: options.devices,
    facts,
    runsAhead: true,
    programs: () => builder.programs,
    usage: () => {
      const memory = client.memory();
      return memory && {
        inUseBytes: memory.inUse,
        peakBytes: memory.peak,
        limitBytes: memory.limit,
      };
    },
  });
}

/** Whether a plugin's devices are more than the processor. */
export function isAccelerator({ platform }: Pick<Client, "platform">): boolean {
  return platform !== "cpu";
}

/** Fails, and lets the client go, unless it has as many devices. */
function checkDevices(client: Client, devices: number): void {
  const { length } = client.devices, { kind } = client.devices[0]!;
  if (devices <= length) return;
  client[Symbol.dispose]();
  const found = length === 1 ? "one" : `${length}`;
  throw new ExperimentError(
    `Cannot divide batches over ${devices} devices as there` +
      ` ${length === 1 ? "is" : "are"} ${found} (${kind})`,
    { where: "train.devices", fix: `Set it to ${length} or less` },
  );
}

function factsOf(
  client: Client,
  plugin: Plugin,
  { pluginPath, precision, devices = 1, notices }: XlaOptions,
): EngineFacts {
  const { major, minor } = plugin.version;
  const isCuda = client.platform === "cuda";
  const driver = isCuda ? findDriver() : null;
  const cudnn = isCuda ? cudnnVersion(pluginPath) : null;
  return {
    engine: NAME,
    versions: {
      pjrt: `${major}.${minor}`,
      platform: client.platformVersion,
      ...(driver && { driver }),
      ...(cudnn && { cudnn }),
      ...toolVersions(),
    },
    devices: client.devices.slice(0, devices).map(({ kind }) => kind),
    threads: navigator.hardwareConcurrency,
    precision,
    gpu: isAccelerator(client) ? client.devices[0]!.kind : null,
    libraryPath: pluginPath,
    notices,
  };
}
