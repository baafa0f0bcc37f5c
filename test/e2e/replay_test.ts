import { deepStrictEqual, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { decode } from "fast-png";
import { sha256Hex, sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
import { openHdf5, type SampleRecord, sources, writeHdf5 } from "@/data/mod.ts";
import type { ReplayedSample } from "@/experiment/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { Workplace } from "./_run.ts";
import { writeVolume } from "./_volume.ts";

/** Two volumes, every kind of change, one of which reads a file, and twelve steps that two workers prepare. */
const changed = [
  ...[
    "--set",
    "data.train=[{ source: { type: cremi, file: a.hdf } }, " +
    "{ source: { type: cremi, file: b.hdf }, regionVox: { z: [1, 7], x: [4, 48] } }]",
  ],
  ...[
    "--set",
    "augment=[{ type: defect, probArtifact: 0.3, artifacts: { type: file, file: d.hdf } }, " +
    "{ type: simple }, { type: elastic, maxMisalign: 4 }, " +
    "{ type: compose, steps: [{ type: grey }, { type: intensity, p: 0.5 }] }]",
  ],
  ...["--workers", "2"],
];

/** Writes sections with artifacts: waves of grey and of mask. */
async function writeDefects(path: string, phase = 0): Promise<void> {
  const shapeVox: Zyx = [2, 40, 40];
  const waves = Uint8Array.from(
    { length: sizeOf(shapeVox) },
    (_, i) => 128 + 127 * Math.sin(i / 9 + phase),
  );
  const place = { shapeVox, resolutionNm: [50, 10, 10] as Zyx };
  await writeHdf5(path, {
    "defect_sections/raw": { ...place, data: waves },
    "defect_sections/mask": { ...place, data: waves.toReversed() },
  });
}

/** A workplace with the volumes. */
async function workplace(): Promise<Workplace> {
  using moving = new DisposableStack();
  const place = moving.use(new Workplace());
  await writeVolume(join(place.folder, "a.hdf"));
  await writeVolume(join(place.folder, "b.hdf"), {
    seed: 6,
    offsetNm: [100, 20, 30],
  });
  await writeDefects(join(place.folder, "d.hdf"));
  moving.move();
  return place;
}

/** A workplace with the volumes and a run on them. */
async function trained(...words: readonly string[]) {
  using moving = new DisposableStack();
  const place = moving.use(await workplace());
  const id = await place.run("tiny.yaml", ...changed, ...words);
  moving.move();
  return { place, id };
}

/** One for the tests that change nothing of it. */
let shared: ReturnType<typeof trained> | undefined;
Deno.test.afterAll(async () => (await shared)?.place[Symbol.dispose]());

const replayed = (place: Workplace, ...words: readonly string[]) =>
  place.json<ReplayedSample[]>("replay", ...words);

Deno.test("replay makes 20 random samples of a finished run as training saw them", async () => {
  const { place, id } = await (shared ??= trained());
  const samples = await replayed(place, "last", "--random", "20");
  assertEquals(new Set(samples.map(({ index }) => index)).size, 20);
  using records = place.records();
  for (const { run, index, step, comparison, sha256 } of samples) {
    deepStrictEqual([run, comparison], [id, "identical"], `sample ${index}`);
    deepStrictEqual(records.sample(id, index), {
      index,
      step,
      sha256,
      drawn: null,
    });
  }
  const kinds = new Set(samples.map(({ place }) => place.volume));
  deepStrictEqual([...kinds].sort(), [0, 1], "of both volumes");
  match(
    await place.well("replay", id, "--sample", "3", "--sample", "0..1"),
    /^sample 0 \(step 1\): identical to what training saw\n.*\nsample 1 .*\n.*\nsample 3 \(step 2\): identical/,
  );
});

Deno.test("replay writes what training saw: voxels, a picture of each section, and all that was drawn", async () => {
  const { place } = await (shared ??= trained());
  const [one] = await replayed(
    ...[place, "last", "--sample", "7", "--out", "out"] as const,
  );
  const { index, place: from, files, voxelNm } = one!;
  deepStrictEqual(
    files,
    ["hdf", "png", "json"].map((ending) =>
      join(place.folder, "out", `sample-${index}.${ending}`)
    ),
  );
  const [hdf, png, json] = files;
  deepStrictEqual(JSON.parse(Deno.readTextFileSync(json!)), one);
  const { width, height } = decode(Deno.readFileSync(png!));
  ok(width > 2 * 240 && height > 2 * 240, "4 sections of 240 pixels each");

  using file = await openHdf5(hdf!);
  const bytes = ["raw", "primary/target", "primary/mask", "primary/weight"]
    .flatMap((name) => {
      const dataset = file.dataset(`volumes/${name}`);
      const { resolutionNm, offsetNm, shapeVox } = dataset;
      deepStrictEqual([resolutionNm, offsetNm], [voxelNm, from.offsetNm]);
      return [...new Uint8Array(dataset.read(wholeBox(shapeVox)).buffer)];
    });
  assertEquals(sha256Hex(Uint8Array.from(bytes)), one!.recordedSha256);

  using volume = await sources.create(
    sources.schema.parse({ type: "cremi", file: hdf }),
  ).open({ dataRoots: [], cacheFolder: place.folder, where: "test" });
  const patch = volume.read(wholeBox(volume.shapeVox));
  for (const name of ["target", "mask"] as const) {
    const whole = file.dataset(`volumes/primary/${name}`);
    assertSameNumbers(
      patch[name],
      whole.read(wholeBox(whole.shapeVox)) as Float32Array,
      name,
    );
  }
});

Deno.test("what replay writes down, applied to the training volume, gives the sample again", async () => {
  const { place } = await (shared ??= trained());
  const all = await replayed(place, "last", "--sample", "0..9", "--out", ".");
  const one = all.find((sample) => sample.place.volume === 0)!;
  const bounds = one.place.startVox.map((from, axis) =>
    `${"zyx"[axis]}: [${from}, ${from + one.shapeVox[axis]!}]`
  );
  await place.well(
    ...["replay", "--augmentation", `sample-${one.index}.json`],
    ...["--input", "a.hdf", "--region", `{ ${bounds.join(", ")} }`],
    ...["--output", "again.hdf"],
  );
  using first = await openHdf5(one.files[0]!);
  using again = await openHdf5(join(place.folder, "again.hdf"));
  for (const name of ["volumes/raw", "volumes/labels/clefts"]) {
    const [a, b] = [first, again].map((file) => file.dataset(name));
    deepStrictEqual(
      a!.read(wholeBox(one.shapeVox)),
      b!.read(wholeBox(one.shapeVox)),
    );
    deepStrictEqual(a!.offsetNm, b!.offsetNm);
  }
});

Deno.test("replay refuses data that has changed, and fails for a sample that differs", async () => {
  const { place, id } = await trained();
  using _ = place;
  const path = join(place.folder, "b.hdf"), bytes = Deno.readFileSync(path);
  await writeVolume(path, { seed: 7 });
  const before = place.files();
  const refused = await place.cleft("replay", id, "--sample", "0");
  assertEquals(refused.code, 2);
  assertEquals(
    refused.err,
    `Cannot replay run ${id}: the data of train[1] has changed\n` +
      `  at   ${path}\n  fix  Put the file with SHA-256 ${
        sha256Hex(bytes)
      } back\n`,
  );
  deepStrictEqual(place.files(), before);

  Deno.writeFileSync(path, bytes);
  const defects = join(place.folder, "d.hdf");
  const kept = Deno.readFileSync(defects);
  await writeDefects(defects, 1);
  for (const command of [["replay", id, "--sample", "0"], ["rerun", id]]) {
    const { code, err } = await place.cleft(...command);
    assertEquals(code, 2);
    match(err, /^Cannot \w+ run \S+: the data of augment has changed\n/);
  }
  deepStrictEqual(place.files(), before);

  Deno.writeFileSync(defects, kept);
  await place.well("replay", id, "--sample", "5");
  {
    using db = new DatabaseSync(join(place.results, "runs.sqlite"));
    db.exec("UPDATE sample SET sha256 = zeroblob(32) WHERE number = 5");
  }
  const other = await place.cleft("replay", id, "--sample", "4..5");
  assertEquals(other.code, 1, other.err);
  match(other.out, /^sample 4 \(step 3\): identical to what training saw$/m);
  match(
    other.out,
    /^sample 5 \(step 3\): different from what training saw: SHA-256 [0-9a-f]{64}, was 0{64}, (likely because of |and code, )/m,
  );
});

Deno.test("replay of a run that was stopped and resumed knows each sample once", async () => {
  using place = await workplace();
  const longer = [...changed, "--set", "train.volumeTotal=200"];
  const running = place.start("run", "tiny.yaml", ...longer);
  await running.printed(/^step 1\//m);
  running.kill("SIGKILL");
  await running.ended;
  await place.well("resume", "last");
  using records = place.records();
  deepStrictEqual(
    records.samples("last").map(({ index, step }) => [index, step]),
    Array.from({ length: 200 }, (_, i) => [i, Math.floor(i / 2) + 1]),
  );
  const samples = await replayed(
    place,
    "last",
    "--random",
    "20",
    "--seed",
    "3",
  );
  deepStrictEqual(
    samples.map(({ comparison }) => comparison),
    new Array(20).fill("identical"),
  );
});

Deno.test("a run records what was drawn for each sample, or nothing of it, if it is told to", async () => {
  const { place, id } = await trained(
    ...["--set", "train.recordSamples=parameters"],
  );
  using _ = place;
  const [one] = await replayed(place, id, "--sample", "2");
  {
    using records = place.records();
    const drawn: SampleRecord = JSON.parse(records.sample(id, 2)!.drawn!);
    deepStrictEqual(drawn.place.startVox, one!.place.startVox);
    deepStrictEqual(
      drawn.steps.map(({ parameters }) => parameters),
      one!.augmentations.map(({ parameters }) => parameters),
    );
  }

  const silent = await place.run(
    ...["tiny.yaml", ...changed, "--set", "train.recordSamples=none"],
  );
  match(
    await place.well("replay", silent, "--sample", "2"),
    /^sample 2 \(step 2\): made again; what training saw was not recorded$/m,
  );
  const [again] = await replayed(place, silent, "--sample", "2");
  deepStrictEqual([again!.comparison, again!.sha256], ["unknown", one!.sha256]);
  const { code, err } = await place.cleft("replay", silent, "--sample", "24");
  assertEquals(code, 2);
  match(err, /Cannot replay sample 24: the training has 24 samples/);
  match(await place.well("rerun", silent), /^identical: .*, 0 samples$/m);
});
