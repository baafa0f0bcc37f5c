import { deepStrictEqual, match, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { cudaPluginPath } from "@test/cuda.ts";
import { assertEquals } from "@test/helpers.ts";
import { loadPlugin, PjrtError } from "../pjrt/mod.ts";
import { findDriver } from "./cards.ts";
import { cudaOf, faultOf, startClient } from "./start_client.ts";

Deno.test("cudaOf() takes what a plugin says of itself, else its path", () => {
  const path = "/site/jax_plugins/xla_cuda12/xla_cuda_plugin.so";
  assertEquals(
    cudaOf({ attributes: { cuda_version: 13000n }, path: "/a.so" }),
    13,
  );
  assertEquals(cudaOf({ attributes: {}, path }), 12);
  assertEquals(cudaOf({ attributes: {}, path: "/a/libpjrt_cpu.so" }), null);
});

Deno.test("faultOf() finds a driver that is missing or too old", () => {
  match(faultOf(null, 13)!.fix, /^Install NVIDIA's driver 580 or later/);
  match(faultOf(null, 0)!.fix, /^Install NVIDIA's driver, or/);
  deepStrictEqual(faultOf("570.124.06", 13), {
    reason: "NVIDIA's driver 570.124.06 is too old for CUDA 13",
    fix: "Update it to 580 or later, or take a plugin for an older CUDA" +
      " (deno task setup --gpu)",
  });
  assertEquals(faultOf("580.65.06", 13), null);
  assertEquals(faultOf("570.124.06", 12), null);
});

const path = cudaPluginPath();
const isReady = path !== null && findDriver() === null;
Deno.test({
  name:
    "startClient() gives XLA for cards options that it knows, and says why" +
    " there is no card" +
    (isReady ? "" : " (skipped: it is not set up, or there is one)"),
  ignore: !isReady,
  fn() {
    throws(() => startClient(loadPlugin(path!)), (error) => {
      if (!(error instanceof ExperimentError)) return false;
      match(error.message, /: there is no driver of NVIDIA's that works$/);
      const { cause } = error;
      // Options are looked at first: one that it does not know fails otherwise.
      return cause instanceof PjrtError && /No visible GPU/.test(cause.message);
    });
  },
});
