import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { BenchModule, BenchRow } from "./_bench.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { jsonOption } from "./_options.ts";
import { shortNumber, table } from "./_text.ts";

/** The benchmarks; each is `test/bench/<name>.ts` and exports `bench`. */
const benches: Readonly<Record<string, string>> = {
  train: "a training step, beside PyTorch",
  infer: "a forward pass, beside PyTorch",
  blending: "a volume predicted tile by tile, beside PyTorch",
  gpu: "both on a graphics processor, beside PyTorch and JAX",
  memory: "memory of a training step, beside PyTorch",
  dilation: "dilated convolutions, beside undilated ones",
  augment: "augmentations, beside gunpowder, numpy and scipy",
  metrics: "metrics, beside scipy and scikit-learn",
  distances: "distances of a whole volume, beside scipy",
  records: "records and reports, beside MLflow",
};
const names = Object.keys(benches);

/** Measures Cleft beside what people use otherwise. */
export const bench = defineCommand({
  name: "bench",
  summary: "Measure Cleft beside its peers in Python, both in one run",
  positionals: [{
    name: "WHAT",
    count: "optional",
    summary: `${names.join(", ")}; without it, what each measures`,
  }],
  options: {
    python: {
      value: "PATH",
      summary: "the Python that has the peers installed; python3 by default",
    },
    only: {
      value: "WORDS",
      isRepeatable: true,
      summary: "of gpu, only rows with these words, such as N1-train-bf16",
    },
    ...jsonOption,
  },
  notes:
    "A ratio below 1 means that Cleft is faster. A peer that is not installed is\n" +
    "left out, and a line says so; test/bench/README.md tells how to install it.",
  async run({ options, positionals }, context) {
    const name = positionals[0];
    if (name === undefined) {
      context.print(
        options.json ? JSON.stringify(benches) : table(
          Object.entries(benches),
        ),
      );
      return 0;
    }
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
    const said = new Set<string>(); // each row misses the same peer
    const rows = await bench({
      python: python?.includes("/")
        ? pathOf(python, context)
        : python ?? "python3",
      only: options.only,
      note(line) {
        if (!said.has(line)) context.note(line);
        said.add(line);
      },
    });
    context.print(
      options.json ? JSON.stringify(rows, null, 2) : describe(rows),
    );
    return 0;
  },
});

function describe(rows: readonly BenchRow[]): string {
  const heading = ["what", "unit", "ours", "peer", "ratio", "MiB", "peer's"];
  const own = ["what", "unit", "ours", "peer", "ratio", "oursMiB", "peerMiB"];
  const more = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    .filter((key) => !own.includes(key));
  return table([
    [...heading, ...more],
    ...rows.map((row) => {
      const cells = new Map<string, unknown>(Object.entries(row));
      return [...own, ...more].map((key) => cellOf(cells.get(key)));
    }),
  ]);
}

function cellOf(value: unknown): string {
  return typeof value === "string" ? value : shortNumber(value as number);
}
