import { deepStrictEqual, match, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { CardCompiler, cudaPluginPath } from "@test/cuda.ts";
import { assertEquals } from "@test/helpers.ts";
import { compilerFlags, priceOf } from "./flags.ts";

const fp32 = { platform: "cuda", precision: "fp32" } as const;

/** Runs something with the user's flags set. */
function withFlags<T>(text: string, body: () => T): T {
  const before = Deno.env.get("CLEFT_XLA_FLAGS");
  Deno.env.set("CLEFT_XLA_FLAGS", text);
  try {
    return body();
  } finally {
    if (before === undefined) Deno.env.delete("CLEFT_XLA_FLAGS");
    else Deno.env.set("CLEFT_XLA_FLAGS", before);
  }
}

Deno.test("compilerFlags() leaves kernels without a fixed order out of true 32 bits on cards", () => {
  withFlags("", () => {
    const flags = {
      xla_gpu_exclude_nondeterministic_ops: true,
      xla_gpu_enable_triton_gemm: false,
    };
    deepStrictEqual(compilerFlags(fp32), flags);
    deepStrictEqual(compilerFlags({ platform: "cuda", precision: "bf16" }), {});
    deepStrictEqual(compilerFlags({ platform: "cpu", precision: "fp32" }), {});
  });
});

Deno.test("priceOf() tells what such kernels cost, unless the user wants others", () => {
  withFlags("", () => match(priceOf(compilerFlags(fp32))!, /tf32 and bf16/));
  withFlags("xla_gpu_exclude_nondeterministic_ops=false", () => {
    assertEquals(priceOf(compilerFlags(fp32)), null);
  });
  assertEquals(priceOf({}), null);
});

const cudaPlugin = cudaPluginPath();
Deno.test({
  name: "compilerFlags() are known to XLA for cards" +
    (cudaPlugin ? "" : " (skipped: it is not set up)"),
  ignore: cudaPlugin === null,
  fn() {
    const compiler = new CardCompiler(cudaPlugin!);
    const flags = withFlags("", () => compilerFlags(fp32));
    compiler.compile(product, { flags });
    compiler.compile(product, { flags: cachesTimes });
    throws(
      () => compiler.compile(product, { flags: { xla_gpu_none_such: true } }),
      /No such compile option: 'xla_gpu_none_such'/,
    );
  },
});

/** What the acceptance of cards sets besides. */
const cachesTimes = { xla_gpu_per_fusion_autotune_cache_dir: "/nowhere" };

const product = `
module {
  func.func public @main(%a: tensor<4x4xf32>) -> tensor<4x4xf32> {
    %0 = stablehlo.dot_general %a, %a, contracting_dims = [1] x [0],
      precision = [HIGHEST, HIGHEST]
      : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    return %0 : tensor<4x4xf32>
  }
}`;

Deno.test("compilerFlags() reads the user's flags as what they are", () => {
  withFlags("--a=true b=3  c=x", () => {
    deepStrictEqual(compilerFlags({ platform: "cpu", precision: "fp32" }), {
      ...{ a: true, b: 3, c: "x" },
    });
  });
});

Deno.test("compilerFlags() refuses a flag without a value", () => {
  withFlags("lonely", () => {
    throws(
      () => compilerFlags({ platform: "cpu", precision: "fp32" }),
      (error) =>
        error instanceof ExperimentError && /"lonely"/.test(error.message),
    );
  });
});
