import type { GpuRow } from "@test/bench/_gpu_row.ts";
import {
  type AcceptanceOptions,
  type Finding,
  leftOut,
  run,
  verdictOf,
} from "./_finding.ts";

/** The most of PyTorch's time that a row may take, by words of its name. */
const mostOfTime: readonly (readonly [name: RegExp, ratio: number])[] = [
  [/^N1-train-bf16$/, 0.55],
  [/^N1-train-/, 0.65],
  [/^N1-forward-/, 0.7],
];
const mostOfMemory = 1.2;

/** The rows of the benchmark, the most important ones first, and what each takes. */
const rows = {
  card: [
    { name: "N1-train-bf16", seconds: 130 },
    { name: "N1-forward-bf16", seconds: 60 },
    { name: "N1-train-tf32", seconds: 110 },
    { name: "N1-train-fp32", seconds: 110 },
  ],
  processor: [{ name: "tiny-train-fp32", seconds: 0 }],
};

/** Training steps and forward passes beside PyTorch's best, as far as time allows. */
export async function* speedOf(
  options: AcceptanceOptions,
): AsyncIterable<Finding> {
  for (const { name, seconds } of options.gpu ? rows.card : rows.processor) {
    if (options.left() < seconds) yield leftOut(name);
    else yield* await measured(name, options);
  }
}

async function measured(
  name: string,
  { python, env }: AcceptanceOptions,
): Promise<readonly Finding[]> {
  const { out } = await run(["test/gpu/_row.ts", python, name], { env });
  return (JSON.parse(out) as GpuRow[]).flatMap((row) => {
    const most = mostOfTime.find(([name]) => name.test(row.what))?.[1];
    const memory = row.oursMiB && row.peerMiB && row.oursMiB / row.peerMiB;
    const told = `${row.ours?.toPrecision(3)} ms against ` +
      `${row.peer?.toPrecision(3) ?? "no peer"}`;
    return [
      {
        what: row.what,
        found: `${row.ratio?.toFixed(2) ?? "–"} (${told})`,
        ...row.ours === null
          ? { verdict: "FAIL" as const }
          : within(row.ratio, most),
      },
      ...memory && most !== undefined
        ? [{
          what: `${row.what}, memory`,
          found: memory.toFixed(2),
          ...within(memory, mostOfMemory),
        }]
        : [],
    ];
  });
}

function within(
  value: number | null,
  limit: number | undefined,
): Pick<Finding, "limit" | "verdict"> {
  return {
    limit: limit === undefined ? undefined : `≤ ${limit}`,
    verdict: value === null || limit === undefined
      ? "told"
      : verdictOf(value <= limit),
  };
}
