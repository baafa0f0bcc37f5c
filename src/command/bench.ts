import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ExperimentError, nearestName } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { jsonOption } from "./_options.ts";
import { shortNumber, table } from "./_text.ts";

/** The benchmarks; each is `test/bench/<name>.ts` and exports `bench`. */
const names = ["train", "infer", "augment", "metrics", "records"];

/** What a benchmark's file exports. */
interface BenchModule {
  bench(options: {
    readonly python: string;
    note(line: string): void;
  }): readonly BenchRow[] | Promise<readonly BenchRow[]>;
}

/** One line of a benchmark: our side and the peer's, measured in one run. */
interface BenchRow {
  readonly what: string;
  readonly unit: string;
  readonly ours: number | null;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly oursMiB: number | null;
  readonly peerMiB: number | null;
}

/** Measures Cleft beside what people use otherwise. */
export const bench = defineCommand({
  name: "bench",
  summary: "Measure Cleft beside its peers in Python, both in one run",
  positionals: [{ name: "WHAT", summary: names.join(", ") }],
  options: {
    python: {
      value: "PATH",
      summary: "the Python that has the peers installed; python3 by default",
    },
    ...jsonOption,
  },
  notes:
    "A ratio below 1 means that Cleft is faster. A peer that is not installed is\n" +
    "left out, and the output says so.",
  async run({ options, positionals }, context) {
    const name = positionals[0]!;
    if (!names.includes(name)) {
      const near = nearestName(name, names);
      throw new ExperimentError(
        `Cannot measure "${name}": no bench is so named`,
        {
          where: `bench ${name}`,
          fix: near ? `Write "${near}"` : `Write one of ${names.join(", ")}`,
        },
      );
    }
    const path = join(context.projectFolder, "test", "bench", `${name}.ts`);
    const { bench } = await import(
      pathToFileURL(path).href
    ) as unknown as BenchModule;
    const { python } = options;
    const rows = await bench({
      python: python?.includes("/")
        ? pathOf(python, context)
        : python ?? "python3",
      note: context.note,
    });
    context.print(
      options.json ? JSON.stringify(rows, null, 2) : describe(rows),
    );
    return 0;
  },
});

function describe(rows: readonly BenchRow[]): string {
  const heading = ["what", "unit", "ours", "peer", "ratio", "MiB", "peer's"];
  return table([
    heading,
    ...rows.map((row) => [
      row.what,
      row.unit,
      ...[row.ours, row.peer, row.ratio, row.oursMiB, row.peerMiB]
        .map(shortNumber),
    ]),
  ]);
}
