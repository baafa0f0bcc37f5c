import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentFaults, wholeBox } from "@/core/mod.ts";
import { openHdf5, sources, writeHdf5 } from "@/data/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "../run/_testing.ts";
import {
  applyAugmentations,
  readRegion,
  readSource,
} from "./apply_augmentation.ts";
import { replayRun } from "./replay_run.ts";

/** The numbers of a dataset. */
async function read(path: string, name: string) {
  using file = await openHdf5(path);
  const dataset = file.dataset(name);
  const { shapeVox, offsetNm, resolutionNm } = dataset;
  const numbers = [...dataset.read(wholeBox(shapeVox)) as Float32Array];
  return { shapeVox, offsetNm, resolutionNm, numbers };
}

Deno.test("applyAugmentations() gives a sample again that training saw, with the context that was read", async () => {
  using place = new Workplace();
  const augment = [{ type: "elastic", maxMisalign: 4 }, { type: "simple" }];
  await place.run(smallPlan({ augment, data: { validation: [] } }));
  const folder = join(place.folder, "out");
  const samples = Array.from({ length: 3 }, (_, i) => i);
  const made = await replayRun(
    { run: "small", samples, outputFolder: folder },
    place.context,
  );
  const outputPath = join(place.folder, "again.hdf");
  for (
    const { files: [hdf, , json], place: { startVox, offsetNm }, shapeVox }
      of made
  ) {
    const bounds = (axis: 0 | 1 | 2) =>
      [startVox[axis], startVox[axis] + shapeVox[axis]] as const;
    await applyAugmentations({
      augmentationPath: json!,
      source: sources.schema.parse(smallPhantom(15).source),
      where: "--input",
      regionVox: { z: bounds(0), y: bounds(1), x: bounds(2) },
      outputPath,
    }, place.context);
    for (const name of ["volumes/raw", "volumes/labels/clefts"]) {
      deepStrictEqual(await read(outputPath, name), await read(hdf!, name));
    }
    const { offsetNm: written } = await read(outputPath, "volumes/raw");
    deepStrictEqual(written, offsetNm);
  }
});

Deno.test("applyAugmentations() writes no labels where there are none, and counts its offset", async () => {
  using place = new Workplace();
  const shapeVox = [2, 8, 8] as const;
  const data = Uint8Array.from({ length: 128 }, (_, i) => 2 * i);
  const whole = {
    shapeVox,
    resolutionNm: [40, 4, 4],
    offsetNm: [10, 20, 30],
  } as const;
  await writeHdf5(join(place.folder, "raw.hdf"), {
    "volumes/raw": { ...whole, data },
  });
  const augmentationPath = join(place.folder, "nothing.json");
  const nothing = [{ augmentation: { type: "simple" }, parameters: null }];
  Deno.writeTextFileSync(augmentationPath, JSON.stringify(nothing));
  const outputPath = join(place.folder, "out.hdf");
  await applyAugmentations({
    ...{ augmentationPath, where: "--input", outputPath },
    source: readSource("{ type: cremi, file: raw.hdf }"),
    regionVox: readRegion("{ z: [1, 2], x: [4, 8] }"),
  }, place.context);
  const raw = await read(outputPath, "volumes/raw");
  deepStrictEqual(raw.shapeVox, [1, 8, 4]);
  deepStrictEqual(raw.offsetNm, [50, 20, 46]);
  deepStrictEqual(
    raw.numbers.map((grey) => Math.round(255 * grey)),
    Array.from(
      { length: 32 },
      (_, i) => 2 * (64 + 8 * Math.floor(i / 4) + 4 + i % 4),
    ),
  );
  using file = await openHdf5(outputPath);
  throws(() => file.dataset("volumes/labels/clefts"));
});

Deno.test("readSource() and readRegion() refuse what is none", () => {
  deepStrictEqual(readRegion("{ y: [2, 5] }"), { y: [2, 5] });
  deepStrictEqual(readSource("{ type: cremi, file: a.hdf }").type, "cremi");
  const cases = [
    [
      () => readSource("{ type: cremy, file: a }"),
      /--source:1:9 type\n.*"cremi"/,
    ],
    [() => readSource("{ type: cremi, file: a, type: cremi }"), /--source/],
    [() => readSource("["), /--source/],
    [() => readRegion("{ y: 3 }"), /^Cannot use 3 for y[^]*--region:1:6 y/],
    [() => readRegion("{ q: [2, 3] }"), /"q"[^]*--region:1:3 q/],
  ] as const;
  for (const [act, says] of cases) {
    throws(act, (error) => {
      deepStrictEqual(says.test(`${error}`), true, `${error}`);
      return error instanceof ExperimentFaults;
    });
  }
});
