import { deepStrictEqual, throws } from "node:assert/strict";
import { labelsNm, soundContent, withPath } from "./_testing.ts";
import { type Neurons, neuronsOf } from "./neurons.ts";
import { openCremi } from "./read_layout.ts";
import { type CremiContent, writeCremi } from "./write_cremi.ts";

// Neurons of 4 × 12 × 10 voxels: 96 of 0, then of 1, 2 and 3, a tenth of a section less.
const content = soundContent();
const grid = { voxelNm: [40, 4, 4], offsetNm: labelsNm } as const;

function withNeurons(
  changes: Partial<CremiContent>,
  body: (neurons: Neurons) => void,
): Promise<void> {
  return withPath(async (path) => {
    await writeCremi(path, { ...content, ...changes });
    using file = await openCremi(path);
    body(neuronsOf(file, "a.hdf"));
  });
}

Deno.test("neuronsOf() gives neurons small numbers wherever a grid asks for them", () =>
  withNeurons({}, ({ sectionsOf, at }) => {
    // The grid begins a section and a row before the neurons do, two columns later.
    const section = sectionsOf({
      shapeVox: [6, 14, 5],
      voxelNm: grid.voxelNm,
      offsetNm: [0, 16, 24],
    }, "p.hdf");
    deepStrictEqual([...section(0)], new Array(70).fill(0));
    const ids = content.neuronIds!.data;
    const expected = Array.from({ length: 70 }, (_, i) => {
      const y = Math.floor(i / 5) - 1, x = i % 5 + 2;
      return y < 0 || y >= 12 ? 0 : Number(ids[120 + y * 10 + x]);
    });
    deepStrictEqual([...section(2)], expected);
    deepStrictEqual([...section(5)], new Array(70).fill(0));
    const [z, y, x] = labelsNm;
    const point = { name: "point 1", where: "b.hdf" };
    deepStrictEqual(at([z + 41, y + 1, x + 1], point), 1);
    throws(() => at([z - 1, y, x], point), {
      message: /in which neuron point 1 lies: 39, 20, 16 nm is outside/,
      where: "b.hdf",
    });
  }));

Deno.test("neuronsOf() takes marks for no neuron, and any id", () => {
  const data = content.neuronIds!.data.slice();
  data.fill(2n ** 64n - 1n, 0, 3);
  data[3] = 2n ** 60n;
  return withNeurons(
    { neuronIds: { ...content.neuronIds!, data } },
    (found) => {
      const section = found.sectionsOf({ ...grid, shapeVox: [4, 12, 10] }, "p");
      deepStrictEqual([...section(0).subarray(0, 5)], [0, 0, 0, 1, 0]);
    },
  );
});

Deno.test("neuronsOf() refuses files without neurons, and grids elsewhere", async () => {
  await withPath(async (path) => {
    const { neuronIds: _, ...others } = content;
    await writeCremi(path, others);
    using file = await openCremi(path);
    throws(() => neuronsOf(file, "a.hdf"), {
      message:
        'Cannot tell neurons apart: there is no "volumes/labels/neuron_ids"',
    });
  });
  await withNeurons({}, ({ sectionsOf }) => {
    const refused = (changes: object) =>
      throws(
        () =>
          sectionsOf({ ...grid, shapeVox: [4, 12, 10], ...changes }, "p.hdf"),
        { message: /^Cannot use these neuron ids/, where: "p.hdf and a.hdf" },
      );
    refused({ voxelNm: [40, 8, 8] });
    refused({ offsetNm: [40, 22, 16] });
    refused({ offsetNm: [4000, 20, 16] });
  });
});
