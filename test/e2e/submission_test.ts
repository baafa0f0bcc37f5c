import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import { openHdf5 } from "@/data/mod.ts";
import { isNativeReady } from "@/engine/mod.ts";
import { block, torn, writeChallenge } from "@test/challenge.ts";
import { Workplace } from "./_run.ts";
import { commandsOf } from "./_tutorial.ts";

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
      "cracks: cracks_A+.hdf }\n" +
      "              badSections: { sections: [5], policy: replace }",
    ],
  ];
  const small = changes.reduce((now, [from, to]) => {
    ok(now.includes(from), `the schedule has no ${from}`);
    return now.replaceAll(from, to);
  }, text);
  return small.replaceAll(
    /(sample_([ABC]\+?)_padded[^]*?)estimate: true/g,
    "$1shifts: trans_$2.txt, columns: xy",
  );
}

/** Where the small challenge is. */
const roots = ["--data-root", "data", "--data-root", "served"];

/** How far two masks are the same: twice what they share by what they have. */
function dice(a: Uint8Array, b: Uint8Array): number {
  let both = 0, all = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!;
    all += a[i]! + b[i]!;
  }
  return 2 * both / all;
}

/** A section of the padded volume, of what is handed in. */
function sectionOf(values: Uint8Array, section: number): Uint8Array {
  const [, height, width] = block.shapeVox, size = height * width;
  const start = (section - block.startVox[0]) * size;
  return values.subarray(start, start + size);
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

/** A command of the tutorial for the small challenge: other sizes, tables of shifts. */
function small(words: readonly string[], server: string): readonly string[] {
  const [family, member] = words;
  const own = words.flatMap((word) =>
    word === "14,200"
      ? ["2,8"]
      : word === "--estimate"
      ? ["--shifts", "served/trans_A.txt", "--columns", "xy"]
      : [word]
  );
  if (family === "data" && member === "cremi") {
    return [...own, "--base-url", server];
  }
  const reads = ["plan", "run", "export"].includes(family!);
  return reads ? [...own, ...roots] : own;
}

Deno.test("the tutorial's commands lead from the download to files whose clefts are where the tissue was", async () => {
  using place = new Workplace();
  const at = (...names: string[]) => join(place.folder, ...names);
  const truths = await writeChallenge(at("served"));
  Deno.mkdirSync(at("experiments/cremi"), { recursive: true });
  place.write("experiments/cremi/_report.yaml", tiny);
  place.write("experiments/cremi/submission.yaml", smallSchedule());
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    ({ url }) => {
      const name = decodeURIComponent(new URL(url).pathname);
      return new Response(Deno.readFileSync(at("served", name)));
    },
  );
  const address = `http://127.0.0.1:${server.addr.port}/`;
  const said = new Map<string, string>();
  for (const words of commandsOf("cremi_entry.md")) {
    said.set(words.join(" "), await place.well(...small(words, address)));
  }
  const schedule = "experiments/cremi/submission.yaml";
  match(
    said.get(`plan ${schedule}`)!,
    /^A +stage=all .* sample_A\+_submission\.hdf /m,
  );
  match(
    [...said.values()].join("\n"),
    /^sample_A\+_submission\.hdf: Section 3 is torn and put together$/m,
  );
  match(said.get(`plan ${schedule} --only stage=A`)!, /^hands in +sample_A\+/m);

  const folder = at("results/submissions/cremi-submission");
  for (const [name, { cleft, undrifted }] of truths) {
    const path = join(folder, `sample_${name}_submission.hdf`);
    match(
      said.get(`data check ${path.slice(place.folder.length + 1)}`)!,
      /a sound submission/,
    );
    const found = await handedIn(path);
    const score = dice(found, cleft);
    ok(score > 0.85, `Dice of ${name}: ${score}`);
    ok(dice(found, undrifted) < 0.75, "drift does not matter in the phantom");
    if (name !== "A+") continue;
    const ofTorn = dice(sectionOf(found, torn), sectionOf(cleft, torn));
    ok(ofTorn > 0.9, `Dice of the torn section: ${ofTorn}`);
  }
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
  const path = join(folder, "sample_B+_submission.hdf");
  const before = await handedIn(path);
  deepStrictEqual(await handedIn(at("entry/sample_B+_submission.hdf")), before);

  // The same command leaves what is there, and makes what is missing.
  Deno.removeSync(path);
  const again = await place.well("run", schedule, ...roots);
  deepStrictEqual(again.match(/there already$/gm)?.length, 2);
  ok(!again.includes("Predicting"));
  deepStrictEqual(await handedIn(path), before);
});
