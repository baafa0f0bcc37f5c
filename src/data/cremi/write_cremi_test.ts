import { deepStrictEqual, rejects } from "node:assert/strict";
import fc from "fast-check";
import { wholeBox } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { soundContent, withPath } from "./_testing.ts";
import type { Annotations } from "./annotations.ts";
import { openCremi, type PlacedDataset } from "./read_layout.ts";
import { writeCremi } from "./write_cremi.ts";

const content = soundContent();

function read({ dataset, grid, startVox }: PlacedDataset) {
  const data = dataset.read(wholeBox(dataset.shapeVox));
  return { data, offsetNm: grid.offsetNm, startVox };
}

Deno.test("writeCremi() writes all that openCremi() reads", async () => {
  await withPath(async (path) => {
    await writeCremi(path, content);
    using found = await openCremi(path);
    const { raw, clefts, neuronIds, annotations } = found;
    deepStrictEqual(read(raw!), {
      data: content.raw!.data,
      ...{ offsetNm: [0, 0, 0], startVox: [0, 0, 0] },
    });
    const place = { offsetNm: [40, 20, 16], startVox: [1, 5, 4] };
    deepStrictEqual(read(clefts!), { data: content.clefts!.data, ...place });
    deepStrictEqual(read(neuronIds!), {
      data: content.neuronIds!.data,
      ...place,
    });
    deepStrictEqual(annotations, content.annotations);
    using file = await openHdf5(path);
    deepStrictEqual(file.attributes("")["file_format"]?.values, ["0.2"]);
  });
});

Deno.test("writeCremi() keeps any annotations to the bit", async () => {
  const plain = { noNullPrototype: true };
  const id = fc.bigInt(0n, 2n ** 64n - 1n);
  const nm = fc.double({ noNaN: true, noDefaultInfinity: true });
  const place = fc.tuple(nm, nm, nm);
  const text = fc.string({ minLength: 1, unit: "grapheme" })
    .filter((one) => !one.includes("\0"));
  const annotations: fc.Arbitrary<Annotations> = fc.record({
    offsetNm: place,
    points: fc.array(fc.record({ id, type: text, locationNm: place }, plain), {
      minLength: 1,
      maxLength: 4,
    }),
    partners: fc.array(fc.record({ pre: id, post: id }, plain), {
      maxLength: 3,
    }),
    comments: fc.array(fc.record({ targetId: id, text }, plain), {
      maxLength: 3,
    }),
  }, plain);
  await fc.assert(
    fc.asyncProperty(annotations, (given) =>
      withPath(async (path) => {
        await writeCremi(path, { voxelNm: [40, 4, 4], annotations: given });
        using found = await openCremi(path);
        deepStrictEqual(found.annotations, given);
      })),
    { numRuns: 25 },
  );
});

Deno.test("writeCremi() leaves nothing where it fails", async () => {
  await withPath(async (path) => {
    const short = { ...content.raw!, data: new Uint8Array(480) };
    await rejects(writeCremi(path, { ...content, raw: short }), /lacks 5 sect/);
    deepStrictEqual([...Deno.readDirSync(path.slice(0, -6))], []);
  });
});
