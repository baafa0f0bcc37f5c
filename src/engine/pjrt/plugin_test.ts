import { throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { cpuPluginPath, testOnPlugin } from "@test/pjrt.ts";
import { loadPlugin } from "./plugin.ts";

function assertRefuses(path: string, words: string): void {
  throws(() => loadPlugin(path), (error) => {
    if (!(error instanceof ExperimentError)) return false;
    return error.message.startsWith("Cannot load") &&
      error.message.includes(words) && error.where === path;
  });
}

Deno.test("loadPlugin() says that there is no such file", () => {
  assertRefuses("/nowhere/plugin.so", "no such file");
});

Deno.test("loadPlugin() says that a file is no library", async () => {
  const path = await Deno.makeTempFile({ suffix: ".so" });
  try {
    await Deno.writeTextFile(path, "not a library");
    assertRefuses(path, "not a library for this machine");
  } finally {
    await Deno.remove(path);
  }
});

const libc = [
  "/lib/x86_64-linux-gnu/libc.so.6",
  "/lib/aarch64-linux-gnu/libc.so.6",
  "/lib64/libc.so.6",
].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

Deno.test({
  name: "loadPlugin() says that a library is not a plugin",
  ignore: libc === undefined,
  fn: () => assertRefuses(libc!, "not a PJRT plugin"),
});

testOnPlugin("loadPlugin() loads a plugin once", () => {
  const plugin = loadPlugin(cpuPluginPath()!);
  assertEquals(loadPlugin(cpuPluginPath()!), plugin);
  assertEquals(plugin.version.major, 0);
  assertEquals(plugin.version.minor >= 54, true, "minor version");
  assertEquals(typeof plugin.attributes.xla_version, "bigint");
});

testOnPlugin("loadPlugin() leaves the environment as it was", () => {
  loadPlugin(cpuPluginPath()!);
  assertEquals(Deno.env.get("TF_CPP_MIN_LOG_LEVEL"), undefined);
});
