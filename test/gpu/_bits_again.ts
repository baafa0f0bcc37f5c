import { join } from "node:path";
import {
  type AcceptanceOptions,
  type Finding,
  leftOut,
  run,
  verdictOf,
} from "./_finding.ts";

/** What a training takes at most, compilation included. */
const LONGEST_S = 25;

/**
 * Whether a step gives the same weights again: by the program that was kept,
 * which has to be, and by another compilation, which is only told: as it is,
 * without kernels that add in no fixed order, and with autotuning that is kept.
 */
export async function* bitsAgain(
  options: AcceptanceOptions,
): AsyncIterable<Finding> {
  const { gpu, left } = options;
  const folder = Deno.makeTempDirSync({ prefix: "cleft-bits-" });
  try {
    const train = trainerIn(folder, options);
    const precisions = gpu ? ["bf16", "fp32"] : ["fp32"];
    const first: Record<string, string> = {};
    for (const precision of precisions) {
      first[precision] = await train(precision, { programs: "kept" });
      const again = await train(precision, { programs: "kept" });
      yield {
        what: `${precision}: the program that was kept`,
        found: sameness(first[precision], again),
        verdict: verdictOf(first[precision] === again),
      };
    }
    for (const precision of precisions) {
      const what = `${precision}: two compilations as it is`;
      const other = await train(precision, { programs: "other" });
      yield {
        what,
        found: sameness(first[precision]!, other),
        verdict: "told",
      };
    }
    for (const [way, flags] of Object.entries(gpu ? waysIn(folder) : {})) {
      for (const precision of precisions) {
        const what = `${precision}: two compilations ${way}`;
        if (left() < 2 * LONGEST_S) {
          yield leftOut(what);
          continue;
        }
        const one = await train(precision, { programs: `one ${way}`, flags });
        const two = await train(precision, { programs: `two ${way}`, flags });
        yield { what, found: sameness(one, two), verdict: "told" };
      }
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function sameness(one: string, other: string): string {
  return one === other ? "the same bits" : "other bits";
}

/** Trains for some steps; gives the hash of the weights. */
function trainerIn(folder: string, { gpu, env }: AcceptanceOptions) {
  const size = gpu
    ? ["--filters", "8,16,24", "--shape", "2,4,64,64", "--steps", "12"]
    : ["--filters", "2,3", "--shape", "1,2,16,16", "--steps", "3"];
  return async (
    precision: string,
    { programs, flags = "" }: { programs: string; flags?: string },
  ): Promise<string> => {
    const path = join(folder, `${precision}-${programs}`);
    Deno.mkdirSync(path, { recursive: true });
    const { out } = await run([
      ...["test/bench/our_step.ts", "--engine", "pjrt", ...size],
      ...["--precision", precision, "--programs", path],
    ], { env: { ...env, CLEFT_XLA_FLAGS: flags } });
    return JSON.parse(out.split("\n").at(-1)!).weightsSha256;
  };
}

/** Ways of compiling that may give the same bits; some a folder is kept for. */
function waysIn(folder: string): Readonly<Record<string, string>> {
  return {
    "without nondeterministic ops": "xla_gpu_exclude_nondeterministic_ops=true",
    "with autotuning that is kept":
      `xla_gpu_per_fusion_autotune_cache_dir=${folder}`,
  };
}
