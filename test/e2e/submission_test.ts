import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import { openHdf5 } from "@/data/mod.ts";
import { isNativeReady } from "@/engine/mod.ts";
import { block, type Truth, writeChallenge } from "@test/challenge.ts";
import { Workplace } from "./_run.ts";

/** A network that learns in a second what is dark. */
const tiny = `sampler: { type: uniform, patchVox: [4, 24, 24] }
model: { type: resUnet, filters: [3, 4], anisotropicLevels: 1 }
optimizer: { type: adam, learningRate: 0.01 }
train:
  volumeTotal: 120
  volumeSave: 120
  validateEvery: 120
  workers: 0
  threads: 2
  engine: ${isNativeReady() ? "tensorflow" : "embedded"}
infer: { patchVox: [6, 40, 40], overlap: 0.2, tta: { type: flips } }
evaluate: { metrics: [averagePrecision, dice], sectionsShown: 0 }
`;

/** The experiment that ships, for small volumes: only sizes differ, and what moves sections. */
function smallSchedule(): string {
  const text = Deno.readTextFileSync(
    join(projectFolder, "experiments/cremi/submission.yaml"),
  );
  const changes: readonly (readonly [string, string])[] = [
    ["{ sections: 14, pixels: 200 }", "{ sections: 2, pixels: 8 }"],
    ["[0, 114]", "[0, 6]"],
    ["[114, 153]", "[6, 10]"],
    [
      "z: [37, 162], y: [911, 2161], x: [911, 2161]",
      "z: [2, 8], y: [14, 62], x: [14, 62]",
    ],
    ["train.volumeTotal: 130000", "train.volumeTotal: 20"],
    [
      "cracks: detect }",
      "cracks: cremi/cracks_A+.hdf }\n" +
      "              badSections: { sections: [5], policy: replace }",
    ],
  ];
  const small = changes.reduce((now, [from, to]) => {
    ok(now.includes(from), `the schedule has no ${from}`);
    return now.replaceAll(from, to);
  }, text);
  return small.replaceAll(
    /(sample_([ABC]\+?)_padded[^]*?)estimate: true/g,
    "$1shifts: cremi/trans_$2.txt, columns: xy",
  );
}

/** How far two masks are the same: twice what they share by what they have. */
function dice(a: Uint8Array, b: Uint8Array): number {
  let both = 0, all = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!;
    all += a[i]! + b[i]!;
  }
  return 2 * both / all;
}

/** What a file hands in, 1 in clefts. */
async function handedIn(path: string): Promise<Uint8Array> {
  using file = await openHdf5(path);
  const clefts = file.dataset("volumes/labels/clefts");
  deepStrictEqual(clefts.shapeVox, block.shapeVox);
  const ids = clefts.read({ startVox: [0, 0, 0], shapeVox: block.shapeVox });
  return Uint8Array.from(
    ids as BigUint64Array,
    (id) => id === 0xffffffffffffffffn ? 0 : 1,
  );
}

Deno.test("the report's schedule is one command, from padded volumes to files whose clefts are where the tissue was", async () => {
  using place = new Workplace();
  const truths = await writeChallenge(join(place.folder, "cremi"));
  place.write("_report.yaml", tiny);
  place.write("submission.yaml", smallSchedule());
  const planned = await place.well("plan", "submission.yaml");
  match(planned, /^A +stage=all .* sample_A\+_submission\.hdf /m);

  const said = await place.well("run", "submission.yaml");
  const folder = join(place.results, "submissions", "cremi-submission");
  const scores: number[] = [];
  for (const [name, { cleft, undrifted }] of truths as Map<string, Truth>) {
    const path = join(folder, `sample_${name}_submission.hdf`);
    const checked = await place.json<{ isSound: boolean; form: string }>(
      ...["data", "check", path],
    );
    deepStrictEqual([checked.isSound, checked.form], [true, "submission"]);
    const found = await handedIn(path);
    scores.push(dice(found, cleft));
    ok(dice(found, undrifted) < 0.75, "drift does not matter in the phantom");
  }
  ok(scores.every((score) => score > 0.85), `Dice ${scores} ${said}`);
  {
    using records = place.records();
    const runs = records.runs();
    deepStrictEqual(
      runs.map(({ variant, state }) => [variant!["stage"], state]),
      ["all", "A", "B", "C"].map((stage) => [stage, "finished"]),
    );
    deepStrictEqual(
      runs.slice(1).map(({ inputs }) =>
        inputs.find(({ role }) => role === "init")!.run
      ),
      Array(3).fill(runs[0]!.id),
    );
  }

  // The same command leaves what is there, and makes what is missing.
  const path = join(folder, "sample_B+_submission.hdf");
  const before = await handedIn(path);
  Deno.removeSync(path);
  const again = await place.well("run", "submission.yaml");
  deepStrictEqual(again.match(/there already$/gm)?.length, 2);
  ok(!again.includes("Predicting"));
  deepStrictEqual(await handedIn(path), before);

  // By command: the same clefts of one run.
  await place.well(
    ...["export", "cremi-submission@stage=B", "--format", "cremi-submission"],
    ...["--output", "entry"],
  );
  deepStrictEqual(
    await handedIn(join(place.folder, "entry/sample_B+_submission.hdf")),
    await handedIn(path),
  );
});
