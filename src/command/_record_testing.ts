import { join } from "node:path";
import {
  type MatrixRecord,
  type NewRun,
  openRecords,
  type Variant,
} from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";

/** Records a run with two validations and gives its id. */
export function record(folder: string, changes: Partial<NewRun> = {}): string {
  return recordScores(folder, {
    scores: { "validation/ap": [0.25, 0.5] },
    ...changes,
  });
}

/** Records a run with numbers at the steps 10, 20, …, by `split/name`. */
export function recordScores(
  folder: string,
  { scores = {}, state = "finished", ...changes }: Partial<NewRun> & {
    readonly scores?: Readonly<Record<string, readonly number[]>>;
    readonly state?: "finished" | "failed" | "interrupted";
  },
): string {
  using records = openRecords(join(folder, "results"));
  using recorder = records.startRun(newRun({
    file: "mixloss.yaml",
    overrides: ["seed=7"],
    plan: '{"format":1,"spec":{"name":"mixloss","seed":7}}',
    inputs: [],
    ranking: { name: "ap", better: "higher" },
    ...changes,
  }));
  for (const [key, values] of Object.entries(scores)) {
    const [split, name] = key.split("/") as ["validation", string];
    values.forEach((value, i) =>
      recorder.metric({ split, name, step: 10 * (i + 1), value })
    );
  }
  recorder.log("info", "all went well");
  if (state === "finished") recorder.finish(state);
  else recorder.finish(state, "it was so");
  return recorder.run.id;
}

/** Records the matrix "table", and a run of each variant that has an AP. */
export function recordMatrix(
  folder: string,
  { axes, apOf }: {
    readonly axes: MatrixRecord["axes"];
    readonly apOf: (values: Variant) => number | null;
  },
): readonly (string | null)[] {
  const places = axes.reduce<Variant[]>(
    (places, { name, values }) =>
      places.flatMap((place) =>
        values.map((value) => ({ ...place, [name]: value }))
      ),
    [{}],
  );
  const variants = places.map((values, i) => ({ values, planHash: `p${i}` }));
  {
    using records = openRecords(join(folder, "results"));
    records.recordMatrix({ name: "table", axes, variants });
  }
  return variants.map(({ values, planHash }) => {
    const ap = apOf(values);
    return ap === null ? null : recordScores(folder, {
      scores: { "validation/best.ap": [ap], "validation/ap": [0.01] },
      experiment: "table",
      variant: values,
      planHash,
    });
  });
}
