import assert from "node:assert/strict";
import * as fc from "fast-check";
import { decodePoints } from "./client/decode.js";
import { encodePoints } from "./encode.ts";

Deno.test("encodePoints() survives the page's decodePoints()", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.nat(2 ** 40), fc.float()), { maxLength: 50 }),
    (points) => {
      const steps = points.map(([step]) => step).sort((a, b) => a - b);
      const values = points.map(([, value]) => value);
      const decoded = decodePoints(encodePoints({ steps, values }));
      assert.deepEqual(decoded.steps, steps);
      assert.deepEqual(
        decoded.values,
        values.map((v) => Number.isFinite(v) ? v : null), // a gap
      );
    },
  ));
});

Deno.test("encodePoints() refuses steps that fall", () => {
  assert.throws(
    () => encodePoints({ steps: [2, 1], values: [0, 0] }),
    { name: "RangeError", message: /must be whole and rise, found 1/ },
  );
});
