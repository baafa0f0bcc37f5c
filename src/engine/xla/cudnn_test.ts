import { match } from "node:assert";
import { cudaPluginPath } from "@test/cuda.ts";
import { assertEquals } from "@test/helpers.ts";
import { cudnnVersion, textOf } from "./cudnn.ts";

Deno.test("textOf() writes versions as people do", () => {
  assertEquals(textOf(91900), "9.19.0");
  assertEquals(textOf(91002), "9.10.2");
});

Deno.test("cudnnVersion() is null where a plugin has none beside it", () => {
  const found = cudnnVersion("/nowhere/at/all/plugin.so");
  if (found !== null) match(found, /^9\.\d+\.\d+$/); // the system's own
});

const plugin = cudaPluginPath();
Deno.test({
  name: "cudnnVersion() asks the library beside the plugin" +
    (plugin ? "" : " (skipped: XLA for cards is not set up)"),
  ignore: plugin === null,
  fn: () => match(cudnnVersion(plugin!)!, /^9\.\d+\.\d+$/),
});
