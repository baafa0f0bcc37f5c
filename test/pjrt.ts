import { join } from "node:path";
import { cacheFolder } from "@/engine/mod.ts";
import { Client, loadPlugin } from "@/engine/pjrt/mod.ts";
import { assertEquals } from "./helpers.ts";

/**
 * Where the processor's plugin lies: `$CLEFT_PJRT_CPU_PLUGIN`, or the cache;
 * null if it is at neither.
 */
export function cpuPluginPath(): string | null {
  const places = [
    Deno.env.get("CLEFT_PJRT_CPU_PLUGIN"),
    join(cacheFolder(), "engine", "pjrt-cpu-2026.6.23", "libpjrt_cpu.so"),
  ];
  return places.find((path) => path && isFile(path)) ?? null;
}

let shared: Client | null = null;

/** A client of the processor's plugin, one for all tests of a file. */
export function cpuClient(): Client {
  return shared ??= new Client(loadPlugin(cpuPluginPath()!));
}

/**
 * Registers a test that needs the processor's plugin. It fails when an object
 * of the plugin outlives it.
 */
export function testOnPlugin(
  name: string,
  body: (client: Client) => void | Promise<void>,
): void {
  const isReady = cpuPluginPath() !== null;
  Deno.test({
    name: isReady ? name : `${name} (pjrt: not set up)`,
    ignore: !isReady,
    fn: async () => {
      const client = cpuClient();
      const before = JSON.stringify(client.live);
      await body(client);
      await client.settle();
      assertEquals(JSON.stringify(client.live), before, "live objects");
    },
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
