import assert from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import type { Hdf5Dataset } from "../hdf5/mod.ts";
import { tallyOf } from "./_remembered_tally.ts";

/** Labels that count how often they are read; 1 among ten is cleft. */
function labels(depth: number) {
  const state = { reads: 0 };
  const dataset: Hdf5Dataset = {
    name: "clefts",
    kind: "u8",
    isBigEndian: false,
    shapeVox: [depth, 2048, 2048],
    resolutionNm: undefined,
    resolutionFrom: undefined,
    offsetNm: undefined,
    notes: [],
    attributeNames: [],
    filesIn: () => [],
    attribute: () => undefined,
    read({ shapeVox: [sections] }) {
      state.reads++;
      return new Uint8Array(sections * 2048 * 2048).fill(1, 0, sections);
    },
  };
  return { dataset, state };
}

Deno.test("tallyOf() counts large labels once for a file", () => {
  const cacheFolder = Deno.makeTempDirSync();
  try {
    const place = { where: "here", sha256: "ab", cacheFolder };
    const { dataset, state } = labels(4);
    const tally = tallyOf(dataset, place);
    assert.deepEqual(tally, {
      voxels: 2 ** 24,
      zeros: 2 ** 24 - 4,
      marked: [0],
      others: 4,
    });
    const { reads } = state;
    assert.deepEqual(tallyOf(dataset, place), tally);
    assertEquals(state.reads, reads);
    tallyOf(dataset, { ...place, sha256: "cd" });
    assertEquals(state.reads, 2 * reads);
    // An entry that was damaged counts as none.
    const folder = join(cacheFolder, "labels");
    for (const { name } of Deno.readDirSync(folder)) {
      Deno.writeTextFileSync(join(folder, name), `{"voxels":3}`);
    }
    assert.deepEqual(tallyOf(dataset, place), tally);
    assertEquals(state.reads, 3 * reads);
  } finally {
    Deno.removeSync(cacheFolder, { recursive: true });
  }
});

Deno.test("tallyOf() counts small labels each time, and leaves nothing", () => {
  const cacheFolder = Deno.makeTempDirSync();
  try {
    const { dataset, state } = labels(3);
    const place = { where: "here", sha256: "ab", cacheFolder };
    tallyOf(dataset, place);
    const { reads } = state;
    tallyOf(dataset, place);
    assertEquals(state.reads, 2 * reads);
    assertEquals([...Deno.readDirSync(cacheFolder)].length, 0);
  } finally {
    Deno.removeSync(cacheFolder, { recursive: true });
  }
});
