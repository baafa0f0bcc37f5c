import { deepStrictEqual } from "node:assert/strict";
import { testFolder } from "@test/folder.ts";
import { labelled, writeCremi } from "./_testing.ts";
import { roundTrip } from "./round_trip.ts";

Deno.test("roundTrip() compares what came back with what was there, voxel by voxel", async () => {
  using folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  Deno.mkdirSync(folder.path("work"));
  const trip = await roundTrip({
    path: folder.path("a.hdf"),
    shifts: {
      table: "t.txt",
      sha256: "00",
      steps: [[0, 0], [1, -2], [3, 0], [-6, 2], [0, 9], [2, -1], [-1, 1]],
    },
    rounding: "away",
    context: { sections: 1, pixels: 2 },
    cacheFolder: folder.path("cache"),
  }, folder.path("work"));
  deepStrictEqual(trip.block, labelled);
  deepStrictEqual(trip.firstAligned, 1);
  deepStrictEqual(trip.movedVox.length, 7);
  deepStrictEqual(trip.movedVox[3], [0, 0]);
  const [depth, height, width] = labelled.shapeVox;
  for (const { name, sections, sectionVox } of trip.volumes) {
    deepStrictEqual(sectionVox, height * width, name);
    deepStrictEqual(
      sections,
      Array.from({ length: depth }, (_, section) => ({
        section,
        isTorn: false,
        emptyVox: 0,
        otherVox: 0,
      })),
    );
  }
  deepStrictEqual(
    trip.volumes.map(({ name }) => name).toSorted(),
    [
      "volumes/labels/clefts",
      "volumes/labels/neuron_ids",
      "volumes/masks/good",
      "volumes/raw",
    ],
  );
  for (const { steps } of trip.pictures) {
    const [there, aligned, back, differs] = steps;
    deepStrictEqual(back!.grey, there!.grey);
    deepStrictEqual(back!.labels, there!.labels);
    const count = (labels: Uint8Array) => labels.reduce((n, l) => n + l, 0);
    deepStrictEqual(count(aligned!.labels), count(there!.labels));
    deepStrictEqual(count(differs!.labels), 0);
  }
});
