import { deepStrictEqual, throws } from "node:assert/strict";
import { readShiftTable, type Yx } from "@/align/mod.ts";
import { cremiSamples, data } from "@/align/_testing.ts";
import type { Zyx } from "@/core/mod.ts";
import { type FrameRequest, layFrame } from "./lay_frame.ts";

const steps: readonly Yx[] = [[0, 0], [1, 0], [2, -1], [-1, 3], [0, 2], [4, 0]];

const small: FrameRequest = {
  sourceVox: [6, 20, 20],
  block: { startVox: [2, 5, 6], shapeVox: [2, 8, 7] },
  context: { sections: 1, pixels: 2 },
  movement: { by: "table", steps, firstSection: undefined, where: "t.txt" },
  rounding: "away",
  where: "test",
};

Deno.test("layFrame() takes its sections out of a table of all, centred on their middle one", () => {
  const frame = layFrame(small);
  deepStrictEqual(frame.firstSection, 1);
  // Sections 1 to 4: sums 1 0, 3 -1, 2 2, 2 4; the second of them stays.
  deepStrictEqual(
    frame.corners.map(([y, x]) => [y - frame.origin[0], x - frame.origin[1]]),
    [[2, -1], [0, 0], [1, -3], [1, -5]],
  );
});

Deno.test("layFrame() takes a table of its own sections, or of some from a section on", () => {
  const { corners } = layFrame(small);
  const by = (from: number, to: number, firstSection?: number) =>
    layFrame({
      ...small,
      movement: {
        by: "table",
        steps: steps.slice(from, to),
        firstSection,
        where: "t.txt",
      },
    });
  deepStrictEqual(by(1, 5).corners, corners);
  deepStrictEqual(by(1, 6, 1).corners, corners);
  for (const [from, to, first] of [[0, 5], [2, 6, 2], [1, 4, 1], [0, 6, 1]]) {
    throws(
      () => by(from!, to!, first),
      /^Cannot align sections 1 to 5 of 6/,
    );
  }
});

Deno.test("layFrame() moves nothing without a table, and keeps the context", () => {
  const frame = layFrame({ ...small, movement: { by: "nothing" } });
  deepStrictEqual(frame.shapeVox, [4, 12, 11]);
  deepStrictEqual(frame.corners, [[3, 4], [3, 4], [3, 4], [3, 4]]);
});

Deno.test({
  name:
    "layFrame() gives CREMI's winners their sizes, from the padded files' labels" +
    (data ? "" : " (ignored: CLEFT_DATA is not set)"),
  ignore: !data,
  fn() {
    const sizes = cremiSamples.map((name) => {
      const where = `${data}/cremi_align/trans_${name}_v2.txt`;
      const { shapeVox } = layFrame({
        sourceVox: [201, 3072, 3072],
        block: { startVox: [38, 911, 911], shapeVox: [125, 1250, 1250] },
        context: { sections: 14, pixels: 200 },
        movement: {
          by: "table",
          steps: readShiftTable(Deno.readTextFileSync(where), {
            columns: "xy",
            where,
          }),
          firstSection: undefined,
          where,
        },
        rounding: "away",
        where,
      });
      return [name, shapeVox] as const;
    });
    const expected: Record<string, Zyx> = {
      "A": [153, 1842, 1727],
      "B": [153, 1748, 2069],
      "C": [153, 2036, 1986],
      "A+": [153, 1912, 1741],
      "B+": [153, 1937, 2898],
      "C+": [153, 1983, 1914],
    };
    deepStrictEqual(Object.fromEntries(sizes), expected);
  },
});
