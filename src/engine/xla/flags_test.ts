import { deepStrictEqual, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { compilerFlags } from "./flags.ts";

/** Runs something with the user's flags set. */
function withFlags(text: string, body: () => void): void {
  const before = Deno.env.get("CLEFT_XLA_FLAGS");
  Deno.env.set("CLEFT_XLA_FLAGS", text);
  try {
    body();
  } finally {
    if (before === undefined) Deno.env.delete("CLEFT_XLA_FLAGS");
    else Deno.env.set("CLEFT_XLA_FLAGS", before);
  }
}

Deno.test("compilerFlags() leaves kernels without a fixed order out of true 32 bits on cards", () => {
  withFlags("", () => {
    const flags = { xla_gpu_exclude_nondeterministic_ops: true };
    deepStrictEqual(
      compilerFlags({ platform: "cuda", precision: "fp32" }),
      flags,
    );
    deepStrictEqual(compilerFlags({ platform: "cuda", precision: "bf16" }), {});
    deepStrictEqual(compilerFlags({ platform: "cpu", precision: "fp32" }), {});
  });
});

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
