import { openShared } from "@/data/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { throws } from "node:assert/strict";
import { readSample } from "./context.ts";

const volume = openShared(sharedBlobs([3, 6, 8]));

Deno.test("readSample() reads a box inside the volume as the volume does", () => {
  const box = { startVox: [1, 2, 3], shapeVox: [2, 3, 4] } as const;
  const sample = readSample(volume, box);
  assertSameNumbers(sample.image, volume.read(box).image);
  assertSameNumbers(sample.inside.startVox, [0, 0, 0]);
  assertSameNumbers(sample.inside.shapeVox, [2, 3, 4]);
});

Deno.test("readSample() leaves what lies beyond the volume unlabelled", () => {
  const sample = readSample(volume, {
    startVox: [-1, 4, 6],
    shapeVox: [3, 4, 4],
  });
  assertSameNumbers(sample.inside.startVox, [1, 0, 0]);
  assertSameNumbers(sample.inside.shapeVox, [2, 2, 2]);
  const { image, target, mask } = volume.read({
    startVox: [0, 4, 6],
    shapeVox: [2, 2, 2],
  });
  let at = 0;
  for (let z = 0; z < 3; z++) {
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) {
        const i = (z * 4 + y) * 4 + x;
        const isInside = z >= 1 && y < 2 && x < 2;
        assertEquals(sample.image[i], isInside ? image[at] : 0);
        assertEquals(sample.target[i], isInside ? target[at] : 0);
        assertEquals(sample.mask[i], isInside ? mask[at] : 0);
        if (isInside) at++;
      }
    }
  }
});

Deno.test("readSample() fails where there is nothing to read", () => {
  throws(
    () => readSample(volume, { startVox: [3, 0, 0], shapeVox: [2, 2, 2] }),
    RangeError,
  );
});
