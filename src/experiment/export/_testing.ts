import { openRecords, type Records } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { testFolder } from "@test/folder.ts";
import type { RunContext } from "../run/context.ts";
import type { ExportFormat } from "./_format.ts";

/** What the note and the tag of the first run hold: what files must keep apart. */
export const hostile = 'a "b",\n<script>\x1b[31m & 50% $x_1$';

/** Two runs of a matrix and one of none, with numbers that few formats have. */
export function recordSome(records: Records): readonly string[] {
  return [1, 2, 3].map((seed) => {
    using recorder = records.startRun(newRun({
      seed,
      plan: JSON.stringify({ spec: { train: { batch: 2 * seed } } }),
      experiment: seed === 3 ? "other" : "table",
      variant: seed === 3 ? null : { loss: "dice_x", seed: `${seed}` },
      tags: seed === 1 ? [hostile] : [],
    }));
    recorder.metrics([1, 2].map((step) => ({
      ...{ split: "validation", name: "ap", step },
      value: seed / 4 * step / 2,
    })));
    const odd = { split: "train", name: "loss", step: 1 } as const;
    recorder.metric({ ...odd, value: [NaN, Infinity, -0][seed - 1]! });
    recorder.samples([
      { index: 7, step: 1, sha256: "ab".repeat(32), drawn: '{"p":1}' },
      { index: 9, step: 2, sha256: "cd".repeat(32), drawn: null },
    ]);
    recorder.finish("finished");
    return recorder.run.id;
  });
}

/** What a format writes of the runs of {@linkcode recordSome}, for `body` to read. */
export async function exported(
  format: ExportFormat,
  body: (path: string, ids: readonly string[]) => void | Promise<void>,
): Promise<void> {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  const ids = recordSome(records);
  const path = folder.path(`out${format.endings[0] ?? ""}`);
  const runs = ids.map((id) => records.run(id));
  await format.write({ runs, records, path }, {} as RunContext);
  await body(path, ids);
}
