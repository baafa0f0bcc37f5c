import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  type Box,
  sizeOf,
  type Volume,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { cropArray, reflected } from "@/core/mod.ts";
import { type AlignedFrame, alignedFrame } from "./frame.ts";
import { alignedVolume } from "./volume.ts";

/** A volume whose grey values say where they lie; labelled but for its first row. */
function source(shapeVox: Zyx): Volume & { isOpen: boolean } {
  const n = sizeOf(shapeVox), [, height, width] = shapeVox;
  const image = Float32Array.from({ length: n }, (_, i) => i);
  const target = Uint8Array.from({ length: n }, (_, i) => i % 3 === 0 ? 1 : 0);
  const mask = Uint8Array.from(
    { length: n },
    (_, i) => Math.floor(i / width) % height === 0 ? 0 : 1,
  );
  return {
    name: "places",
    hasLabels: true,
    inputs: [],
    shapeVox,
    voxelNm: [40, 4, 5],
    offsetNm: [80, 8, 10],
    isOpen: true,
    read: (box) => ({
      image: cropArray(image, shapeVox, box),
      target: cropArray(target, shapeVox, box),
      mask: cropArray(mask, shapeVox, box),
      shapeVox: box.shapeVox,
    }),
    [Symbol.dispose]() {
      this.isOpen = false;
    },
  };
}

function frame(sourceVox: Zyx): AlignedFrame {
  return alignedFrame({
    sourceVox,
    block: { startVox: [0, 2, 1], shapeVox: [4, 5, 6] },
    firstSection: 1,
    places: [[0, 0], [-4, 3.5], [6, -2]],
    marginVox: [1, 0],
    rounding: "away",
    where: "test",
  });
}

Deno.test("alignedVolume() reads each voxel where its section lies", () => {
  const sourceVox: Zyx = [5, 9, 8];
  using from = source(sourceVox);
  const at = frame(sourceVox);
  using volume = alignedVolume(from, at);
  const { image, target, mask } = volume.read(wholeBox(volume.shapeVox));
  const whole = from.read(wholeBox(sourceVox));
  const [depth, height, width] = volume.shapeVox;
  let outside = 0;
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const [top, left] = at.corners[z]!;
        const sy = top + y, sx = left + x;
        const index = ((1 + z) * 9 + reflected(sy, 9)) * 8 + reflected(sx, 8);
        const isInside = sy >= 0 && sy < 9 && sx >= 0 && sx < 8;
        if (!isInside) outside++;
        deepStrictEqual(
          [image[i], target[i], mask[i]],
          isInside
            ? [whole.image[index], whole.target[index], whole.mask[index]]
            : [whole.image[index], 0, 0],
        );
      }
    }
  }
  deepStrictEqual(outside > 0, true);
});

Deno.test("alignedVolume() gives of a box what it gives of the whole", () => {
  const sourceVox: Zyx = [5, 9, 8];
  using volume = alignedVolume(source(sourceVox), frame(sourceVox));
  const whole = volume.read(wholeBox(volume.shapeVox));
  const along = (extent: number) =>
    fc.tuple(fc.nat(extent - 1), fc.nat(extent - 1)).map(([a, b]) => ({
      start: Math.min(a, b),
      extent: Math.abs(a - b) + 1,
    }));
  const box = fc.tuple(...volume.shapeVox.map(along)).map((axes): Box => ({
    startVox: axes.map(({ start }) => start) as never,
    shapeVox: axes.map(({ extent }) => extent) as never,
  }));
  fc.assert(fc.property(box, (box) => {
    const { image, target, mask } = volume.read(box);
    deepStrictEqual(image, cropArray(whole.image, volume.shapeVox, box));
    deepStrictEqual(target, cropArray(whole.target, volume.shapeVox, box));
    deepStrictEqual(mask, cropArray(whole.mask, volume.shapeVox, box));
  }));
});

Deno.test("alignedVolume() moves partners as their sections are", () => {
  const pairs = [
    { preVox: [1.4, 2, 3], postVox: [2.5, 3, 1] },
    { preVox: [0, 2, 3], postVox: [1, 2, 3] }, // section 0 is left out
  ] as const;
  using volume = alignedVolume(
    { ...source([5, 9, 8]), partners: () => pairs },
    frame([5, 9, 8]),
  );
  const { corners } = volume.frame;
  const { image } = volume.read(wholeBox(volume.shapeVox));
  const [{ preVox, postVox }, ...others] = volume.partners!() as [
    (typeof pairs)[0],
  ];
  deepStrictEqual(others, []);
  deepStrictEqual(preVox, [1.4 - 1, 2 - corners[0]![0], 3 - corners[0]![1]]);
  deepStrictEqual(postVox, [2.5 - 1, 3 - corners[2]![0], 1 - corners[2]![1]]);
  // Its voxel is the source's: section 3 (2.5 is rounded up), row 3, column 1.
  const [, height, width] = volume.shapeVox;
  deepStrictEqual(
    image[(2 * height + postVox[1]) * width + postVox[2]],
    (3 * 9 + 3) * 8 + 1,
  );
});

Deno.test("alignedVolume() says where an unmoved section lies, and closes its source", () => {
  const from = source([5, 9, 8]);
  const at = frame(from.shapeVox);
  {
    using volume = alignedVolume(from, at);
    deepStrictEqual(volume.offsetNm, [
      80 + 40,
      8 + 4 * (2 - 6 - 1),
      10 + 5 * (1 - 4),
    ]);
    deepStrictEqual(volume.name, "places");
    deepStrictEqual(from.isOpen, true);
  }
  deepStrictEqual(from.isOpen, false);
});
