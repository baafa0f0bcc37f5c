import { ExperimentError } from "@/core/mod.ts";
import { isChosen } from "./_choice.ts";
import {
  type GpuCase,
  type GpuRow,
  measureRow,
  nameOfCase,
  onPlugin,
} from "./_gpu_row.ts";
import { type BenchOptions, runOurs } from "./harness.ts";

/** What both sides are told of a network. */
type Networks = Readonly<Record<string, readonly string[]>>;

const onCard: Networks = {
  N1: ["--filters", "32,64,96,128,160", "--shape", "2,24,256,256"],
  small: ["--filters", "8,16,24,32,40", "--shape", "2,8,96,96"],
};
/** Tests the benchmark where there is no card. */
const onProcessor: Networks = {
  tiny: ["--filters", "4,6", "--shape", "1,2,16,16"],
};

/** After this no further row is begun, so that all fits into six minutes. */
const longestS = 235;

/**
 * Training steps and forward passes on a graphics processor, by the plugin that
 * `CLEFT_PJRT_PLUGIN` names or that is set up, against PyTorch's best on the
 * same card, and beside JAX. Without a card: a tiny network on what the plugin
 * has, which says nothing but that the benchmark works.
 */
export async function bench(options: BenchOptions): Promise<GpuRow[]> {
  const { gpu } = runOurs("our_step.ts", [...onPlugin, "--mode", "ask"]);
  const networks = gpu ? onCard : onProcessor;
  const all = casesOf(
    networks,
    gpu ? ["bf16", "tf32", "fp32"] : ["fp32", "bf16"],
  );
  const chosen = all.filter((one) =>
    isChosen(nameOfCase(one), options.only ?? [])
  );
  if (chosen.length === 0) {
    throw new ExperimentError("Cannot measure: nothing is so named", {
      where: `--only ${options.only!.join(" --only ")}`,
      fix: `Write words of ${all.map(nameOfCase).join(", ")}`,
    });
  }
  const start = performance.now(), rows: GpuRow[] = [], left: string[] = [];
  const isInTime = () => performance.now() - start < 1000 * longestS;
  for (const one of chosen) {
    const words = [...networks[one.network]!, "--precision", one.precision];
    if (options.only?.length || isInTime()) {
      rows.push(await measureRow(options, one, { gpu: gpu ?? null, words }));
    } else left.push(nameOfCase(one));
  }
  if (left.length > 0) {
    options.note(`Out of time for ${left.join(", ")}: name them by --only`);
  }
  return rows;
}

/** Rows in the order of their importance. */
function casesOf(
  networks: Networks,
  precisions: readonly GpuCase["precision"][],
): GpuCase[] {
  return Object.keys(networks).flatMap((network) =>
    precisions.flatMap((precision) =>
      (["train", "forward"] as const)
        .map((mode) => ({ network, mode, precision }))
    )
  );
}
