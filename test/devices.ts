import type { Engine, ProgramStore } from "@/engine/mod.ts";
import { Client, type LiveObjects, loadPlugin } from "@/engine/pjrt/mod.ts";
import { openClient } from "@/engine/xla/engine.ts";
import { closeForTests } from "./engines.ts";
import { assertEquals } from "./helpers.ts";
import { cpuPluginPath } from "./pjrt.ts";
import { quickEnvironment } from "./quick_flags.ts";

/** An engine on devices of the processor's plugin, which it has four of. */
export interface EngineOnDevices extends AsyncDisposable {
  /** The engine. */
  readonly engine: Engine;
  /** What of the plugin has not been freed. */
  live(): Promise<LiveObjects>;
}

/** Opens an engine on some of the plugin's devices; disposing it fails if a buffer is left. */
export async function openOnDevices(
  devices: number,
  { precision = "fp32", store }: {
    readonly precision?: "fp32" | "bf16";
    readonly store?: ProgramStore;
  } = {},
): Promise<EngineOnDevices> {
  closeForTests("pjrt");
  const pluginPath = cpuPluginPath()!;
  const plugin = loadPlugin(pluginPath), client = new Client(plugin);
  const engine = await withFlags(() =>
    openClient(client, plugin, {
      ...{ pluginPath, precision, devices, store },
      eager: false,
      notices: [],
      notify: () => {},
    })
  );
  const live = async () => {
    await client.settle();
    client.collect();
    return client.live;
  };
  return {
    engine,
    live,
    async [Symbol.asyncDispose]() {
      const { buffers } = await live();
      engine[Symbol.dispose]();
      assertEquals(buffers, 0, "live buffers");
    },
  };
}

/** Registers a test that needs the processor's plugin. */
export function testOnDevices(name: string, fn: () => Promise<void>): void {
  const isReady = cpuPluginPath() !== null;
  Deno.test({
    name: isReady ? name : `${name} (pjrt: not set up)`,
    ignore: !isReady,
    fn,
  });
}

async function withFlags<T>(open: () => Promise<T>): Promise<T> {
  const [[name, value]] = Object.entries(quickEnvironment) as [
    [string, string],
  ];
  const before = Deno.env.get(name);
  Deno.env.set(name, value);
  try {
    return await open();
  } finally {
    if (before === undefined) Deno.env.delete(name);
    else Deno.env.set(name, before);
  }
}
