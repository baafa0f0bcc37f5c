import { energyNames, peakMemoryName } from "@/machine/mod.ts";
import { formatBytes, formatNumber } from "../format.ts";
import type { PageRun } from "../page.ts";

/** Something that runs take of a machine, as a column of a table. */
export interface Need {
  /** What copies of the table call it. */
  readonly name: string;
  /** Its heading. */
  readonly label: string;
  /** What it is, in one line. */
  readonly summary: string;
  /** What a run took; null where nobody told. */
  of(run: PageRun): number | null;
  /** The same for people. */
  text(value: number): string;
}

const mib = 2 ** 20;

const everyNeed: readonly Need[] = [
  {
    name: "Memory (bytes)",
    label: "Memory",
    summary: "The most memory of the machine that the run held",
    of(run) {
      const held = lastSum(run, [peakMemoryName]);
      return held === null ? null : held * mib;
    },
    text: formatBytes,
  },
  {
    name: "Card memory (bytes)",
    label: "Card memory",
    summary: "The most memory of a card that the engine used",
    of: ({ engine }) => engine?.peakBytes ?? null,
    text: formatBytes,
  },
  {
    name: "Energy (kWh)",
    label: "Energy",
    summary: "What cards and processor took meanwhile, as far as they tell",
    of: (run) => lastSum(run, energyNames()),
    text: (kWh) => `${formatNumber(kWh)} kWh`,
  },
];

/** What some of these runs are known to have taken. */
export function needsOf(runs: readonly PageRun[]): readonly Need[] {
  return everyNeed.filter(({ of }) => runs.some((run) => of(run) !== null));
}

/** The sum of what some numbers of training came to; null without any. */
function lastSum({ series }: PageRun, names: readonly string[]): number | null {
  const last = series
    .filter(({ split, name }) => split === "train" && names.includes(name))
    .map(({ values }) => values.at(-1) ?? NaN)
    .filter(Number.isFinite);
  return last.length === 0 ? null : last.reduce((a, b) => a + b);
}
