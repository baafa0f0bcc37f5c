import { deepEqual } from "node:assert/strict";
import { decode } from "fast-png";
import { drawPatch, pictureShape } from "./pictures.ts";

Deno.test("pictureShape() takes sections from the middle and averages large ones", () => {
  deepEqual(pictureShape([24, 256, 200]), {
    firstSection: 6,
    sections: 12,
    height: 128,
    width: 100,
    blockVox: [2, 2],
    pitchVox: 200,
  });
  deepEqual(pictureShape([1, 7, 9]), {
    firstSection: 0,
    sections: 1,
    height: 7,
    width: 9,
    blockVox: [1, 1],
    pitchVox: 9,
  });
});

Deno.test("drawPatch() draws grey values and labels, unlabelled voxels apart", () => {
  const { image, labels } = drawPatch({
    image: Float32Array.of(0, 0.5, 1, 1.5),
    target: Uint8Array.of(0, 1, 0, 1),
    mask: Uint8Array.of(1, 1, 0, 0),
    shapeVox: [2, 1, 2],
  });
  deepEqual([...decode(image).data], [0, 128, 255, 255]);
  deepEqual([...decode(labels).data], [0, 255, 64, 64]);
  deepEqual([decode(image).width, decode(image).height], [2, 2]);
});

Deno.test("drawPatch() labels a pixel of a large patch where one of its voxels is", () => {
  const target = new Uint8Array(2 * 384 + 2).subarray(0, 2 * 384);
  target[384 + 5] = 1; // the second row, the third pixel of two voxels a side
  const wide = drawPatch({
    image: new Float32Array(2 * 384).fill(1),
    target,
    mask: new Uint8Array(2 * 384).fill(1),
    shapeVox: [1, 2, 384],
  });
  const { width, height, data } = decode(wide.labels);
  deepEqual([width, height], [192, 1]);
  deepEqual([...data].flatMap((v, i) => v === 255 ? [i] : []), [2]);
  deepEqual(decode(wide.image).data.every((v) => v === 255), true);
});

Deno.test("drawPatch() draws patches that are long and narrow", () => {
  const { image } = drawPatch({
    image: new Float32Array(1000).fill(1),
    target: new Uint8Array(1000),
    mask: new Uint8Array(1000).fill(1),
    shapeVox: [1, 1, 1000],
  });
  const { width, height, data } = decode(image);
  deepEqual([width, height, ...new Set(data)], [166, 1, 255]);
});
