import type { GpuRow } from "@test/bench/_gpu_row.ts";
import {
  type AcceptanceOptions,
  type Finding,
  finding,
  run,
} from "./_finding.ts";

/** The most of PyTorch's time that a row may take, by words of its name. */
const mostOfTime: readonly (readonly [name: RegExp, ratio: number])[] = [
  [/^N1-train-bf16$/, 0.55],
  [/^N1-train-/, 0.65],
  [/^N1-forward-/, 0.7],
];
const mostOfMemory = 1.2;

/** The rows of the benchmark, the most important ones first. */
const rows = {
  card: [
    ...["N1-train-bf16", "N1-forward-bf16", "N1-train-tf32", "N1-train-fp32"],
    ...["small-train-bf16", "N1-forward-tf32", "N1-forward-fp32"],
  ],
  processor: ["tiny-train-fp32"],
};

/** Training steps and forward passes beside PyTorch's best, as far as time allows. */
export async function speedOf(
  options: AcceptanceOptions,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const name of options.gpu ? rows.card : rows.processor) {
    if (performance.now() > options.deadlineMs) {
      const found = "left out, as time is up: --only speed";
      findings.push(finding(name, { found, isMet: null }));
    } else findings.push(...await measured(name, options));
  }
  return findings;
}

async function measured(
  name: string,
  { python, env }: AcceptanceOptions,
): Promise<readonly Finding[]> {
  const words = ["src/main.ts", "bench", "gpu", "--json", "--only", name];
  const more = ["--python", python];
  const { out } = await run(words, { more, seconds: 200, env });
  return (JSON.parse(out) as GpuRow[]).flatMap((row) => {
    const most = mostOfTime.find(([name]) => name.test(row.what))?.[1];
    const memory = row.oursMiB && row.peerMiB && row.oursMiB / row.peerMiB;
    const within = (value: number | null, limit: number | undefined) => ({
      limit: limit === undefined ? undefined : `≤ ${limit}`,
      isMet: value === null || limit === undefined ? null : value <= limit,
    });
    const told = `${row.ours?.toPrecision(3)} ms against ` +
      `${row.peer?.toPrecision(3) ?? "no peer"}`;
    return [
      finding(row.what, {
        found: `${row.ratio?.toFixed(2) ?? "–"} (${told})`,
        ...within(row.ratio, most),
        ...row.ours === null && { isMet: false },
      }),
      ...memory && most !== undefined
        ? [finding(`${row.what}, memory`, {
          found: memory.toFixed(2),
          ...within(memory, mostOfMemory),
        })]
        : [],
    ];
  });
}
