import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { ForeignRun } from "./_source.ts";

const fixtures = join(
  import.meta.dirname!,
  "../../../test/fixtures/foreign",
);

/** Event files as TensorBoard has written them. */
export const eventsFolder = join(fixtures, "events");

/** Writes the folder that MLflow has made into another one; its path. */
export function writeMlruns(folder: string): string {
  const files = JSON.parse(
    Deno.readTextFileSync(join(fixtures, "mlruns.json")),
  ) as Readonly<Record<string, string>>;
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, "mlruns", name);
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, text);
  }
  return join(folder, "mlruns");
}

/** The same of its database. */
export function writeDatabase(folder: string): string {
  const path = join(folder, "mlflow.db");
  const packed = Deno.readFileSync(join(fixtures, "mlflow.sqlite.gz"));
  Deno.writeFileSync(path, gunzipSync(packed));
  return path;
}

/** What the script has told MLflow of each run, in whichever store. */
export const recorded = ([
  ["run 0", "0", "finished", 1_700_000_000_000],
  ["run 1", "1", "interrupted", 1_700_000_001_000],
] as const).map(([name, seed, state, beganMs]) => ({
  ...{ experiment: "Synapses/α", name, state, beganMs },
  ...{ endedMs: 1_700_000_060_000, reason: null },
  params: {
    ...{ bent: "True", lr: "0.001", "optimizer.name": "Adam", seed },
    text: "two\nlines",
  },
  ...{ labels: { team: "a" }, note: "first try", commit: "ab".repeat(20) },
  series: [
    {
      name: "train/loss",
      points: [[0, 1.5], [10, 0.75], [20, NaN], [30, -Infinity]],
    },
    { name: "val/dice", points: [[10, 0.25], [20, 0.625]] },
  ],
}));

/** Runs without what every recording of them makes anew. */
export function withoutIds(runs: readonly ForeignRun[]): unknown {
  return runs.map(({ id: _, where: _w, ...run }) => run);
}
