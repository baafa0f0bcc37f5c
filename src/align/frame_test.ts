import { deepStrictEqual, throws } from "node:assert/strict";
import { alignedFrame, type FrameOptions } from "./frame.ts";
import { cremiFrame, cremiSamples, data } from "./_testing.ts";

const small: FrameOptions = {
  sourceVox: [6, 20, 30],
  block: { startVox: [0, 5, 10], shapeVox: [6, 8, 9] },
  firstSection: 2,
  places: [[1.5, -2], [0, 0], [-0.5, 3.2]],
  marginVox: [1, 2],
  rounding: "away",
  where: "test",
};

Deno.test("alignedFrame() holds the block of every section, and the margin", () => {
  deepStrictEqual(alignedFrame(small), {
    sourceVox: [6, 20, 30],
    shapeVox: [3, 2 + 8 + 1 + 2 * 1, 4 + 9 + 2 + 2 * 2],
    firstSection: 2,
    corners: [[5 - 3 + 2, 10 - 6 - 2], [5 - 3, 10 - 6], [
      5 - 3 - 1,
      10 - 6 + 3,
    ]],
    origin: [5 - 3, 10 - 6],
  });
});

Deno.test("alignedFrame() rounds halves as it is told", () => {
  const frame = alignedFrame({ ...small, rounding: "even" });
  deepStrictEqual(frame.corners.map(([y]) => y), [4, 2, 2]);
});

Deno.test("alignedFrame() refuses places of sections that are not there", () => {
  for (const firstSection of [-1, 4]) {
    throws(() => alignedFrame({ ...small, firstSection }), {
      message: `Cannot align 3 sections from section ${firstSection} on: ` +
        "the volume has 6",
    });
  }
});

Deno.test({
  name: "alignedFrame() has the sizes of CREMI's winners" +
    (data ? "" : " (ignored: CLEFT_DATA is not set)"),
  ignore: !data,
  fn() {
    deepStrictEqual(
      Object.fromEntries(
        cremiSamples.map((name) => [name, cremiFrame(name).shapeVox]),
      ),
      {
        "A": [153, 1842, 1727],
        "B": [153, 1748, 2069],
        "C": [153, 2036, 1986],
        "A+": [153, 1912, 1741],
        "B+": [153, 1937, 2898],
        "C+": [153, 1983, 1914],
      },
    );
  },
});
