import { deepEqual } from "node:assert/strict";
import { describeParameters } from "./describe.ts";

const described = (parameters: unknown) =>
  describeParameters(parameters).map(({ name, text }) => `${name} ${text}`);

Deno.test("describeParameters() spells out numbers, words and short lists", () => {
  deepEqual(
    described({ angle: -0.123456, flip: true, mode: "2d", points: [2, 3, 3] }),
    ["angle −0.123", "flip yes", "mode 2d", "points 2, 3, 3"],
  );
});

Deno.test("describeParameters() gives long lists as counts and ranges", () => {
  deepEqual(described({ a: [1, 2, 3, 4, 5, 6, 7, 8.5] }), [
    "a 8 values from 1 to 8.5",
  ]);
  deepEqual(described({ a: new Array(9).fill([0, 0]) }), ["a 9 values, all 0"]);
  deepEqual(described({ a: [..."xxxyyyy"] }), ["a 3 × x, 4 × y"]);
});

Deno.test("describeParameters() turns lists of records into lists of their keys", () => {
  deepEqual(
    described({ changes: [{ gain: 1, shift: 0.5 }, { gain: 2, shift: 0 }] }),
    ["changes.gain 1, 2", "changes.shift 0.5, 0"],
  );
});

Deno.test("describeParameters() leaves out what is empty, and takes plain values", () => {
  deepEqual(described({ a: null, b: [], c: { d: 1 } }), ["c.d 1"]);
  deepEqual(described(3), [" 3"]);
});
