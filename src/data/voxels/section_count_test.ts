import { deepStrictEqual, throws } from "node:assert/strict";
import { SectionCount } from "./section_count.ts";

Deno.test("SectionCount says where sections go, and how many are missing", () => {
  const count = new SectionCount(), places: string[] = [];
  const append = count.of<Uint8Array>(
    { name: "a", shapeVox: [5, 2, 3] },
    ({ sections, start, end }) =>
      places.push(`${sections.length} to ${start} … ${end}`),
  );
  const left = (voxels: number) => append(new Uint8Array(voxels));
  deepStrictEqual([left(6), left(18)], [4, 1]);
  throws(() => count.check("x.hdf"), {
    message: 'Cannot commit "x.hdf": "a" lacks 1 sections',
  });
  for (const voxels of [0, 5, 12]) {
    throws(() => left(voxels), {
      message:
        `Cannot append ${voxels} numbers to "a": 1 sections of 6 are missing`,
    });
  }
  deepStrictEqual(left(6), 0);
  deepStrictEqual(places, ["6 to 0 … 1", "18 to 1 … 4", "6 to 4 … 5"]);
  count.check("x.hdf");
});

Deno.test("SectionCount counts nothing that could not be written", () => {
  const count = new SectionCount();
  let isFull = true;
  const append = count.of<Uint8Array>(
    { name: "a", shapeVox: [1, 1, 1] },
    () => {
      if (isFull) throw new Error("the disk is full");
    },
  );
  throws(() => append(new Uint8Array(1)), /full/);
  isFull = false;
  deepStrictEqual(append(new Uint8Array(1)), 0);
});
