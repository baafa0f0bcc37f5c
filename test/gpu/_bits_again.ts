import { join } from "node:path";
import { inTemporaryFolder } from "@test/bench/harness.ts";
import {
  type AcceptanceOptions,
  type Finding,
  finding,
  run,
} from "./_finding.ts";

/**
 * Whether a step gives the same weights again: by the program that was kept,
 * which has to be, and by another compilation, which is only told: as it is,
 * without kernels that add in no fixed order, and with autotuning that is kept.
 */
export async function bitsAgain(
  { gpu, env }: AcceptanceOptions,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const size = gpu
    ? ["--filters", "8,16,24", "--shape", "2,4,64,64", "--steps", "12"]
    : ["--filters", "2,3", "--shape", "1,2,16,16", "--steps", "3"];
  await inTemporaryFolder(async (folder) => {
    const train = async (
      precision: string,
      { programs, flags = "" }: { programs: string; flags?: string },
    ): Promise<string> => {
      const path = join(folder, `${precision}-${programs}`);
      Deno.mkdirSync(path, { recursive: true });
      const { out } = await run(["test/bench/our_step.ts"], {
        more: [
          ...["--engine", "pjrt", "--precision", precision, ...size],
          ...["--programs", path],
        ],
        seconds: 120,
        env: { ...env, CLEFT_XLA_FLAGS: flags },
      });
      return JSON.parse(out.split("\n").at(-1)!).weightsSha256;
    };
    for (const precision of gpu ? ["bf16", "fp32"] : ["fp32"]) {
      const first = await train(precision, { programs: "kept" });
      const again = await train(precision, { programs: "kept" });
      findings.push(finding(`${precision}: the program that was kept`, {
        found: first === again ? "the same bits" : "other bits",
        isMet: first === again,
      }));
      const told = (what: string, one: string, other: string) =>
        findings.push(finding(`${precision}: two compilations ${what}`, {
          found: one === other ? "the same bits" : "other bits",
          isMet: null,
        }));
      const other = await train(precision, { programs: "other" });
      told("as it is", first, other);
      if (!gpu) continue;
      for (const [what, flags] of Object.entries(settingsIn(folder))) {
        const [one, two] = [`one ${what}`, `two ${what}`] as const;
        told(
          what,
          await train(precision, { programs: one, flags }),
          await train(precision, { programs: two, flags }),
        );
      }
    }
  });
  return findings;
}

/** Ways of compiling that may give the same bits; some a folder is kept for. */
function settingsIn(folder: string): Readonly<Record<string, string>> {
  return {
    "without nondeterministic ops": "xla_gpu_exclude_nondeterministic_ops=true",
    "with autotuning that is kept":
      `xla_gpu_per_fusion_autotune_cache_dir=${folder}`,
  };
}
