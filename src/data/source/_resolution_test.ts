import assert from "node:assert";
import { ExperimentError, type Zyx } from "@/core/mod.ts";
import type { Hdf5Dataset } from "../hdf5/mod.ts";
import { gridOf } from "./_resolution.ts";

const where = "x.yaml:9 data.train[0]";

function dataset(found: Partial<Hdf5Dataset>): Hdf5Dataset {
  return {
    name: "volumes/raw",
    kind: "u8",
    isBigEndian: false,
    shapeVox: [6, 20, 22],
    resolutionNm: undefined,
    resolutionFrom: found.resolutionNm && "resolution",
    offsetNm: undefined,
    notes: [],
    attributeNames: [],
    filesIn: () => [],
    attribute: () => undefined,
    read: () => new Uint8Array(),
    ...found,
  };
}

Deno.test('gridOf() takes what the file says, and says if it is not "resolution"', () => {
  const grid = gridOf(
    dataset({ resolutionNm: [40, 4, 4], offsetNm: [80, 0, 8] }),
    { where },
  );
  assert.deepEqual([grid.voxelNm, grid.offsetNm], [[40, 4, 4], [80, 0, 8]]);
  assert.deepEqual([grid.hasOffset, grid.notes], [true, []]);
  const other = dataset({
    resolutionNm: [40, 4, 4],
    resolutionFrom: "element_size_um",
  });
  assert.match(gridOf(other, { where }).notes[0]!, /"element_size_um"/);
});

Deno.test("gridOf() refuses a resolution that no volume has", () => {
  const refuse = (resolutionNm: Zyx | undefined, message: RegExp) =>
    assert.throws(
      () => gridOf(dataset({ resolutionNm }), { where }),
      (error: ExperimentError) => {
        assert(error instanceof ExperimentError);
        assert.match(error.message, message);
        assert.match(error.fix, /or set resolutionNm: \[z, y, x\]/);
        return true;
      },
    );
  refuse([4e-8, 4e-9, 4e-9], /beyond 0.1 to 1000 nm, as if in metres$/);
  refuse([0.04, 0.004, 0.004], /as if in micrometres$/);
  refuse([4000, 40, 40], /as if in ångströms$/);
  refuse([40, 4, 0.09], /beyond 0.1 to 1000 nm$/);
  refuse([1001, 4, 4], /beyond 0.1 to 1000 nm/);
  refuse(undefined, /no attribute "resolution"/);
  gridOf(dataset({ resolutionNm: [1000, 0.1, 4] }), { where });
});

Deno.test("gridOf() lets the experiment's resolution go first, at the same voxel", () => {
  const given = { resolutionNm: [40, 4, 4] as const, where };
  const metres = dataset({
    resolutionNm: [4e-8, 4e-9, 4e-9],
    offsetNm: [8e-8, 0, 8e-9],
  });
  const grid = gridOf(metres, given);
  assert.deepEqual(grid.voxelNm, [40, 4, 4]);
  assert.deepEqual(grid.offsetNm.map((nm) => +nm.toFixed(6)), [80, 0, 8]);
  assert.deepEqual(grid.notes, [
    'The voxels of "volumes/raw" are 40 × 4 × 4 nm by resolutionNm; its ' +
    'attribute "resolution" says 4e-8 × 4e-9 × 4e-9 nm',
  ]);
  const silent = gridOf(dataset({ offsetNm: [80, 0, 8] }), given);
  assert.deepEqual(silent.offsetNm, [80, 0, 8]);
  // Labels that say only an offset count as the raw data do.
  const labels = dataset({ offsetNm: [1.2e-7, 0, 8e-9] });
  const like = gridOf(labels, { ...given, like: grid });
  assert.deepEqual(like.offsetNm.map((nm) => +nm.toFixed(6)), [120, 0, 8]);
  assert.deepEqual(
    gridOf(dataset({}), { where, like: grid }).offsetNm,
    grid.offsetNm,
  );
});

Deno.test("gridOf() says once where the experiment's resolution is not the file's", () => {
  const given = { resolutionNm: [50, 4.6, 4.6] as const, where };
  const raw = dataset({ resolutionNm: [40, 4, 4] });
  const like = gridOf(raw, given);
  const notes = (resolutionNm: Zyx | undefined) =>
    gridOf(dataset({ resolutionNm }), { ...given, like }).notes;
  assert.deepEqual(notes([40, 4, 4]), []); // as said of the raw data
  assert.deepEqual(notes(undefined), []);
  assert.match(notes([30, 4, 4])[0]!, /are 50 × 4.6 × 4.6 .* says 30 × 4 × 4/);
  const f32 = [50, Math.fround(4.6), Math.fround(4.6)] as const;
  assert.deepEqual(notes(f32), []);
  assert.deepEqual(gridOf(dataset({ resolutionNm: f32 }), given).notes, []);
});
