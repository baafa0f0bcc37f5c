import type { Build } from "./place.ts";
import { type Bill, billOf } from "./wheels.ts";

/** A bill, or why this machine has none. */
export type Support =
  | { readonly bill: Bill; readonly reason?: never }
  | { readonly bill?: never; readonly reason: string };

/** Whether a build exists for this machine. */
export function supportOf(build: Build): Support {
  const { os, arch } = Deno.build;
  const bill = billOf(build);
  if (!bill) {
    return {
      reason: `TensorFlow is not packaged for ${
        build === "gpu" ? "graphics processors on " : ""
      }${os} on ${arch}`,
    };
  }
  // TensorFlow ends the process where it misses these instructions.
  if (os === "linux" && arch === "x86_64" && !hasAvx()) {
    return { reason: "TensorFlow needs a processor with AVX instructions" };
  }
  return { bill };
}

function hasAvx(): boolean {
  const flags = /^flags\s*:(.*)$/m.exec(
    Deno.readTextFileSync("/proc/cpuinfo"),
  )?.[1];
  // A machine that does not say is trusted.
  return flags === undefined || flags.split(" ").includes("avx");
}
